using System.Text;
using Microsoft.Data.Sqlite;
using ProviderRouter.Storage.Sqlite.Raw;

namespace ProviderRouter.Storage.Sqlite.Index;

/// <summary>The names that blocks refer to: of providers, models, paths, outcomes and keys. There are few of them.</summary>
internal sealed class IndexNames
{
    private readonly SqliteConnection connection;
    private readonly List<string> byId = [""];
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);

    /// <summary>Reads those that are known.</summary>
    public IndexNames(SqliteConnection connection)
    {
        this.connection = connection;
        using var rows = new RawStatement(connection, "SELECT text FROM names ORDER BY id");
        while (rows.Step())
        {
            Remember(rows.Text(0));
        }
    }

    /// <summary>One more than the largest id.</summary>
    public int Count => byId.Count;

    /// <summary>The name with this id; null for 0.</summary>
    public string? this[long id] => id == 0 ? null : byId[(int)id];

    /// <summary>The id of a name; 0 for null; null when it is not known.</summary>
    public int? Find(string? name) => name is null ? 0 : ids.TryGetValue(name, out var id) ? id : null;

    /// <summary>Of each id, whether this is true of its name. Of 0 it is false.</summary>
    public bool[] Where(Predicate<string> isMeant) => [.. byId.Select((name, id) => id > 0 && isMeant(name))];

    /// <summary>The id of a name, which is made known where it is not.</summary>
    public int Add(string? name)
    {
        if (Find(name) is { } known)
        {
            return known;
        }

        using var insert = new RawStatement(connection, "INSERT INTO names (id, text) VALUES (?, ?)");
        insert.Bind(0, byId.Count);
        insert.BindText(1, Encoding.UTF8.GetBytes(name!));
        insert.Run();
        return Remember(name!);
    }

    private int Remember(string name)
    {
        ids[name] = byId.Count;
        byId.Add(name);
        return byId.Count - 1;
    }
}
