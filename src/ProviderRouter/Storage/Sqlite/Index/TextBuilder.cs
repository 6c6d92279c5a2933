using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Questions.Bodies;
using ProviderRouter.Storage.Sqlite.Raw;
using ProviderRouter.Storage.Sqlite.Retention;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>Indexes the texts of the log, the newest part first, each from where it was left.</summary>
internal sealed class TextBuilder(SqliteConnection log, LogIndex index) : IDisposable
{
    /// <summary>How many exchanges are written at once.</summary>
    private const int Batch = 512;

    private readonly BodyReader bodies = new(log);
    private readonly RawStatement isAnswered = new(log, "SELECT 1 FROM audit_responses WHERE request = ? LIMIT 1");
    private readonly RawStatement noteOpen = new(index.Connection, "INSERT OR IGNORE INTO open_texts (id) VALUES (?)");
    private readonly RawStatement forgetOpen = new(index.Connection, "DELETE FROM open_texts WHERE id = ?");
    private readonly RawStatement notePart = new(index.Connection, "INSERT OR REPLACE INTO parts (part, through, is_whole, proof) VALUES (?, ?, ?, ?)");
    private readonly RawStatement proof = new(log, "SELECT hash FROM audit_requests WHERE id = ?");
    private TextPartWriter? writer;

    /// <summary>Indexes what is due. What retention takes meanwhile leaves it at once.</summary>
    /// <param name="progress">Called with how many exchanges were indexed since the last time.</param>
    /// <param name="cancellation">Ends it after what was begun.</param>
    public void CatchUp(Action<long> progress, CancellationToken cancellation)
    {
        while (!TryCatchUp(progress, cancellation))
        {
        }
    }

    private bool TryCatchUp(Action<long> progress, CancellationToken cancellation)
    {
        var gone = ForgetBodies();
        var span = LogSpan.Of(log);
        var first = Math.Max(span.First, gone + 1);
        AddAnswers();
        var parts = TextPart.List(index.Connection);
        for (var number = TextPart.Of(span.Last); span.Last >= first && number >= TextPart.Of(first); number--)
        {
            var part = parts.GetValueOrDefault(number) ?? new TextPart(number, Math.Max(first - 1, number * TextPart.Size), IsWhole: false);
            if (!part.IsWhole && !Build(part, Math.Min(span.Last, part.LastId), isNew: !parts.ContainsKey(number), gone, progress, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Drops the words of bodies that retention took, and tells up to which exchange it did.</summary>
    public long ForgetBodies()
    {
        var gone = new RetentionTrace(log).BodiesGone;
        // Less than before: a backup was brought back.
        if (index.Connection.Scalar<long>("SELECT coalesce(max(through), 0) FROM bodies_gone") is var known && known != gone.Request)
        {
            Drop(Math.Max(known, gone.Request));
            index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
            {
                index.Connection.Execute($"UPDATE bodies_gone SET through = {gone.Request}; DELETE FROM answers_left");
                NoteAnswersLeft(gone);
                return true;
            });
        }

        return gone.Request;
    }

    /// <summary>Answers that came after the part of the log whose bodies went: they stay until their place's turn comes.</summary>
    private void NoteAnswersLeft(LogCut gone)
    {
        using var left = new RawStatement(log,
            "SELECT request FROM audit_responses WHERE request <= ? AND +seq > ? AND (body IS NOT NULL OR body_parts IS NOT NULL)");
        using var note = new RawStatement(index.Connection, "INSERT OR IGNORE INTO answers_left (id) VALUES (?)");
        left.Bind(0, gone.Request);
        left.Bind(1, gone.Place);
        while (left.Step())
        {
            note.Bind(0, left.Integer(0));
            note.Run();
        }
    }

    /// <summary>Drops all words, where there are any.</summary>
    public void DropAll()
    {
        if (index.Connection.Scalar<long>("SELECT count(*) FROM parts") > 0)
        {
            Drop(long.MaxValue);
        }
    }

    /// <summary>Drops the parts that have an exchange up to this one. What came later in them is indexed anew.</summary>
    private void Drop(long through)
    {
        writer?.Dispose();
        writer = null;
        // What is dropped is overwritten, and free pages go back: nothing of a removed body is left in the file.
        index.Connection.ExecuteAtOnce("PRAGMA secure_delete = ON");
        foreach (var part in TextPart.List(index.Connection).Values.Where(part => part.FirstId <= through))
        {
            index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
            {
                index.Connection.Execute($"DROP TABLE IF EXISTS {part.Table}; DELETE FROM parts WHERE part = {part.Number}");
                return true;
            });
        }

        index.Connection.Execute($"DELETE FROM prompts WHERE id <= {through}; DELETE FROM open_texts WHERE id <= {through}");
        index.Connection.ExecuteAtOnce("PRAGMA secure_delete = OFF; PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>False when retention took something meanwhile.</summary>
    private bool Build(TextPart part, long last, bool isNew, long gone, Action<long> progress, CancellationToken cancellation)
    {
        if (isNew)
        {
            index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
            {
                index.Connection.Execute($"DROP TABLE IF EXISTS {part.Table}; {part.Schema}");
                Note(part);
                return true;
            });
        }

        for (var id = part.Through + 1; id <= last;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (new RetentionTrace(log).BodiesGone.Request != gone)
            {
                return false;
            }

            var end = Math.Min(last, id + Batch - 1);
            index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
            {
                AddAll(Writer(part), id, end);
                Note(part with { Through = end });
                return true;
            });
            progress(end - id + 1);
            id = end + 1;
        }

        if (last == part.LastId)
        {
            Writer(part).Finish();
            Note(part with { Through = last, IsWhole = true });
        }

        return true;
    }

    private void AddAll(TextPartWriter into, long first, long last)
    {
        for (var id = first; id <= last; id++)
        {
            if (bodies.ReadBodies(id) is not { } read)
            {
                continue;
            }

            into.AddRequest(id, read.Request);
            if (read.IsAnswered)
            {
                into.AddAnswer(id, read.Response);
            }
            else
            {
                noteOpen.Bind(0, id);
                noteOpen.Run();
            }
        }

        into.SaveParents();
    }

    /// <summary>Indexes the answers that had not come when their requests were indexed.</summary>
    private void AddAnswers()
    {
        var answered = new List<long>();
        using (var open = new RawStatement(index.Connection, "SELECT id FROM open_texts ORDER BY id"))
        {
            while (open.Step())
            {
                isAnswered.Bind(0, open.Integer(0));
                if (isAnswered.Step())
                {
                    answered.Add(open.Integer(0));
                }

                isAnswered.Reset();
            }
        }

        var parts = TextPart.List(index.Connection);
        foreach (var id in answered)
        {
            index.Connection.InTransaction("BEGIN IMMEDIATE", () =>
            {
                if (parts.TryGetValue(TextPart.Of(id), out var part))
                {
                    Writer(part).AddAnswer(id, bodies.ReadBodies(id)?.Response);
                }

                forgetOpen.Bind(0, id);
                forgetOpen.Run();
                return true;
            });
        }
    }

    private TextPartWriter Writer(TextPart part)
    {
        if (writer?.Number != part.Number)
        {
            writer?.Dispose();
            writer = new TextPartWriter(index.Connection, part);
        }

        return writer;
    }

    private void Note(TextPart part)
    {
        notePart.Bind(0, part.Number);
        notePart.Bind(1, part.Through);
        notePart.Bind(2, part.IsWhole ? 1 : 0);
        proof.Bind(0, part.Through);
        notePart.BindBlob(3, proof.Step() ? proof.Bytes(0) : []);
        notePart.Run();
        proof.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        bodies.Dispose();
        isAnswered.Dispose();
        noteOpen.Dispose();
        forgetOpen.Dispose();
        notePart.Dispose();
        proof.Dispose();
    }
}
