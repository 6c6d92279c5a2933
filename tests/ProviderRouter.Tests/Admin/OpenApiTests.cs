using System.Text.Json.Nodes;
using ProviderRouter.Gateway.Admin;
using ProviderRouter.Tests.Access;

namespace ProviderRouter.Tests.Admin;

/// <summary>The document says what there is, and there is what the document says.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_route_is_in_the_document_and_the_other_way_round()
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        var document = (await admin.GetAsync("openapi.json"))!;
        var described = Described(document);
        var routes = AdminApi.RoutesOf(new StatusAdmin(null!, null!, null!), new ProviderAdmin(null!, null!));

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        Assert.Equal(routes.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        foreach (var path in described)
        {
            var (method, url) = (path.Split(' ')[0], path.Split(' ')[1].Replace("{name}", "nobody-has-this-name", StringComparison.Ordinal));
            using var response = await admin.SendAsync(method, url["/admin/api/".Length..], method == "GET" ? null : """{"nonsense":1}""");
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode is 200 or 400 or 404, $"{path}: {(int)response.StatusCode} {text}");
            Assert.DoesNotContain("There is nothing at", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_reference_in_the_document_leads_somewhere_and_every_schema_is_used()
    {
        await using var open = await ClosedRouter.StartAsync();
        var document = (await new AdminClient(open.Router).GetAsync("openapi.json"))!;
        var used = References(document).Distinct(StringComparer.Ordinal).ToList();

        Assert.All(used, reference => Assert.NotNull(reference.Split('/')[1..].Aggregate(document, (node, name) => node?[name]!)));
        Assert.All(document["components"]!["schemas"]!.AsObject(), schema => Assert.Contains($"#/components/schemas/{schema.Key}", used));
    }

    [Theory]
    [InlineData("status", "Status")]
    [InlineData("presets", "Preset")]
    [InlineData("providers", "Provider")]
    [InlineData("active", "Active")]
    [InlineData("settings", "Setting")]
    [InlineData("keys", "Key")]
    public async Task An_answer_has_the_fields_that_the_document_names(string path, string schema)
    {
        await using var open = await ClosedRouter.StartAsync();
        var admin = new AdminClient(open.Router);
        var fields = (await admin.GetAsync("openapi.json"))!["components"]!["schemas"]![schema]!["properties"]!.AsObject();
        var answer = (await admin.GetAsync(path))!;
        var value = answer is JsonArray list ? list[0]! : answer;

        Assert.Equal(fields.Select(field => field.Key).Order(StringComparer.Ordinal), value.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    private static List<string> Described(JsonNode document) => [.. document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key == "$ref" ? [(string)pair.Value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
