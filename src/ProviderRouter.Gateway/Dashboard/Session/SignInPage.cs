using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>One field, for a key. What was typed is never shown again.</summary>
internal static class SignInPage
{
    public static Task WriteAsync(HttpContext context, string to, string? problem, int status)
    {
        var html = HtmlEncoder.Default;
        var wrong = problem is null ? "" : $"""<p id="problem" role="alert">{html.Encode(problem)}</p>""";
        return NoticePage.WriteAsync(context, status, "Sign in", $"""
            <form method="post" action="{UiPath.SignIn}">
            <input type="hidden" name="{FormToken.Field}" value="{UiVisitor.Of(context).Token}">
            <input type="hidden" name="to" value="{html.Encode(to)}">
            {wrong}
            <label for="key">Admin key</label>
            <input id="key" name="key" type="password" autocomplete="current-password" required autofocus{(problem is null ? "" : " aria-invalid=\"true\" aria-describedby=\"problem\"")}>
            <button>Sign in</button>
            </form>
            """);
    }
}
