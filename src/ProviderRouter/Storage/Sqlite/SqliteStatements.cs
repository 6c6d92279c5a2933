using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProviderRouter.Storage.Sqlite;

/// <summary>Statements on a connection, said in one line.</summary>
internal static class SqliteStatements
{
    /// <summary>Runs statements that answer nothing that matters.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The same, without the library's own waiting: it tries again for a second and more where SQLite has given up.</summary>
    public static void ExecuteAtOnce(this SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);

    /// <summary>Runs this between such a beginning and a COMMIT; what throws is rolled back. One inside another is part of it.</summary>
    /// <remarks>Not the library's own transaction: its prepared commands would each have to be told of it.</remarks>
    public static T InTransaction<T>(this SqliteConnection connection, string begin, Func<T> work)
    {
        if (IsInTransaction(connection))
        {
            return work();
        }

        connection.Execute(begin);
        try
        {
            var result = work();
            connection.Execute("COMMIT");
            return result;
        }
        finally
        {
            if (IsInTransaction(connection))
            {
                connection.Execute("ROLLBACK");
            }
        }
    }

    /// <summary>Runs a statement that answers one value.</summary>
    public static T Scalar<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return (T)command.ExecuteScalar()!;
    }

    /// <summary>A command with named parameters, each without a value yet, to be kept and run again.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        return command;
    }

    /// <summary>Sets a parameter by its place in the order in which they were named; null is NULL.</summary>
    public static void Set(this SqliteCommand command, int place, object? value) =>
        command.Parameters[place].Value = value ?? DBNull.Value;

    /// <summary>Sets a parameter to bytes, without a copy of them where they lie at the beginning of an array.</summary>
    public static void Set(this SqliteCommand command, int place, ReadOnlyMemory<byte>? value)
    {
        var parameter = command.Parameters[place];
        if (value is not { } bytes)
        {
            parameter.Value = DBNull.Value;
            return;
        }

        var fits = MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0;
        parameter.Value = fits ? segment.Array : bytes.ToArray();
        // The size says how much of the array counts.
        parameter.Size = bytes.Length;
    }

    /// <summary>The text in a column, or null.</summary>
    public static string? TextOrNull(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    private static bool IsInTransaction(SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) == 0;
}
