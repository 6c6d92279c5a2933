using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.AuditLog;
using ProviderRouter.Gateway.Capture;
using ProviderRouter.Gateway.Echo;
using ProviderRouter.Gateway.Forwarding.KeepAlive;
using ProviderRouter.Gateway.Forwarding.Outgoing;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Gateway.Routing;
using ProviderRouter.Providers;
using ProviderRouter.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>Sends a request to one provider and its answer to the client.</summary>
public sealed class ProviderCall(IHttpForwarder yarp, UpstreamClients clients, TimeProvider time)
{
    /// <summary>Asks a provider.</summary>
    /// <param name="context">The request and its answer.</param>
    /// <param name="exchange">Its record.</param>
    /// <param name="target">The provider.</param>
    /// <param name="rule">Which of its errors are not passed on.</param>
    internal async Task<CallResult> AskAsync(HttpContext context, Exchange exchange, Target target, DeclineRule rule)
    {
        var provider = target.Provider;
        exchange.Ask(provider);
        if (target.Problem is { } problem)
        {
            return new(new Verdict(Outcome.Unreachable, problem), OpenAIError.Unreachable($"{provider.Name} cannot be asked: {problem}"));
        }

        using var outgoing = await OutgoingRequest.PrepareAsync(context, exchange, provider);
        await using var kept = await KeptAlive.BeginAsync(context, exchange, provider, time);
        var result = provider.AnswersInside ? await EchoAsync(context, exchange) : await SendAsync(context, exchange, target, rule);
        if (kept is not null)
        {
            await kept.StopAsync();
        }

        if (outgoing is not null && (result.Failure is null || context.Response.HasStarted))
        {
            await outgoing.EndAsync(context.RequestAborted);
        }

        if (kept is not null)
        {
            await kept.EndAsync(result.Answer);
        }

        return result;
    }

    private async Task<CallResult> EchoAsync(HttpContext context, Exchange exchange)
    {
        await EchoResponder.AnswerAsync(context, exchange, time);
        return CallResult.Answered;
    }

    private async Task<CallResult> SendAsync(HttpContext context, Exchange exchange, Target target, DeclineRule rule)
    {
        if (ProviderAddress.Compose(target.Provider, RequestTarget.BelowPrefix(context.Request)) is not { } url)
        {
            var message = $"The address of {target.Provider.Name} cannot be called: '{target.Provider.BaseUrl}'. Correct it, then try again.";
            return new(new Verdict(Outcome.Rejected, message), OpenAIError.Invalid(message));
        }

        WatchUpgrade(context, exchange);
        var transformer = new ProviderTransformer(exchange, target, url, rule, time);
        var left = context.RequestAborted;
        if (!target.Provider.Cancels)
        {
            // YARP ends a request with its client's.
            context.RequestAborted = CancellationToken.None;
        }

        ForwarderError error;
        try
        {
            error = await yarp.SendAsync(
                context, target.Provider.BaseUrl, clients.For(target.Provider), clients.ConfigFor(target.Provider), transformer);
        }
        finally
        {
            context.RequestAborted = left;
        }

        if (transformer.Mask is { } mask)
        {
            context.Response.Body = mask.Inner;
            await (error == ForwarderError.None ? mask.EndAsync(left) : Task.CompletedTask);
        }

        if (context.Features.Get<IHttpUpgradeFeature>() is UpgradeTraffic { Happened: true } traffic)
        {
            exchange.Upgrade = traffic;
        }

        return transformer.Declined is { } declined ? declined
            : error == ForwarderError.None ? CallResult.Answered
            : Failed(error, context, target.Provider, url);
    }

    private CallResult Failed(ForwarderError error, HttpContext context, Provider provider, Uri url)
    {
        var failure = ForwardingFailure.From(error, context, provider, url, clients.SilenceOf(provider));
        return new(failure.Verdict, failure.Answer);
    }

    private static void WatchUpgrade(HttpContext context, Exchange exchange)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade and not UpgradeTraffic)
        {
            context.Features.Set<IHttpUpgradeFeature>(new UpgradeTraffic(upgrade, exchange));
        }
    }
}
