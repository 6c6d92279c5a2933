using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ProviderRouter.Tests.Programs;

/// <summary>The log as any SQLite client reads it.</summary>
internal sealed class RecordedLog(TestFolder folder)
{
    /// <summary>The row of an answer that was received whole: it is there already.</summary>
    public LogRow Of(HttpResponseMessage response) =>
        Find("request_id = $value", response.Headers.GetValues("x-router-request-id").Single())
        ?? throw new InvalidOperationException("The answer was received, and its record is not there.");

    /// <summary>The row that says how a request to this model ended, as soon as it is there.</summary>
    public Task<LogRow> WaitForAsync(string model) => WaitForAsync("model = $value AND outcome IS NOT NULL", model);

    public async Task<LogRow> WaitForAsync(string condition, string value)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await timer.WaitForNextTickAsync())
        {
            if (File.Exists(folder.Database) && Find(condition, value) is { } row)
            {
                return row;
            }

            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                break;
            }
        }

        throw new TimeoutException($"No row where {condition} ({value}) came within 30 s.");
    }

    public long Count() => (long)Query("SELECT count(*) AS n FROM request_logs").Single()["n"]!;

    public List<LogRow> Query(string sql, string? value = null)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$value", value ?? "");
        using var reader = command.ExecuteReader();
        var rows = new List<LogRow>();
        while (reader.Read())
        {
            rows.Add(new LogRow(Enumerable.Range(0, reader.FieldCount)
                .ToDictionary(reader.GetName, column => reader.IsDBNull(column) ? null : reader.GetValue(column))));
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private LogRow? Find(string condition, string value) =>
        Query($"SELECT * FROM request_logs WHERE {condition} ORDER BY id DESC LIMIT 1", value).FirstOrDefault();

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={folder.Database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        return connection;
    }
}

/// <summary>One row; a column by its name.</summary>
internal sealed class LogRow(Dictionary<string, object?> columns)
{
    public object? this[string name] => columns[name];

    public IReadOnlyCollection<string> Names => columns.Keys;

    public string? Text(string name) => (string?)columns[name];

    public long Number(string name) => (long)columns[name]!;

    /// <summary>A stream's events as they were sent.</summary>
    public string Events
    {
        get
        {
            using var zlib = new ZLibStream(new MemoryStream((byte[])columns["response_event_stream"]!), CompressionMode.Decompress);
            using var reader = new StreamReader(zlib);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The answer's body as JSON.</summary>
    public JsonNode Answer => JsonNode.Parse(Text("response_body")!)!;
}
