using System.Text;
using ProviderRouter.Gateway.Dashboard;
using ProviderRouter.Tests.Access;
using ProviderRouter.Tests.Dashboard.Session;

namespace ProviderRouter.Tests.Dashboard.Pages;

/// <summary>What holds of every page and every form, those that are made later included.</summary>
public sealed class EveryPageTests
{
    private const string Stored = "sk-stored-5d0c7f2e9b1a4c68";
    private const string InEnvironment = "sk-environment-77aa01d2c3b4e5f6";

    [Fact]
    public async Task No_page_changes_anything_by_being_looked_at_and_none_shows_a_key()
    {
        await using var closed = await ClosedRouter.StartWithAsync(["--require-key"], ("QWEN_API_KEY", InEnvironment));
        var cli = new Programs.Cli(closed.Folder);
        (await cli.RunWithInputAsync(Stored, "provider", "edit", "lm-studio", "--key-stdin")).Exits(0);
        using var chat = await closed.SendAsync(("authorization", $"Bearer {closed.Keys["laptop"]}"));
        var id = chat.Headers.GetValues("x-router-request-id").Single();
        var browser = await new UiBrowser(closed.Router).SignInAsync(closed.Keys["admin"]);
        var before = State(closed);
        var looked = 0;
        foreach (var route in await RoutesAsync())
        {
            // A feed has no end.
            var path = Fill(route.Path, id);
            if (path.Contains("events", StringComparison.Ordinal) || path.Contains("feed", StringComparison.Ordinal))
            {
                continue;
            }

            using var page = await browser.GetAsync(path[1..]);
            using var byQuery = await browser.GetAsync($"{path[1..]}?value=1&provider=echo&name=echo&confirmed=yes&keySource=none");
            Assert.True((int)page.StatusCode < 500 && (int)byQuery.StatusCode < 500, $"{path}: {(int)page.StatusCode}");
            looked += (int)page.StatusCode == 200 ? 1 : 0;
            Assert.Equal(before, State(closed));
        }

        Assert.InRange(looked, 8, int.MaxValue);
        foreach (var key in new[] { Stored, InEnvironment, closed.Keys["laptop"], closed.Keys["admin"] })
        {
            Assert.DoesNotContain(key, browser.Seen, StringComparison.Ordinal);
            Assert.DoesNotContain(key, closed.Router.Errors, StringComparison.Ordinal);
        }

        using var used = await browser.PostAsync("ui/providers/lm-studio/test");
        Assert.Contains(closed.Studio.Requests, request => request.Headers.Any(header => header.Value.Contains(Stored, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_form_does_anything_without_what_this_browser_was_given()
    {
        await using var open = await ClosedRouter.StartAsync();
        var browser = new UiBrowser(open.Router);
        var token = await browser.TokenAsync();
        var before = State(open);
        foreach (var route in (await RoutesAsync()).Where(route => route.Method == "POST"))
        {
            var path = Fill(route.Path, "none")[1..];
            using var missing = await browser.PostWithAsync(path, token: null, [("value", "1"), ("provider", "echo")]);
            using var foreign = await browser.PostWithAsync(path, token, [("value", "1"), ("provider", "echo")], ("origin", "https://evil.example"));
            Assert.Equal((route.Path, 403, 403), (route.Path, (int)missing.StatusCode, (int)foreign.StatusCode));
        }

        Assert.Equal(before, State(open));
    }

    /// <summary>All routes as the program has them.</summary>
    private static async Task<IReadOnlyList<(string Method, string Path)>> RoutesAsync()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(BuiltPrograms.RepositoryRoot, "src/ProviderRouter.Gateway/Dashboard", $"{nameof(DashboardApp)}.cs"));
        return [.. source.Split("new(\"").Skip(1).Select(part => part.Split('"')).Where(part => part[0] is "GET" or "POST").Select(part => (part[0], part[2]))];
    }

    private static string Fill(string path, string id) => path.Contains("exchanges", StringComparison.Ordinal)
        ? path.Replace("{id}", id, StringComparison.Ordinal).Replace("{requestId}", id, StringComparison.Ordinal).Replace("{name}", "0", StringComparison.Ordinal)
        : path.Contains("/keys/", StringComparison.Ordinal) ? path.Replace("{name}", "laptop", StringComparison.Ordinal)
        : path.Replace("{name}", "qwen-proxy", StringComparison.Ordinal).Replace("{key}", "audit.maxBody", StringComparison.Ordinal);

    /// <summary>All that can be changed.</summary>
    private static string State(ClosedRouter router)
    {
        var state = new StringBuilder();
        foreach (var table in new[] { "settings", "providers", "client_keys" })
        {
            foreach (var row in router.Log.Query($"SELECT * FROM {table}"))
            {
                state.AppendJoin('|', row.Names.Select(name => row[name]).Select(value => value is byte[] bytes ? Convert.ToHexString(bytes) : value)).AppendLine();
            }
        }

        return state.ToString();
    }
}
