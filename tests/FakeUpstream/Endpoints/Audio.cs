using System.Text.Json.Nodes;
using FakeUpstream.Recording;
using FakeUpstream.Wire;

namespace FakeUpstream.Endpoints;

internal static class Audio
{
    private const int SpeechBytes = 48 * 1024;
    private const ulong SpeechSeed = 2;

    /// <summary>48 KB that no player would play: <see cref="DeterministicBytes"/> with seed 2.</summary>
    public static async Task SpeechAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync() is not null)
        {
            await context.SendDeterministicAsync("audio/mpeg", SpeechBytes, SpeechSeed);
        }
    }

    public static async Task TranscribeAsync(HttpContext context)
    {
        if (await MultipartRequest.ReadAsync(context) is not { } form)
        {
            return;
        }

        var text = $"{Exchange.Of(context).UpstreamName} heard {form.FileBytes} bytes of {form.FileName}";
        await (form.Fields.GetValueOrDefault("response_format") == "text"
            ? context.SendAsync("text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text))
            : context.SendJsonAsync(new JsonObject { ["text"] = text }));
    }
}
