using System.Net.Http;
using System.Text;
using System.Text.RegularExpressions;
using ProviderRouter.Tests.Admin;

namespace ProviderRouter.Tests.Access;

/// <summary>
/// Five keys, every command, every route of the admin API and every way to fail: none of the keys is printed, answered, logged or
/// stored as it is. (The two of the router's own are shown once, by the command that makes them.)
/// </summary>
public sealed partial class FiveKeysTests
{
    private const string Stored = "sk-stored-5d0c7f2e9b1a4c68";
    private const string InEnvironment = "sk-environment-77aa01d2c3b4e5f6";
    private const string OfClient = "sk-client-s-own-0f1e2d3c4b5a6978";

    private readonly StringBuilder said = new();

    [Fact]
    public async Task None_is_found_anywhere_after_everything_was_used()
    {
        await using var closed = await ClosedRouter.StartWithAsync(["--require-key"], ("QWEN_API_KEY", InEnvironment), ("QWEN_BASE_URL", "http://127.0.0.1:9/v1"));
        var cli = new Programs.Cli(closed.Folder, ("QWEN_API_KEY", InEnvironment));
        await SayAsync(cli.RunWithInputAsync(Stored, "provider", "edit", "lm-studio", "--key-stdin"));
        await SayAsync(cli.RunWithInputAsync(Stored, "provider", "add", "second", "--preset", "openai", "--base-url", closed.Studio.BaseUrl, "--key-stdin", "--json"));

        await AskProvidersAsync(closed);
        foreach (var command in await CommandsAsync(cli))
        {
            foreach (var arguments in ArgumentsFor(command))
            {
                await SayAsync(cli.RunAsync([.. command.Split(' ').Skip(1), .. arguments]));
            }
        }

        await AskAdminAsync(closed);
        await AskProvidersAsync(closed);
        // What a provider says to a client of the client's own key passes as it is.
        said.Replace($"API key provided: Bearer {OfClient}", "");
        var greeting = await closed.Router.GreetingAsync();

        foreach (var key in new[] { Stored, InEnvironment, OfClient, closed.Keys["laptop"], closed.Keys["admin"] })
        {
            var place = said.ToString().IndexOf(key, StringComparison.Ordinal);
            Assert.True(place < 0, $"A key was told: …{said.ToString(Math.Max(0, place - 300), place < 0 ? 0 : Math.Min(320, place))}");
            Assert.DoesNotContain(key, greeting, StringComparison.Ordinal);
            Assert.DoesNotContain(key, closed.Router.Errors, StringComparison.Ordinal);
            // Locks are held by who runs, and empty.
            foreach (var file in Directory.GetFiles(closed.Folder.Data).Where(file => !file.Contains("-run", StringComparison.Ordinal) && !file.EndsWith("-build", StringComparison.Ordinal)))
            {
                Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)) < 0, $"{Path.GetFileName(file)} holds a key.");
            }
        }

        // They were used, each of them.
        Assert.Contains(closed.Studio.Requests, request => request.Headers.Any(header => header.Value.Contains(Stored, StringComparison.Ordinal)));
        Assert.Contains(closed.Studio.Requests, request => request.Headers.Any(header => header.Value.Contains(OfClient, StringComparison.Ordinal)));
        Assert.Contains("401", said.ToString(), StringComparison.Ordinal);
        Assert.InRange(said.Length, 20_000, int.MaxValue);
    }

    /// <summary>Well, badly, and with keys where they do not belong.</summary>
    private async Task AskProvidersAsync(ClosedRouter closed)
    {
        using (var store = closed.Database.OpenProviders())
        {
            store.Update(store.Find("qwen-proxy")! with { BaseUrl = closed.Studio.BaseUrl });
        }

        foreach (var provider in new[] { "lm-studio", "qwen-proxy", "qwen-direct", "second", "nobody" })
        {
            foreach (var model in new[] { "fake-small", "401", "500", "garbage", "invalid-json", Stored })
            {
                foreach (var stream in new[] { "", ",\"stream\":true" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/chat/completions?api_key={OfClient}");
                    request.Content = new StringContent(
                        $$"""{"model":"{{model.Replace(Stored, "fake-small", StringComparison.Ordinal)}}"{{stream}},"messages":[{"role":"user","content":"Whose key is this?"}]}""",
                        Encoding.UTF8, "application/json");
                    request.Headers.TryAddWithoutValidation("x-api-key", closed.Keys["laptop"]);
                    request.Headers.TryAddWithoutValidation("authorization", $"Bearer {OfClient}");
                    request.Headers.TryAddWithoutValidation("x-router-provider", provider);
                    await SayAsync(closed.Router.Client.SendAsync(request));
                }
            }
        }

        foreach (var (name, value) in new[] { ("authorization", $"Bearer {closed.Keys["admin"]}"), ("x-api-key", OfClient), ("authorization", Stored) })
        {
            await SayAsync(closed.SendAsync((name, value)));
        }

        await SayAsync(closed.SendAsync(HttpMethod.Get, $"v1/models?key={closed.Keys["laptop"]}"));
        await SayAsync(closed.SendAsync(HttpMethod.Get, "health", ("authorization", $"Bearer {closed.Keys["admin"]}")));
        await SayAsync(closed.SendAsync(HttpMethod.Get, "nowhere", ("authorization", $"Bearer {closed.Keys["admin"]}")));
    }

    private async Task AskAdminAsync(ClosedRouter closed)
    {
        var document = await new AdminClient(closed.Router, closed.Keys["admin"]).GetAsync("openapi.json");
        foreach (var key in new[] { closed.Keys["admin"], closed.Keys["laptop"], OfClient })
        {
            var admin = new AdminClient(closed.Router, key);
            foreach (var (path, methods) in document!["paths"]!.AsObject())
            {
                foreach (var (method, _) in methods!.AsObject().Where(pair => pair.Key is "get" or "put" or "post" or "patch" or "delete"))
                {
                    var name = path.Contains("settings", StringComparison.Ordinal) ? "audit.maxBody" : path.Contains("keys", StringComparison.Ordinal) ? "nobody" : "second";
                    await SayAsync(admin.SendAsync(
                        method.ToUpperInvariant(), path.Replace("/admin/api/", "", StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal),
                        method is "get" or "delete" ? null : $$"""{"name":"third","baseUrl":"{{closed.Studio.BaseUrl}}","key":"{{Stored}}","value":"{{OfClient}}","x":"{{OfClient}}"}"""));
                }
            }
        }
    }

    /// <summary>All commands that the program knows, by its own help.</summary>
    private async Task<List<string>> CommandsAsync(Programs.Cli cli, string under = "provider-cli")
    {
        var help = (await cli.RunAsync([.. under.Split(' ').Skip(1), "--help"])).Output;
        said.Append(help);
        var names = Commands().Match(help).Groups["list"].Value.Split('\n')
            .Select(line => line.Trim().Split(' ')[0].TrimEnd(',')).Where(name => name.Length > 0).ToList();
        var all = new List<string>(names.Count == 0 ? [under] : []);
        foreach (var name in names)
        {
            all.AddRange(await CommandsAsync(cli, $"{under} {name}"));
        }

        return all;
    }

    private static string[][] ArgumentsFor(string command) => command switch
    {
        "provider-cli key create" => [],
        // These take the name of a file, and say it.
        "provider-cli config export" => [[]],
        "provider-cli backup" => [[], ["copy.db"], ["copy.db", "--force", "--json"]],
        "provider-cli export" => [[], ["--format", "csv", "--bodies"], ["--format", "har"], ["--format", "openai-finetune"], ["--json"], ["--search", OfClient], ["--format", OfClient]],
        "provider-cli show" => [["last"], ["last", "--json"], ["last", "--curl"], ["last", "--raw", "request"], ["last", "--raw", "response"], [OfClient]],
        "provider-cli replay" => [["last", "--to", "second"], ["-n", "30", "--to", "lm-studio", "--json"], ["last", "--to", OfClient], [OfClient, "--to", "echo"], ["-n", "30", "--to", "echo", "--dry-run"]],
        "provider-cli compare" => [["last", "last"], ["last", "last", "--json"], ["--from", "second", "--to", "lm-studio", "--list"], [OfClient, "last"], ["--from", OfClient, "--to", "echo"]],
        "provider-cli history" => [[], ["--json"], ["--search", OfClient], ["--provider", OfClient], ["--before-id", OfClient], ["--columns", OfClient], ["--key", OfClient]],
        "provider-cli set" => [["second", "--fallback", "lm-studio"], ["lm-studio"], [OfClient]],
        "provider-cli provider add" => [["x", "--preset", "openai", "--key-env", OfClient], ["x", "--preset", "openai", "--key-env", "QWEN_API_KEY"], ["x", $"--key={OfClient}"]],
        "provider-cli provider edit" => [["second", "--header", $"authorization: {OfClient}"], ["second", "--note", "noted"]],
        "provider-cli provider remove" => [["x"], [OfClient]],
        "provider-cli key revoke" => [["nobody"]],
        "provider-cli config set" => [["audit.maxBody", OfClient], ["audit.maxBody", "1MB"]],
        "provider-cli prune" => [["--dry-run", "--bodies-before", "30d"]],
        _ when command.Contains(" provider ", StringComparison.Ordinal) || command.EndsWith(" test", StringComparison.Ordinal) => [["second"], ["second", "--json"], [OfClient], []],
        _ => [[], ["--json"], [OfClient]],
    };

    private async Task SayAsync(Task<ProgramResult> running)
    {
        var result = await running;
        said.Append(result.Output).Append(result.Errors);
    }

    private async Task SayAsync(Task<HttpResponseMessage> asking)
    {
        try
        {
            using var response = await asking;
            said.Append((int)response.StatusCode).Append(response.Headers).Append(response.Content.Headers).Append(await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException error)
        {
            // A provider that breaks off.
            said.Append(error.Message);
        }
    }

    [GeneratedRegex(@"^Commands:\n(?<list>(?:  .*\n)+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Commands();
}
