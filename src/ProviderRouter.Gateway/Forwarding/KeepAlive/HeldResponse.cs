using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>
/// An answer's status and headers, kept from the server until the answer's first byte: comments may have to go out before a provider
/// has said what it answers.
/// </summary>
internal sealed class HeldResponse(IHttpResponseFeature inner) : IHttpResponseFeature
{
    private readonly List<(Func<object, Task> Callback, object State)> starting = [];
    private readonly HeaderDictionary held = new();
    private int statusCode = StatusCodes.Status200OK;
    private string? reasonPhrase;
    private bool isHeld = true;

    /// <inheritdoc/>
    public int StatusCode
    {
        get => isHeld ? statusCode : inner.StatusCode;
        set
        {
            if (isHeld)
            {
                statusCode = value;
            }
            else
            {
                inner.StatusCode = value;
            }
        }
    }

    /// <inheritdoc/>
    public string? ReasonPhrase
    {
        get => isHeld ? reasonPhrase : inner.ReasonPhrase;
        set => reasonPhrase = value;
    }

    /// <inheritdoc/>
    public IHeaderDictionary Headers
    {
        get => isHeld ? held : inner.Headers;
        set => throw new NotSupportedException("The headers of an answer are added one by one.");
    }

    /// <inheritdoc/>
    public Stream Body { get; set; } = Stream.Null;

    /// <summary>True once something of the answer itself went out; comments are nothing of it.</summary>
    public bool HasStarted => !isHeld && inner.HasStarted;

    /// <inheritdoc/>
    public void OnStarting(Func<object, Task> callback, object state) => starting.Add((callback, state));

    /// <inheritdoc/>
    public void OnCompleted(Func<object, Task> callback, object state) => inner.OnCompleted(callback, state);

    /// <summary>Gives the server what was held, unless it has sent a status and headers already.</summary>
    public async Task ReleaseAsync()
    {
        if (!isHeld)
        {
            return;
        }

        for (var last = starting.Count - 1; last >= 0 && !inner.HasStarted; last--)
        {
            await starting[last].Callback(starting[last].State);
        }

        isHeld = false;
        if (inner.HasStarted)
        {
            return;
        }

        (inner.StatusCode, inner.ReasonPhrase) = (statusCode, reasonPhrase);
        foreach (var (name, values) in held)
        {
            inner.Headers[name] = values;
        }
    }
}
