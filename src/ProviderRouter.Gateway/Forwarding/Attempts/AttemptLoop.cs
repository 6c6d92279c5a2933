using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Forwarding.Outgoing;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>
/// Asks providers until one answers: what cannot be reached, fails or is silent before its first byte is asked again, and then the
/// next one, as long as the client has received nothing and waits. Where all rest, the first is asked all the same.
/// </summary>
public sealed partial class AttemptLoop(ProviderCall call, Breakers breakers, TimeProvider time, ILogger<AttemptLoop> logger)
{
    /// <summary>Asks them. Null when the client was answered; else what to tell it.</summary>
    internal async Task<OpenAIError?> RunAsync(HttpContext context, Exchange exchange, IReadOnlyList<Target> targets, FallbackSettings settings)
    {
        if (!IsPlanned(targets))
        {
            return Conclude(context, exchange, await call.AskAsync(context, exchange, targets[0], DeclineRule.Never));
        }

        CallResult? last = null;
        for (var place = 0; place < targets.Count; place++)
        {
            last = await AskAsync(context, exchange, targets, place, settings) ?? last;
            if (last is not null && !MayGoOn(exchange, last))
            {
                return Conclude(context, exchange, last);
            }
        }

        // The last of them were passed over.
        last = last?.Answer is not null ? last : await call.AskAsync(context, exchange, targets[0], DeclineRule.Never);
        return Conclude(context, exchange, last);
    }

    /// <summary>True where a failure has a consequence: there is another provider, or another attempt.</summary>
    private static bool IsPlanned(IReadOnlyList<Target> targets) => targets.Count > 1 || targets is [{ Provider.Retries: > 0 }];

    /// <summary>True where the request's body may be needed again, or changed: it is kept then.</summary>
    internal static bool NeedsBody(IReadOnlyList<Target> targets) =>
        IsPlanned(targets) || (targets is [var only] && (ModelChoice.HasAny(only.Provider) || only.Provider.KeepAlive is not null));

    private async Task<CallResult?> AskAsync(
        HttpContext context, Exchange exchange, IReadOnlyList<Target> targets, int place, FallbackSettings settings)
    {
        var target = targets[place];
        var (name, hasOther) = (target.Provider.Name, place < targets.Count - 1);
        var retries = target.Provider.Retries ?? 1;
        // One without others in its place is never passed over.
        var breaker = targets.Count > 1 ? breakers.Of(name, settings.BreakFor) : null;
        for (var failures = 0; ; failures++)
        {
            var rule = new DeclineRule(hasOther, HasRetry: failures < retries, settings.MaxWait);
            var result = breaker is null ? await call.AskAsync(context, exchange, target, rule) : await breaker.RunAsync(
                static with => with.call.AskAsync(with.context, with.exchange, with.target, with.rule), (call, context, exchange, target, rule));
            if (result is null)
            {
                exchange.NoteSkipped(name);
                return null;
            }

            if (!MayGoOn(exchange, result) || !rule.MayFollow)
            {
                return result;
            }

            if (result.RetryAfter > settings.MaxWait)
            {
                breaker?.Rest(result.RetryAfter.Value);
            }

            var wait = rule.HasRetry ? RetryWait.After(failures + 1, result.RetryAfter, settings.MaxWait) : null;
            Log.Failed(logger, name, result.Failure!.Error, wait is null ? targets[place + 1].Provider.Name : name, exchange.RequestId);
            exchange.PrepareForNext(result.Failure!, result.Status);
            if (wait is not { } pause)
            {
                return result;
            }

            await Task.Delay(pause, time, context.RequestAborted);
        }
    }

    private static bool MayGoOn(Exchange exchange, CallResult result) => result.IsTheProviders && exchange.CanRepeat;

    private static OpenAIError? Conclude(HttpContext context, Exchange exchange, CallResult result)
    {
        if (result.Failure is null)
        {
            return null;
        }

        if (result.Status is { } status)
        {
            // It was set aside for a better one, which cannot come any more.
            exchange.UpstreamStatus = status;
            exchange.Conclude(context.RequestAborted.IsCancellationRequested ? Verdict.ClientClosed : result.Failure);
            return OpenAIError.Invalid(exchange.WithoutSecrets(
                $"{exchange.Provider?.Name} answered {result.Failure.Error}. It had begun to read more than is kept of a body, so nobody else was asked."));
        }

        exchange.Conclude(result.Failure);
        return result.Answer is { } answer && exchange.FailedBefore is { } before
            ? answer with { Message = $"{answer.Message} Asked before it: {before}" }
            : result.Answer;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Provider} failed ({Reason}); {Next} is asked next ({RequestId}).")]
        public static partial void Failed(ILogger logger, string provider, string? reason, string next, string requestId);
    }
}
