using System.Runtime.InteropServices;
using ProviderRouter.Storage.Sqlite.Log;

namespace ProviderRouter.Storage.Sqlite.Verification;

/// <summary>Where the columns that a walk looks at stand in one of the chain's tables; -1 for those that it has not.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChainColumns
{
    public ChainColumns(ChainTables table)
    {
        var names = table.Columns;
        int Of(string name) => Array.IndexOf(names, name);
        (Id, Request, RequestId, HeadersPiece) = (Of("id"), Of("request"), Of("request_id"), Of(ChainTables.HeadersPiece));
        Later = table.Covered.Length;
        (Hash, Body, BodyParts, EventStream) = (Of("hash"), Of("body"), Of("body_parts"), Of("event_stream"));
        (BodySha256, BodyDigest, StreamDigest) = (Of("body_sha256"), Of("body_digest"), Of("stream_digest"));
    }

    public int Id { get; }

    public int Request { get; }

    public int RequestId { get; }

    public int HeadersPiece { get; }

    /// <summary>The first of those that count only where they are not NULL; up to <see cref="Hash"/>.</summary>
    public int Later { get; }

    public int Hash { get; }

    public int Body { get; }

    public int BodyParts { get; }

    public int EventStream { get; }

    public int BodySha256 { get; }

    public int BodyDigest { get; }

    public int StreamDigest { get; }
}
