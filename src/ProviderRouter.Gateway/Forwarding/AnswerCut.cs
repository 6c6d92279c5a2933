using Microsoft.AspNetCore.Http.Features;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>
/// Takes YARP's wish to abort a connection whose answer broke off. Over HTTP/1.1 an abort throws away what was written and
/// not yet sent, so the client would lose the beginning that it was promised. Instead the request ends with an exception once
/// its record is written: Kestrel then sends what it has and closes, without the end that would make the answer look whole.
/// </summary>
internal sealed class AnswerCut : IHttpResetFeature
{
    /// <summary>True once the answer broke off after it had begun.</summary>
    public bool Happened { get; private set; }

    public void Reset(int errorCode) => Happened = true;
}

/// <summary>Ends a request whose answer broke off; it says nothing that the record does not.</summary>
internal sealed class AnswerCutException() : Exception("The answer broke off after it had begun; its record says why.");
