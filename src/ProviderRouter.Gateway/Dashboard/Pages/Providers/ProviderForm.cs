using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProviderRouter.Providers;
using ProviderRouter.Settings;

namespace ProviderRouter.Gateway.Dashboard.Pages.Providers;

/// <summary>What a form makes of a provider. All that is wrong is noted at once, by the field that it is about.</summary>
internal sealed class ProviderForm(IFormCollection form)
{
    private readonly Dictionary<string, List<string>> problems = new(StringComparer.Ordinal);

    /// <summary>What is wrong, by fields.</summary>
    public IReadOnlyDictionary<string, List<string>> Problems => problems;

    /// <summary>The key that is to be stored; null when none was typed.</summary>
    public string? NewKey { get; private set; }

    /// <summary>Notes what is wrong with a field.</summary>
    public void Refuse(string field, string problem)
    {
        if (!problems.TryGetValue(field, out var already))
        {
            problems.Add(field, already = []);
        }

        already.Add(problem);
    }

    /// <summary>The provider with what was typed, but for a new key, which is sealed when all is well.</summary>
    public Provider Apply(Provider before)
    {
        var changed = ProviderRules.Normalise(before with
        {
            Type = Text("type"),
            BaseUrl = Text("baseUrl"),
            Key = KeyOf(before.Key),
            Headers = Pairs("headers", ':', "NAME: VALUE"),
            Query = Text("query"),
            DefaultModel = Text("defaultModel"),
            Aliases = Pairs("aliases", '=', "NAME = MODEL"),
            IdleTimeout = Time("idleTimeout", "120s"),
            ConnectTimeout = Time("connectTimeout", "5s"),
            KeepAlive = Time("keepAlive", "15s"),
            Retries = Number("retries"),
            Cancels = Text("cancels").Length > 0,
            Note = Text("note"),
            Origin = ProviderOrigin.Edited,
        });
        foreach (var problem in ProviderRules.CheckFields(changed))
        {
            var name = problem.Field.ToString();
            Refuse(char.ToLowerInvariant(name[0]) + name[1..], problem.Text);
        }

        return changed;
    }

    private ProviderKey KeyOf(ProviderKey before)
    {
        var (variable, prefix, key) = (Text("keyVariable"), Text("keyPrefix"), Text("key"));
        var sent = before with
        {
            Header = Text("keyHeader") is { Length: > 0 } header ? header : ProviderKey.None.Header,
            // What was not touched stays as it is, blanks included.
            Prefix = prefix == before.Prefix.Trim() ? before.Prefix : KeyRules.WithBlank(prefix),
        };
        switch (Text(ProviderFields.KeySource))
        {
            case ProviderFields.FromNowhere:
                return sent with { EnvironmentVariable = null, Sealed = null };
            case ProviderFields.FromVariable:
                if (variable.Length == 0)
                {
                    Refuse("keyVariable", "Name the environment variable that holds the key where the router runs, as in OPENAI_API_KEY.");
                }

                return sent with { EnvironmentVariable = variable.Length == 0 ? null : variable, Sealed = null };
            case ProviderFields.Stored:
                NewKey = key.Length > 0 ? key : null;
                if (key.Length == 0 && before.Sealed is null)
                {
                    Refuse("key", "Type the key, or say that it comes from elsewhere.");
                }
                else if (key.Length > 0 && KeyRules.KeyProblem(key) is { } wrong)
                {
                    Refuse("key", wrong);
                }

                return sent with { EnvironmentVariable = null };
            default:
                Refuse(ProviderFields.KeySource, "Say where its key comes from.");
                return sent;
        }
    }

    private string Text(string name) => form[name].ToString().Trim();

    private TimeSpan? Time(string name, string example)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return null;
        }

        if (TimeLimit.TryParse(text, out var time))
        {
            return time;
        }

        Refuse(name, $"This takes a time (units {TimeLimit.UnitNames}), for example {example}, or nothing for the default.");
        return null;
    }

    private int? Number(string name)
    {
        var text = Text(name);
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Refuse(name, $"This takes a whole number from 0 to {ProviderRules.MostRetries}, or nothing for the default.");
        return null;
    }

    private Dictionary<string, string> Pairs(string name, char between, string what)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Text(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOf(between, StringComparison.Ordinal);
            if (at <= 0 || line[(at + 1)..].Trim().Length == 0)
            {
                Refuse(name, $"Each line must be {what}.");
            }
            else if (!pairs.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim()))
            {
                Refuse(name, $"{KeyLike.Quote(line[..at].Trim())} is there twice.");
            }
        }

        return pairs;
    }
}
