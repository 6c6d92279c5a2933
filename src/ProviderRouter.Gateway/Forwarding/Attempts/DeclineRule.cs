using System.Runtime.InteropServices;

namespace ProviderRouter.Gateway.Forwarding.Attempts;

/// <summary>When a provider's error is not passed on, but another attempt made.</summary>
/// <param name="HasOther">Another provider is left to ask.</param>
/// <param name="HasRetry">This one may be asked again.</param>
/// <param name="MaxWait">The longest wait before that.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeclineRule(bool HasOther, bool HasRetry, TimeSpan MaxWait)
{
    /// <summary>Whatever it answers is passed on.</summary>
    public static readonly DeclineRule Never;

    /// <summary>True where an attempt may follow.</summary>
    public bool MayFollow => HasOther || HasRetry;

    /// <summary>True when one does follow an error with this <c>Retry-After</c>.</summary>
    public bool Declines(TimeSpan? retryAfter) => HasOther || (HasRetry && (retryAfter is null || retryAfter <= MaxWait));
}
