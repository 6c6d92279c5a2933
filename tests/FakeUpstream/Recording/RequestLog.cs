namespace FakeUpstream.Recording;

/// <summary>The last requests, bounded in number and in the bytes of their bodies.</summary>
internal sealed class RequestLog
{
    private const int MostRequests = 10_000;
    private const long MostBodyBytes = 256 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<ObservedRequest> _requests = new();
    private long _bodyBytes;

    public ObservedRequest Add(HttpContext context)
    {
        var request = new ObservedRequest(this, context);
        lock (_lock)
        {
            _requests.Enqueue(request);
            while (_requests.Count > MostRequests)
            {
                _requests.Dequeue().DropBody();
            }
        }

        return request;
    }

    public IReadOnlyList<ReceivedRequest> Snapshot()
    {
        lock (_lock)
        {
            return [.. _requests.Select(request => request.Snapshot())];
        }
    }

    /// <summary>False when bodies fill the memory set aside for them: this one is then known by size and hash only.</summary>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _bodyBytes, bytes) <= MostBodyBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(long bytes) => Interlocked.Add(ref _bodyBytes, -bytes);
}
