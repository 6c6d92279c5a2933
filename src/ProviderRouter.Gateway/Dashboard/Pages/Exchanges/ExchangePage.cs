using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Dashboard.Layout;
using ProviderRouter.Gateway.Dashboard.Reading;
using ProviderRouter.Gateway.Dashboard.Replays;
using ProviderRouter.Gateway.Dashboard.Session;
using ProviderRouter.Gateway.Dashboard.Wording;
using ProviderRouter.Replay;
using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Gateway.Dashboard.Pages.Exchanges;

/// <summary>One exchange: what was said, how long what took, what was sent; and the same request to another provider.</summary>
internal sealed class ExchangePage(
    SqliteDatabase database, LogReading reading, OpenExchanges exchanges, ReplayQueue replays, GatewayOptions options, TimeProvider time)
{
    /// <summary>The page.</summary>
    public Task<UiAnswer> ShowAsync(UiRequest request) => ReadAsync(request, log => Show(request, log));

    private Task<UiAnswer> ReadAsync(UiRequest request, Func<AuditLogReader, UiAnswer> read) =>
        reading.RunAsync(read, log => FoundExchange.IsLarge(log, request.Names[0]), isSearch: false, request.Left);

    private UiAnswer Show(UiRequest request, AuditLogReader log)
    {
        if (FoundExchange.Read(log, request.Names[0], out var problem) is not { } found)
        {
            return Unknown(request, problem);
        }

        var record = found.Record;
        var talk = Talk.Read(found, request.Query("as") == "text");
        return UiAnswer.PageAtOnce(ExchangeSlice.Create(new(
            request.Frame($"Exchange {log.Shorten(record.RequestId)}", Place.Live) with { Script = "exchange.js" },
            ShortText.Of(record), Moment.Of(record.CreatedAt, time), OutcomeWords.Why(ShortText.Of(record)), ExchangeFacts.Of(record, talk.Said), ExchangeLinks.Of(log, record), talk,
            TalkLayout.Of(talk), MissingWords.Of(found, talk.Said, exchanges), TimingStep.Of(record), RawModels.Of(found), Curl(request, found), Form(request, log, found))));
    }

    /// <summary>How it ended, in the log's word; nothing while it is under way. A page that waits for its end asks.</summary>
    public UiAnswer Outcome(UiRequest request)
    {
        using var log = database.OpenLog();
        return UiAnswer.Text(log.Name(request.Names[0]).Id is { } id ? log.Read(id)?.Outcome ?? "" : "");
    }

    /// <summary>The page of one message, with all of it.</summary>
    public Task<UiAnswer> MessageAsync(UiRequest request) => ReadAsync(request, log => Message(request, log));

    private static UiAnswer Message(UiRequest request, AuditLogReader log)
    {
        if (FoundExchange.Read(log, request.Names[0], out var problem) is not { } found)
        {
            return Unknown(request, problem);
        }

        var talk = Talk.Read(found, request.Query("as") == "text");
        return int.TryParse(request.Names[1], out var number) && number >= 1 && number <= talk.Messages.Count
            ? UiAnswer.PageAtOnce(MessageSlice.Create(new(
                request.Frame($"Message {number} of {talk.Messages.Count}", Place.Live), talk.Messages[number - 1] with { IsWhole = true })))
            : UiAnswer.Problem(request, StatusCodes.Status404NotFound, "There is no such message", $"The exchange has {talk.Messages.Count}.");
    }

    /// <summary>A picture that was sent, of a kind that cannot hold a program.</summary>
    public Task<UiAnswer> PictureAsync(UiRequest request) => ReadAsync(request, log => Picture(request, log));

    private static UiAnswer Picture(UiRequest request, AuditLogReader log)
    {
        return FoundExchange.Read(log, request.Names[0], out _) is { } found && int.TryParse(request.Names[1], out var number)
            && Talk.Read(found, asText: true).Picture(number)?.Decode() is { } bytes && PictureType.Of(bytes) is { } type
            ? ForeignBytes.Answer(bytes, type) : UiAnswer.Text("There is no such picture.\n", StatusCodes.Status404NotFound);
    }

    /// <summary>Sends the request again, and leads to the comparison of both.</summary>
    public async Task<UiAnswer> ReplayAsync(UiRequest request)
    {
        var (provider, model) = (request.Field("provider"), request.Field("model"));
        RecordedRequest? recorded;
        string problem;
        using (var log = database.OpenLog())
        {
            if (FoundExchange.Read(log, request.Names[0], out problem) is not { } found)
            {
                return Unknown(request, problem);
            }

            if (Enabled().All(one => one.Name != provider))
            {
                return Refused(request, provider is null ? "No provider was chosen. Go back and choose one."
                    : $"There is no enabled provider {KeyLike.Quote(provider)}. Go back and choose another.");
            }

            recorded = RecordedRequest.Read(
                found.Record, found.Bodies, log.ReadRequestDigest(found.Record.Id), model == found.Record.Model ? null : model, out problem);
        }

        if (recorded is null)
        {
            return Refused(request, $"The request was not sent again: {problem}.");
        }

        var id = await replays.SendAsync(recorded, provider!, request.Context.Connection.RemoteIpAddress, UiVisitor.Of(request.Context).KeyName);
        return id is not null ? UiAnswer.SeeOther($"/ui/compare?a={recorded.Origin.RequestId}&b={id}")
            : Refused(request, $"{ReplayQueue.Most} replays are under way already. Wait until one is over, then try again.", StatusCodes.Status429TooManyRequests);
    }

    private ReplayModel Form(UiRequest request, AuditLogReader log, FoundExchange found)
    {
        var enabled = Enabled();
        var can = RecordedRequest.Read(found.Record, found.Bodies, log.ReadRequestDigest(found.Record.Id), model: null, out var problem) is not null;
        return new(
            can ? enabled.Count > 0 ? null : "No provider is enabled." : $"This request cannot be sent again: {problem}.",
            enabled, enabled.OrderBy(one => one.Lack is not null).FirstOrDefault(one => one.Name != found.Record.Provider).Name, ShortText.Of(found.Record).Model, request.Visitor);
    }

    private static CurlModel Curl(UiRequest request, FoundExchange found)
    {
        var curl = new CurlText(found.Record, found.Bodies, () => $"{request.Context.Request.Scheme}://{request.Context.Request.Host}", folder: null);
        return curl.Problem is { } problem ? new(null, [problem]) : new(curl.Command, curl.Notes);
    }

    private List<(string Name, string? Lack)> Enabled()
    {
        using var store = database.OpenProviders();
        return [.. store.List().Where(provider => provider.Enabled).Select(provider => (provider.Name, provider.Key.IsMissing(options.Environment) ? "no key" : null))];
    }

    private static UiAnswer Unknown(UiRequest request, string problem) =>
        UiAnswer.Problem(request, StatusCodes.Status404NotFound, "There is no such exchange", problem, ("/ui/live", "To the newest requests"));

    private static UiAnswer Refused(UiRequest request, string problem, int status = StatusCodes.Status400BadRequest) =>
        UiAnswer.Problem(request, status, "Nothing was sent", problem, ($"/ui/exchanges/{Uri.EscapeDataString(request.Names[0])}", "Back to the exchange"));
}
