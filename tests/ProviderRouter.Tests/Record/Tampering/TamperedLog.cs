using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Record.Tampering;

/// <summary>A copy of a log, in the hands of somebody who has the file and any SQLite client.</summary>
internal sealed class TamperedLog : IDisposable
{
    private readonly TestFolder folder = new();

    public TamperedLog(RecordedTraffic traffic)
    {
        Directory.CreateDirectory(folder.Data);
        File.Copy(Path.Combine(traffic.Data, Path.GetFileName(folder.Database)), folder.Database);
    }

    public string Database => folder.Database;

    public void Dispose() => folder.Dispose();

    /// <summary>Runs statements with the log's triggers out of the way; they are there again afterwards.</summary>
    public void Tamper(string sql)
    {
        using var connection = Open();
        var triggers = Column(connection, "SELECT name || char(0) || sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")
            .Select(row => $"{row}".Split('\0')).ToList();
        triggers.ForEach(trigger => Execute(connection, $"DROP TRIGGER {trigger[0]}"));
        Execute(connection, sql);
        triggers.ForEach(trigger => Execute(connection, trigger[1]));
    }

    /// <summary>Runs statements, triggers and all.</summary>
    public void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    /// <summary>Makes all hashes anew, so that the chain agrees with what is there.</summary>
    public void RemakeChain(long from = 1) => Tamper(string.Join(';', HashesMadeAnew(from)));

    /// <summary>The statements that do so, from a place on.</summary>
    public List<string> HashesMadeAnew(long from)
    {
        using var connection = Open();
        return DocumentedChain.Remake(connection, from);
    }

    /// <summary>A single value.</summary>
    public object? Value(string sql)
    {
        using var connection = Open();
        return Column(connection, sql).FirstOrDefault();
    }

    /// <summary>The place and the request id of <c>request 3</c>, <c>answer 3</c> or <c>event 1</c>.</summary>
    public (long Place, string? RequestId) Find(string row)
    {
        var (table, number) = (row.Split(' ')[0], row.Split(' ')[1]);
        return table switch
        {
            "request" => ((long)Value($"SELECT seq FROM audit_requests WHERE id = {number}")!, RequestId(number)),
            "answer" => ((long)Value($"SELECT seq FROM audit_responses WHERE request = {number}")!, RequestId(number)),
            _ => (long.Parse(number), null),
        };

        string? RequestId(string id) => (string?)Value($"SELECT request_id FROM audit_requests WHERE id = {id}");
    }

    /// <summary>Runs <c>provider-cli verify</c>.</summary>
    public Task<ProgramResult> VerifyAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(["verify", .. arguments]);

    /// <summary>Fails unless <c>verify</c> finds just this.</summary>
    public async Task<JsonNode> AssertFoundAsync(string kind, long? place, string? requestId, params string[] arguments)
    {
        var result = (await VerifyAsync(["--json", .. arguments])).Exits(1);
        var fault = result.Json["fault"]!;
        Assert.False((bool)result.Json["intact"]!);
        Assert.Equal($"{kind}, place {place}, request {requestId}", $"{fault["kind"]}, place {fault["place"]}, request {fault["requestId"]}");
        var line = Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Contains($"{fault["message"]}", line, StringComparison.Ordinal);
        return result.Json;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        connection.CreateFunction("sha256", (byte[] bytes) => SHA256.HashData(bytes));
        return connection;
    }

    private static List<object> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<object>();
        while (reader.Read())
        {
            values.Add(reader.GetValue(0));
        }

        return values;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
