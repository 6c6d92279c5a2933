using Microsoft.AspNetCore.Http;
using ProviderRouter.Gateway.Dashboard.Layout;

namespace ProviderRouter.Gateway.Dashboard;

/// <summary>What somebody's browser asks for.</summary>
/// <param name="Context">The request itself.</param>
/// <param name="Names">What stands in the places of the names in the route's path.</param>
/// <param name="Visitor">Who looks, as far as the pages must know.</param>
internal sealed record UiRequest(HttpContext Context, IReadOnlyList<string> Names, Visitor Visitor)
{
    /// <summary>Cancelled when the browser goes away.</summary>
    public CancellationToken Left => Context.RequestAborted;

    /// <summary>The fields of the form that was sent; without any for a GET.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    /// <summary>A parameter of the query without spaces around it; null when it is missing or empty.</summary>
    public string? Query(string name) => Context.Request.Query[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    /// <summary>A field of the form without spaces around it; null when it is missing or empty.</summary>
    public string? Field(string name) => Form[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    /// <summary>What stands around a page.</summary>
    /// <param name="title">The page's title and heading.</param>
    /// <param name="here">Which of the places in the navigation it belongs to.</param>
    public PageFrame Frame(string title, Place here = Place.None) => new(title, here, Visitor, SaidMessage.Take(Context));
}
