namespace ProviderRouter.Tests.Structure;

/// <summary>Data flows one way through the folders (docs/adr/0001): what a folder must not know, it does not name.</summary>
public sealed class ArrowTests
{
    [Theory]
    [InlineData("ProviderRouter/Configuration", "ProviderRouter.(Providers|Upstream|AuditLog|Storage)")]
    [InlineData("ProviderRouter/Providers", "ProviderRouter.(Upstream|AuditLog|Storage)")]
    [InlineData("ProviderRouter/Settings", "ProviderRouter.(Providers|Upstream|AuditLog|Storage)")]
    [InlineData("ProviderRouter/AuditLog", "ProviderRouter.(Providers|Upstream|Storage)")]
    [InlineData("ProviderRouter/Conversations", "ProviderRouter.(Providers|Upstream|Storage)")]
    [InlineData("ProviderRouter/AuditLog", "ProviderRouter.Conversations")]
    [InlineData("ProviderRouter/Storage", "ProviderRouter.Conversations")]
    [InlineData("ProviderRouter/Access", "ProviderRouter.(Providers|Upstream|AuditLog|Storage|Settings)")]
    [InlineData("ProviderRouter/JsonEdits", "ProviderRouter.(Access|Providers|Upstream|AuditLog|Storage|Settings)")]
    [InlineData("ProviderRouter/Replay", "ProviderRouter.(Access|Providers|Upstream|Storage|Settings|Conversations|Comparison)")]
    [InlineData("ProviderRouter/Comparison", "ProviderRouter.(Providers|Upstream|Storage|Settings)")]
    [InlineData("ProviderRouter/Upstream", "ProviderRouter.(AuditLog|Storage)")]
    [InlineData("ProviderRouter/Storage", "ProviderRouter.Upstream|Microsoft.AspNetCore")]
    [InlineData("ProviderRouter", "Microsoft.AspNetCore|Yarp|ProviderRouter.(Gateway|Cli)|System.CommandLine")]
    [InlineData("ProviderRouter/Readable", "ProviderRouter.(Access|Providers|Upstream|AuditLog|Storage|Settings)")]
    [InlineData("ProviderRouter.Cli", "Microsoft.AspNetCore|Yarp|ProviderRouter.Gateway")]
    [InlineData("ProviderRouter.Cli/Completion", "ProviderRouter.Cli.(Commands|Help)|Spectre")]
    [InlineData("ProviderRouter.Gateway", "ProviderRouter.Cli|Spectre")]
    [InlineData("ProviderRouter.Gateway/Ingress", "ProviderRouter.Gateway.(Capture|Forwarding|Echo|Startup)")]
    [InlineData("ProviderRouter.Gateway/Access", "ProviderRouter.Gateway.(Capture|Forwarding|Echo|Startup)|Yarp")]
    [InlineData("ProviderRouter.Gateway/Admin", "ProviderRouter.Gateway.(Echo|Retention|Startup)|Yarp")]
    [InlineData("ProviderRouter.Gateway/Dashboard/Session", "ProviderRouter.Gateway.(Admin|Capture|Forwarding|Echo|Startup)|Yarp")]
    [InlineData("ProviderRouter.Gateway/Dashboard/Filters", "ProviderRouter.Gateway.(Admin|Capture|Forwarding|Routing|Echo|Startup|Dashboard.(Live|Pages|Reading|Session))|Yarp")]
    [InlineData("ProviderRouter.Gateway/Dashboard/Reading", "ProviderRouter.Gateway.(Admin|Capture|Forwarding|Routing|Echo|Startup|Dashboard.(Live|Pages|Filters|Session))|Yarp|Microsoft.AspNetCore")]
    [InlineData("ProviderRouter.Gateway/Dashboard/Live", "ProviderRouter.Gateway.(Admin|Forwarding|Routing|Echo|Startup|Dashboard.(Pages|Session))|Yarp")]
    [InlineData("ProviderRouter.Gateway/Routing", "ProviderRouter.Gateway.(Capture|Forwarding|Echo|Startup)|Yarp")]
    [InlineData("ProviderRouter.Gateway/Capture", "ProviderRouter.Gateway.(StreamUsage|Forwarding|Routing|Echo|Startup)|Yarp|ProviderRouter.Storage")]
    [InlineData("ProviderRouter.Gateway/StreamUsage", "ProviderRouter.Gateway.(Forwarding|Routing|Echo|Startup)|Yarp|ProviderRouter.Storage")]
    [InlineData("ProviderRouter.Gateway/Retention", "ProviderRouter.Gateway.(Ingress|Capture|Forwarding|Routing|Echo|Startup)|Yarp|Microsoft.AspNetCore")]
    [InlineData("ProviderRouter.Gateway/Indexing", "ProviderRouter.Gateway.(Ingress|Capture|Forwarding|Routing|Echo|Startup)|Yarp|Microsoft.AspNetCore")]
    [InlineData("ProviderRouter.Gateway/Dashboard/Markup", "ProviderRouter.(AuditLog|Storage|Conversations|Settings)|ProviderRouter.Gateway.(Ingress|Access|Capture|Routing|Forwarding)|ProviderRouter.Gateway.Dashboard.(Pages|Layout|Session)")]
    [InlineData("ProviderRouter.Gateway/Dashboard", "ProviderRouter.Gateway.(Echo|Startup)|Yarp")]
    [InlineData("ProviderRouter.Gateway/Echo", "ProviderRouter.Gateway.(Forwarding|Routing|Startup)|Yarp|ProviderRouter.Storage")]
    public void A_folder_names_only_what_lies_behind_it(string folder, string forbidden)
    {
        var files = SourcesIn(folder).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch($@"\b({forbidden})\b", File.ReadAllText(file)));
    }

    [Fact]
    public void Sql_stays_in_storage()
    {
        var outside = SourcesIn("").Where(file => !file.Contains("/Storage/", StringComparison.Ordinal));

        Assert.All(outside, file => Assert.DoesNotMatch(@"""\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA) ", File.ReadAllText(file)));
    }

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.GetFiles(Path.Combine(BuiltPrograms.RepositoryRoot, "src", folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal));
}
