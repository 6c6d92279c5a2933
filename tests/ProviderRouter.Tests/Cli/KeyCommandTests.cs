namespace ProviderRouter.Tests.Cli;

/// <summary>Keys of clients are made, listed and revoked from the command line.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_key_is_printed_once_and_alone_and_never_listed()
    {
        var client = (await RunAsync("key", "create", "laptop")).Exits(0);
        var admin = (await RunAsync("key", "create", "me", "--admin", "--expires", "30d", "--json")).Exits(0);
        var listed = (await RunAsync("key", "list", "--json")).Exits(0);
        var table = (await RunAsync("key", "ls")).Exits(0).Output;

        Assert.Matches("^pr-[A-Za-z0-9_-]{43}\n$", client.Output.ReplaceLineEndings("\n"));
        Assert.Matches("^pra-[A-Za-z0-9_-]{43}$", (string?)admin.Json["key"]);
        Assert.Equal(
            [("laptop", "client", "valid", false), ("me", "admin", "valid", true)],
            listed.Json.AsArray().Select(key => ((string)key!["name"]!, (string)key["kind"]!, (string)key["state"]!, key["expiresAt"] is not null)));
        Assert.Equal(3, table.TrimEnd().Split('\n').Length);
        Assert.All([client.Output.Trim(), (string)admin.Json["key"]!], key =>
            Assert.All([client.Errors, admin.Errors, listed.Output, table], said => Assert.DoesNotContain(key, said, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_name_is_free_again_once_its_key_is_revoked()
    {
        (await RunAsync("key", "create", "laptop")).Exits(0);
        Assert.Contains("provider-cli key revoke laptop", (await RunAsync("key", "create", "laptop")).Exits(1).Errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean laptop?", (await RunAsync("key", "revoke", "latpop")).Exits(1).Errors, StringComparison.Ordinal);
        (await RunAsync("key", "revoke", "laptop")).Exits(0);
        (await RunAsync("key", "revoke", "laptop")).Exits(1);
        (await RunAsync("key", "create", "laptop")).Exits(0);

        var listed = (await RunAsync("key", "list", "--json")).Exits(0).Json.AsArray();
        Assert.Equal(["revoked", "valid"], listed.Select(key => (string)key!["state"]!));
    }

    [Theory]
    [InlineData("Laptop")]
    [InlineData("-laptop")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("sk-own-8d41c0ffee5a4b6e9d13")]
    public async Task A_name_that_is_none_is_refused_and_a_key_in_its_place_not_repeated(string name)
    {
        var result = await RunAsync("key", "create", "--", name);

        Assert.Contains("A key's name has up to 64", result.Exits(1).Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("8d41c0ffee", result.Errors, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--expires", "soon")]
    [InlineData("--expires", "0d")]
    [InlineData("--kind", "admin")]
    public async Task Wrong_usage_makes_no_key(params string[] options)
    {
        (await RunAsync(["key", "create", "laptop", .. options])).Exits(2);

        Assert.Empty((await RunAsync("key", "list", "--json")).Exits(0).Json.AsArray());
    }

    private Task<ProgramResult> RunAsync(params string[] arguments) => new Programs.Cli(folder).RunAsync(arguments);
}
