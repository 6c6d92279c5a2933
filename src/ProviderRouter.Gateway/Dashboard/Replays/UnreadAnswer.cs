using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProviderRouter.Gateway.Capture;

namespace ProviderRouter.Gateway.Dashboard.Replays;

/// <summary>An answer that nobody receives: what is sent of it is in the log.</summary>
internal sealed class UnreadAnswer : AnswerStream, IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly List<(Func<object, Task> Callback, object State)> starting = [];
    private PipeWriter? writer;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public bool HasStarted { get; private set; }

    public Stream Body { get; set; } = Null;

    public Stream Stream => this;

    public PipeWriter Writer => writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public override long Position { get; set; }

    public void OnStarting(Func<object, Task> callback, object state) => starting.Add((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state)
    {
        // Nothing here lives longer than the answer.
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted)
        {
            return;
        }

        // The last one first, as servers do.
        for (var i = starting.Count - 1; i >= 0; i--)
        {
            await starting[i].Callback(starting[i].State);
        }

        HasStarted = true;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await StartAsync(cancellationToken);
        Position += buffer.Length;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("No answer is a file.");

    public Task CompleteAsync() => StartAsync();

    public void DisableBuffering()
    {
        // There is none.
    }
}
