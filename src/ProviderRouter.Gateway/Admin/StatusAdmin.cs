using ProviderRouter.AuditLog.Writing;
using ProviderRouter.Gateway.Ingress;
using ProviderRouter.Providers;

namespace ProviderRouter.Gateway.Admin;

/// <summary>How the server does, what providers there are to begin with, and what can be asked.</summary>
internal sealed class StatusAdmin(AuditLogWriter log, IBreakerStates breakers, GatewayOptions options)
{
    public AdminAnswer Status(AdminRequest request)
    {
        using var store = request.Database.OpenProviders();
        var health = log.Health;
        return AdminAnswer.Of(
            new StatusView(
                ProductVersion.Text,
                store.InSnapshot(() => ActiveAdmin.Read(store, request.Environment)),
                options.AsksForKeys,
                request.Database.Path,
                [.. breakers.NotClosed.Select(breaker => new BreakerView(breaker.Provider, breaker.State))],
                new LogView(
                    health.State, health.Reason, health.Since?.UtcDateTime, health.Written, health.Waiting, health.Spooled, health.SpooledBytes,
                    health.Lost, health.Refused)),
            AdminJson.Default.StatusView);
    }

    public static AdminAnswer Presets(AdminRequest request) =>
        AdminAnswer.Of([.. ProviderPresets.All.Select(PresetView.Of)], AdminJson.Default.IReadOnlyListPresetView);

    public static AdminAnswer OpenApi(AdminRequest request)
    {
        using var resource = typeof(StatusAdmin).Assembly.GetManifestResourceStream("openapi.json")!;
        var document = new byte[resource.Length];
        resource.ReadExactly(document);
        return new AdminAnswer(200, document);
    }
}
