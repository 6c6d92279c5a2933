using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard;

/// <summary>A file that pages load: the stylesheet, a script, the icon. It is unpacked when a browser asks for it first.</summary>
internal sealed class Asset
{
    private const string Folder = "/ui/assets/";
    private static readonly ConcurrentDictionary<string, Asset?> Loaded = new(StringComparer.Ordinal);

    private readonly byte[] content;
    private readonly byte[] packed;
    private readonly string type;
    private readonly string hash;

    private Asset(byte[] content, string type)
    {
        (this.content, this.type) = (content, type);
        hash = Convert.ToHexStringLower(SHA256.HashData(content))[..16];
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(content);
        }

        packed = output.ToArray();
    }

    /// <summary>Where a browser finds it; another content has another address, so that it can be kept for good.</summary>
    public static string Url(string name) => $"{Folder}{name}?v={(Find(name) ?? throw new ArgumentException($"There is no asset {name}.", nameof(name))).hash}";

    /// <summary>True where the program was built with it.</summary>
    public static bool Exists(string name) => Find(name) is not null;

    /// <summary>Answers a request for one; false when the path is none's.</summary>
    public static bool TryAnswer(HttpContext context, out Task answer)
    {
        var path = context.Request.Path.Value!;
        var asset = path.StartsWith(Folder, StringComparison.Ordinal) ? Find(path[Folder.Length..]) : null;
        answer = asset?.AnswerAsync(context) ?? Task.CompletedTask;
        return asset is not null;
    }

    private static Asset? Find(string name) => Loaded.TryGetValue(name, out var asset) ? asset
        : Read(name) is { } read ? Loaded.GetOrAdd(name, read) : null;

    private static Asset? Read(string name)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream($"ui/{name}");
        if (resource is null)
        {
            return null;
        }

        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new(bytes, Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var other => throw new InvalidOperationException($"Assets of type {other} are not known."),
        });
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var tag = $"\"{hash}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "accept-encoding";
        // What names no version, as scripts do that load another, is asked about each time.
        response.Headers.CacheControl = request.Query["v"] == hash ? "public, max-age=31536000, immutable" : "no-cache";
        if (request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var takesBrotli = request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
        if (takesBrotli)
        {
            response.Headers.ContentEncoding = "br";
        }

        var body = takesBrotli ? packed : content;
        response.ContentType = type;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
