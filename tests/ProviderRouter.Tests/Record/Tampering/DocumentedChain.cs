using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>Makes the hashes of rows as docs/log.md says how, and knows nothing of the program.</summary>
internal static class DocumentedChain
{
    private static readonly (char Letter, string Table, string Columns, string Later)[] Tables =
    [
        ('q', "audit_requests",
            "seq, id, request_id, run, received_at_us, provider, method, endpoint, query, client, model, stream, headers_piece, headers, "
            + "content_type, body_bytes, body_sha256, body_digest, body_state", "client_key, replays"),
        ('a', "audit_responses",
            "seq, request, ended_at_us, provider, outcome, status_code, upstream_status, error, duration_us, first_byte_us, "
            + "first_token_us, stream, model, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, finish_reason, "
            + "tool_calls, late_request_bytes, late_request_sha256, headers_piece, headers, content_type, body_bytes, body_sha256, "
            + "body_digest, body_state, stream_digest", "attempts"),
        ('e', "audit_events", "seq, at_us, kind, through, detail", "NULL"),
    ];

    /// <summary>The statements that give each row, from this place on, the hash that the chain asks for.</summary>
    public static List<string> Remake(SqliteConnection connection, long from = 1)
    {
        var statements = new List<string>();
        var before = new byte[32];
        foreach (var (place, (table, content, stored)) in Rows(connection))
        {
            if (place < from)
            {
                before = stored;
                continue;
            }

            before = SHA256.HashData([.. before, .. content]);
            statements.Add($"UPDATE {table} SET hash = x'{Convert.ToHexString(before)}' WHERE seq = {place}");
        }

        return statements;
    }

    private static SortedDictionary<long, (string Table, byte[] Content, byte[] Stored)> Rows(SqliteConnection connection)
    {
        var rows = new SortedDictionary<long, (string, byte[], byte[])>();
        foreach (var (letter, table, columns, later) in Tables)
        {
            using var command = connection.CreateCommand();
            // In the place of the piece, the piece's hash.
            command.CommandText = $"SELECT {columns.Replace("headers_piece", "(SELECT hash FROM audit_pieces WHERE id = headers_piece)", StringComparison.Ordinal)}, {later}, hash FROM {table}";
            using var reader = command.ExecuteReader();
            var piece = Array.IndexOf(columns.Split(", "), "headers_piece");
            while (reader.Read())
            {
                var last = reader.FieldCount - 1;
                var count = later.Split(", ").Length;
                var content = Enumerable.Range(0, last - count).SelectMany(column => Encode(reader.GetValue(column), column == piece));
                var added = Enumerable.Range(0, count).Where(i => reader.GetValue(last - count + i) is string)
                    .SelectMany(i => (byte[])[(byte)('x' + i), .. Encode(reader.GetValue(last - count + i), isPiece: false)[1..]]);
                rows[reader.GetInt64(0)] = (table, [(byte)letter, .. content, .. added], (byte[])reader.GetValue(last));
            }
        }

        return rows;
    }

    private static byte[] Encode(object value, bool isPiece) => value switch
    {
        long number => [(byte)'i', .. Bytes(number, 8)],
        string text => [(byte)'t', .. Bytes(Encoding.UTF8.GetByteCount(text), 4), .. Encoding.UTF8.GetBytes(text)],
        byte[] hash when isPiece => [(byte)'p', .. hash],
        byte[] bytes => [(byte)'b', .. Bytes(bytes.Length, 4), .. bytes],
        _ => [(byte)'n'],
    };

    private static byte[] Bytes(long number, int size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes[..size];
    }
}
