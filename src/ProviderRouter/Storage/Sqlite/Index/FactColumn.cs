namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>
/// What a block of the index knows of each of its exchanges. A name is its id in <c>names</c>, 0 for NULL; a number is one more than it
/// is, 0 for NULL.
/// </summary>
internal enum FactColumn
{
    /// <summary>When the request came in, in Unix microseconds.</summary>
    ReceivedUs,

    /// <summary>A name: who answered.</summary>
    Provider,

    /// <summary>A name: the model that was asked for.</summary>
    Model,

    /// <summary>A name: the model that answered.</summary>
    ResponseModel,

    /// <summary>A name: the path.</summary>
    Endpoint,

    /// <summary>A number.</summary>
    Status,

    /// <summary>A name; 0 while there was no answer.</summary>
    Outcome,

    /// <summary>A name.</summary>
    ClientKey,

    /// <summary>A number, in microseconds.</summary>
    DurationUs,

    /// <summary>A number, in microseconds.</summary>
    FirstTokenUs,

    /// <summary>A number.</summary>
    PromptTokens,

    /// <summary>A number.</summary>
    CompletionTokens,

    /// <summary>A number.</summary>
    CachedTokens,

    /// <summary>
    /// One more than the id of the exchange that it repeats; 1 where that was not on record when this was written (it may be imported
    /// later); 0 where it repeats none.
    /// </summary>
    Replays,

    /// <summary>
    /// Where in its part the exchange stands whose conversation this one goes on with, one more than from the part's beginning; 0 for
    /// none. Written with the texts.
    /// </summary>
    Parent,
}
