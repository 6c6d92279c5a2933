using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>Who looks at a page, as the door found out.</summary>
/// <param name="Token">What each form of the page carries in its field <see cref="FormToken.Field"/>.</param>
/// <param name="KeyName">The admin key with which one is in; null where none is asked for, and before that.</param>
/// <param name="HasSession">True when one can sign out.</param>
/// <param name="MayStay">Whether the key counts still; to be asked while the request is under way.</param>
internal sealed record UiVisitor(string Token, string? KeyName, bool HasSession, Func<bool> MayStay)
{
    /// <summary>The visitor of this request; set for every page.</summary>
    public static UiVisitor Of(HttpContext context) => context.Features.GetRequiredFeature<UiVisitor>();
}
