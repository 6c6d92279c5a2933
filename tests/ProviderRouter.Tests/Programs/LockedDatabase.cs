using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Programs;

/// <summary>The database while another program holds its write lock, until this is disposed of.</summary>
internal sealed class LockedDatabase : IDisposable
{
    private readonly SqliteConnection connection;

    public LockedDatabase(TestFolder folder)
    {
        connection = new SqliteConnection($"Data Source={folder.Database};Mode=ReadWrite;Pooling=False;Default Timeout=30");
        connection.Open();
        Execute("BEGIN IMMEDIATE");
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Execute("ROLLBACK");
        connection.Dispose();
    }
}
