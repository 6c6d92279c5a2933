using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Ingress;

namespace ProviderRouter.Gateway.Dashboard.Session;

/// <summary>Reads what a form sent, before any page sees it; later it stands in <see cref="HttpRequest.Form"/>.</summary>
internal sealed class UiForm(FormToken tokens)
{
    private const string Type = "application/x-www-form-urlencoded";

    /// <summary>The refusal of what no form of these pages sends, or of one that this browser was not given; null when all is well.</summary>
    public async Task<OpenAIError?> RefuseAsync(HttpContext context, string? keyName)
    {
        var request = context.Request;
        if (!string.Equals(request.ContentType?.Split(';', 2)[0].Trim(), Type, StringComparison.OrdinalIgnoreCase))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"Forms come as content-type: {Type}. Nothing was changed.");
        }

        try
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            return form[FormToken.Field] is [{ } shown] && tokens.Check(context, keyName, shown) ? null
                : new(StatusCodes.Status403Forbidden, "stale_form",
                    "This form is not one that the page gave to this browser just now, so nothing was changed. Go back, reload the page, and try again.");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return OpenAIError.FormTooLarge(1 << 20);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException or InvalidOperationException or NotSupportedException)
        {
            return OpenAIError.BadRequest(StatusCodes.Status400BadRequest, "The form cannot be read, so nothing was changed. Go back and try again.");
        }
    }
}
