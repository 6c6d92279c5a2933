using Microsoft.AspNetCore.Http;
using ProviderRouter.Configuration;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Admin;

/// <summary>What was asked, and what there is to answer it with.</summary>
/// <param name="Name">What stands in the place of the name in the route's path; empty where there is none.</param>
/// <param name="Input">The body; of a request without one, an empty object.</param>
/// <param name="Database">The database.</param>
/// <param name="Environment">The environment of the server, which may hold providers' keys.</param>
/// <param name="Now">The time.</param>
/// <param name="Left">Cancelled when the client goes away.</param>
internal sealed record AdminRequest(
    string Name, JsonInput Input, SqliteDatabase Database, RouterEnvironment Environment, DateTimeOffset Now, CancellationToken Left)
{
    /// <summary>A body larger than this is none that somebody means, in bytes: 1 MB.</summary>
    private const int LongestBody = 1 << 20;

    /// <summary>Reads a body; null when it is too large.</summary>
    public static async Task<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var block = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(block, request.HttpContext.RequestAborted)) > 0;)
        {
            if (body.Length + read > LongestBody)
            {
                return null;
            }

            body.Write(block, 0, read);
        }

        return body.ToArray();
    }
}
