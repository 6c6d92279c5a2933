using System.Net.Sockets;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>HTTP by hand, for what an HTTP client would tidy up.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the server closes the connection.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var connection = await OpenAsync(server, request);
        using var reader = new StreamReader(connection.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Sends the beginning of a request and leaves the connection open.</summary>
    public static async Task<TcpClient> OpenAsync(Uri server, string request)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(server.Host, server.Port);
        await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        return connection;
    }
}
