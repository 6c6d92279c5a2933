using System.Text.Json.Nodes;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

/// <summary>Files of which nothing is kept: every id exists, with the same content.</summary>
internal static class Files
{
    private const int ContentBytes = 256 * 1024;
    private const ulong ContentSeed = 1;

    public static async Task UploadAsync(HttpContext context)
    {
        if (await MultipartRequest.ReadAsync(context) is { } form)
        {
            var file = File("file-fake-1", form.FileName, form.FileBytes, form.Fields.GetValueOrDefault("purpose", ""));
            file["sha256"] = form.FileSha256;
            await context.SendJsonAsync(file);
        }
    }

    public static Task ListAsync(HttpContext context) => context.SendJsonAsync(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(Known("file-fake-1"), Known("file-fake-2")),
        ["has_more"] = false,
    });

    public static Task GetAsync(HttpContext context) => context.SendJsonAsync(Known(Id(context)));

    /// <summary>256 KB: <see cref="DeterministicBytes"/> with seed 1.</summary>
    public static Task ContentAsync(HttpContext context)
    {
        context.Response.Headers.ContentDisposition = "attachment; filename=\"fake.bin\"";
        return context.SendDeterministicAsync("application/octet-stream", ContentBytes, ContentSeed);
    }

    public static Task DeleteAsync(HttpContext context) => context.SendJsonAsync(new JsonObject
    {
        ["id"] = Id(context),
        ["object"] = "file",
        ["deleted"] = true,
    });

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private static JsonObject Known(string id) => File(id, "fake.bin", ContentBytes, "assistants");

    private static JsonObject File(string id, string name, long bytes, string purpose) => new()
    {
        ["id"] = id,
        ["object"] = "file",
        ["bytes"] = bytes,
        ["created_at"] = FakeUsage.Created,
        ["filename"] = name,
        ["purpose"] = purpose,
        ["status"] = "processed",
    };
}
