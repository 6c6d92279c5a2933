using Microsoft.AspNetCore.Http;
using ProviderRouter.AuditLog.Questions;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>One body of an exchange, byte for byte, however large: it is read as it is taken.</summary>
internal sealed class RawBody(LogReading reading)
{
    /// <summary>A longer one is shown as it is, even where it is JSON.</summary>
    private const int LongestLines = 2 * 1024 * 1024;

    /// <summary>Of a longer one, the page of its exchange has the beginning.</summary>
    public const int LongestHere = 1024 * 1024;

    /// <summary>How much the beginning is.</summary>
    public const int Beginning = 256 * 1024;

    /// <summary>A longer one no browser shows in good time.</summary>
    public const int LongestAlone = 16 * 1024 * 1024;

    /// <summary>Answers with it.</summary>
    public Task<UiAnswer> AnswerAsync(UiRequest request) => reading.RunAsync(log => Answer(request, log), isSearch: false, request.Left);

    private UiAnswer Answer(UiRequest request, AuditLogReader log)
    {
        var name = NameOf(request.Names[1]);
        var record = log.Name(request.Names[0]).Id is { } id ? log.Read(id) : null;
        using var body = record is not null && name is { } known ? log.OpenBody(record.Id, known) : null;
        if (body is null)
        {
            return UiAnswer.Text("There is no such body on record.\n", StatusCodes.Status404NotFound);
        }

        switch (request.Query("as"))
        {
            case "start":
                return ForeignBytes.Answer(Read(body, Beginning), ForeignBytes.Text);
            case "lines" when Read(body, LongestLines + 1) is { Length: <= LongestLines } all:
                return ForeignBytes.Lines(all.Span, LongestLines);
            case var form:
                return ForeignBytes.Written(
                    form == "lines" ? null : $"{record!.RequestId}-{request.Names[1]}.txt",
                    context => reading.CopyAsync(again => again.OpenBody(record!.Id, name!.Value), context.Response.Body, context.RequestAborted));
        }
    }

    private static ReadOnlyMemory<byte> Read(Stream body, int most)
    {
        var start = new byte[most];
        return start.AsMemory(0, body.ReadAtLeast(start, most, throwOnEndOfStream: false));
    }

    private static BodyName? NameOf(string name) => name switch
    {
        "request" => BodyName.Request,
        "response" => BodyName.Response,
        "whole" => BodyName.Whole,
        _ => null,
    };
}
