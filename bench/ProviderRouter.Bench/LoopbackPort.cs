using System.Net;
using System.Net.Sockets;

namespace ProviderRouter.Bench;

/// <summary>Ports of loopback, for programs that cannot choose one themselves.</summary>
internal static class LoopbackPort
{
    /// <summary>A port that is free at this moment.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
