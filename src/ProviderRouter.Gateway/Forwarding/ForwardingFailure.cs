using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>Why a request was not answered to its end: what the record says of it, and what the client is told.</summary>
/// <param name="Verdict">For the record.</param>
/// <param name="Answer">For the client, if it has received nothing yet; null when there is nobody to tell.</param>
internal sealed record ForwardingFailure(Verdict Verdict, OpenAIError? Answer)
{
    /// <summary>Puts YARP's error into words. Source: the members of <see cref="ForwarderError"/>.</summary>
    public static ForwardingFailure From(ForwarderError error, HttpContext context, Provider provider, Uri url, TimeSpan silence)
    {
        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception ?? new InvalidOperationException(error.ToString());
        // YARP tells a client that leaves (…Canceled, …Client) from a provider that fails. The request's own token does not: it
        // is cancelled in both cases by now, because YARP has cut the client off where the answer had begun.
        var timedOut = cause is OperationCanceledException;
        return error switch
        {
            ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout when IsConnectTimeout(cause) =>
                TimedOut($"{provider.Name} did not take a connection at {ProviderAddress.HostAndPort(url)} within"
                    + $" {(provider.ConnectTimeout ?? UpstreamConnection.ConnectTimeout).TotalSeconds:0.###} s. {WhatNext(provider)}"),
            ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout =>
                TimedOut($"{provider.Name} sent nothing for {silence.TotalSeconds:0.###} s. {LongerSilence(provider)} {WhatNext(provider)}"),
            ForwarderError.ResponseBodyDestination or ForwarderError.RequestBodyDestination when timedOut =>
                TimedOut($"{provider.Name} fell silent in the middle for {silence.TotalSeconds:0.###} s{(provider.IdleTimeout is null ? " (REQUEST_TIMEOUT)" : "")}."),
            ForwarderError.ResponseBodyDestination or ForwarderError.UpgradeResponseDestination
                or ForwarderError.UpgradeRequestDestination => Cut(provider),
            ForwarderError.RequestBodyClient => BrokenRequest(cause, context),
            ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.RequestCreation =>
                Invalid($"{provider.Name} broke off while it was asked: {cause.GetBaseException().Message.TrimEnd('.')}. {WhatNext(provider)}"),
            ForwarderError.Request => NotReached(UpstreamFailure.From(cause, url), provider),
            _ => new(Verdict.ClientClosed, Answer: null),
        };
    }

    private static ForwardingFailure NotReached(UpstreamFailure failure, Provider provider)
    {
        var message = $"{provider.Name} {failure.Reason}. {WhatNext(provider)}";
        return failure.Kind switch
        {
            UpstreamFailureKind.Timeout => TimedOut(message),
            UpstreamFailureKind.NotHttp or UpstreamFailureKind.Closed => Invalid(message),
            _ => new(new Verdict(Outcome.Unreachable, message), OpenAIError.Unreachable(message)),
        };
    }

    private static ForwardingFailure TimedOut(string message) => new(new Verdict(Outcome.Timeout, message), OpenAIError.TimedOut(message));

    private static ForwardingFailure Invalid(string message) => new(new Verdict(Outcome.Unreachable, message), OpenAIError.Invalid(message));

    private static ForwardingFailure Cut(Provider provider)
    {
        var message = $"{provider.Name} broke off in the middle of its answer.";
        return new(new Verdict(Outcome.UpstreamCut, message), OpenAIError.Invalid($"{message} {WhatNext(provider)}"));
    }

    /// <summary>The request's body is malformed, or ended early: then its client is gone, whichever way that showed first.</summary>
    public static ForwardingFailure BrokenRequest(Exception cause, HttpContext context)
    {
        var malformed = cause as BadHttpRequestException
            ?? (cause as AggregateException)?.InnerExceptions.OfType<BadHttpRequestException>().FirstOrDefault();
        // Kestrel has a reason for each kind, but does not show it.
        if (malformed is null || malformed.Message.StartsWith("Unexpected end of request content", StringComparison.Ordinal))
        {
            return new(Verdict.ClientClosed, Answer: null);
        }

        var answer = malformed.StatusCode == StatusCodes.Status413PayloadTooLarge
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most
                ? OpenAIError.TooLarge(most)
                : OpenAIError.BadRequest(malformed.StatusCode, $"The request's body cannot be read: {malformed.Message.TrimEnd('.')}.");
        return new(new Verdict(Outcome.Rejected, answer.Message), answer);
    }

    private static bool IsConnectTimeout(Exception cause) =>
        cause.InnerException is TimeoutException inner && inner.InnerException is null
        || cause.ToString().Contains("ConnectTimeout", StringComparison.Ordinal);

    private static string LongerSilence(Provider provider) => provider.IdleTimeout is null
        ? $"A longer silence is allowed with REQUEST_TIMEOUT (milliseconds) where the router starts, or with `provider-cli provider edit {provider.Name} --idle-timeout`."
        : $"A longer silence is allowed with `provider-cli provider edit {provider.Name} --idle-timeout`.";

    private static string WhatNext(Provider provider) =>
        $"`provider-cli test {provider.Name}` says more; `provider-cli set NAME` switches.";
}
