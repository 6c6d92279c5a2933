using System.Text;
using System.Text.Json;
using ProviderRouter.JsonEdits;

namespace ProviderRouter.Tests.JsonEdits;

/// <summary>A member is found where a reader finds it, and a change leaves all other bytes as they are.</summary>
public sealed class JsonEditTests
{
    /// <summary>‹ and › stand around the value.</summary>
    public static TheoryData<string> Found { get; } =
    [
        "{\"model\":‹\"x\"›}",
        "{\"a\":1,\"model\":‹\"x\"›,\"b\":2}",
        " \r\n\t{ \"model\" \n:\t‹\"x\"› , \"b\" : 2 }\n ",
        "{\"model\":‹\"\\\"}\\u00e9 漢字 😀\"›}",
        "{\"model\":‹null›}",
        "{\"model\":‹-1.50e+3›,\"b\":0.10}",
        "{\"model\":‹12›}",
        "{\"model\":‹[]›}",
        "{\"model\":‹{\"model\":1}›}",
        "{\"x\":{\"model\":1},\"y\":[{\"model\":2}],\"model\":‹3›}",
        "{\"x\":\"\\\"model\\\":1\",\"model\":‹2›}",
        "{\"mod\\u0065l\":‹\"x\"›}",
        "{\"Model\":1,\"model \":2,\"model\":‹3›}",
        "{\"\":1,\"é漢😀\":2,\"model\":‹3›}",
        "{\"a\":1.00,\"a\":1e2,\"model\":‹true›}",
        $"{{\"a\":{new string('[', 500)}{new string(']', 500)},\"model\":‹1›}}",
        "{\"a\":\"\\ud83d\",\"model\":‹1›}",
    ];

    public static TheoryData<string> Unclear { get; } =
    [
        "",
        " ",
        "[]",
        "[{\"model\":1}]",
        "\"model\"",
        "{",
        "{\"model\":1",
        "{\"model\":1,}",
        "{\"model\":1}}",
        "{\"model\":1} {}",
        "{\"model\":1} x",
        "{\"model\":}",
        "{\"model\":1,\"b\":}",
        "{\"model\":1,\"b\":01}",
        "{\"model\":1,\"b\":\"\n\"}",
        "{'model':1}",
        "{model:1}",
        "{\"model\":1/**/}",
        "{\"model\":1,\"model\":1}",
        "{\"model\":1,\"mod\\u0065l\":2}",
        "\uFEFF{\"model\":1}",
        "model=x&stream=true",
    ];

    /// <summary>What stands between ‹ and › goes; without those, there is nothing to take out.</summary>
    public static TheoryData<string> Removed { get; } =
    [
        "{‹\"model\":null›}",
        "{‹\"model\":null,›\"b\":1}",
        "{\"a\":1‹,\"model\":null›}",
        "{\"a\":1‹,\"model\":null›,\"b\":2}",
        "{\"a\": 1‹, \"model\": null›, \"b\": 2}",
        "{‹\"model\": null, ›\"b\": 2}",
        "{ ‹\"model\": null›  }",
        "{\n  \"a\": 1‹,\n  \"model\": null›\n}",
        "{\n  ‹\"model\": null,\n  ›\"a\": 1\n}",
        "{\n  \"a\": 1 ‹,\n  \"model\" :\tnull› ,\n  \"b\": 2\n}",
        "{\"a\":\",\"‹,\"model\":{\"x\":[1,2]}›,\"b\":\"}\"}",
    ];

    [Theory]
    [MemberData(nameof(Found))]
    public void A_value_is_replaced_and_nothing_else(string marked)
    {
        var (json, value) = (Unmarked(marked), marked[(marked.IndexOf('‹') + 1)..marked.IndexOf('›')]);

        Assert.True(JsonMember.TryFind(json, "model"u8, out var member));
        Assert.Equal(value, Encoding.UTF8.GetString(json.AsSpan(member!.Value.Value..member.Value.End)));
        Assert.Equal((byte)'"', json[member.Value.Name]);
        var edited = JsonEdit.Replace(member.Value, "\"an other 漢\""u8.ToArray()).ApplyTo(json);
        Assert.Equal($"{marked[..marked.IndexOf('‹')]}\"an other 漢\"{marked[(marked.IndexOf('›') + 1)..]}", Encoding.UTF8.GetString(edited));
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public void What_is_no_object_or_names_it_twice_is_not_touched(string json)
    {
        Assert.False(JsonMember.TryFind(Encoding.UTF8.GetBytes(json), "model"u8, out var member));
        Assert.Null(member);
    }

    [Theory]
    [InlineData("{}", "{\"m\":1}")]
    [InlineData(" { } ", " {\"m\":1 } ")]
    [InlineData("{\"a\":1}", "{\"m\":1,\"a\":1}")]
    [InlineData("\n{\n  \"a\": {\"m\":2}\n}\n", "\n{\"m\":1,\n  \"a\": {\"m\":2}\n}\n")]
    [InlineData("{\"é\":\"漢字 😀\\u00e9\",\"a\":1.0}", "{\"m\":1,\"é\":\"漢字 😀\\u00e9\",\"a\":1.0}")]
    public void A_member_that_is_not_there_is_put_first(string json, string expected)
    {
        Assert.True(JsonMember.TryFind(Encoding.UTF8.GetBytes(json), "m"u8, out var member));
        Assert.Null(member);
        var edited = JsonEdit.Insert(Encoding.UTF8.GetBytes(json), "\"m\":1"u8).ApplyTo(Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, Encoding.UTF8.GetString(edited));
    }

    [Theory]
    [MemberData(nameof(Removed))]
    public void A_member_is_taken_out_with_the_comma_that_is_its_own(string marked)
    {
        var json = Unmarked(marked);

        Assert.True(JsonMember.TryFind(json, "model"u8, out var member));
        var edited = Encoding.UTF8.GetString(JsonEdit.Remove(json, member!.Value).ApplyTo(json));
        Assert.Equal($"{marked[..marked.IndexOf('‹')]}{marked[(marked.IndexOf('›') + 1)..]}", edited);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(edited).RootElement.ValueKind);
    }

    [Fact]
    public void A_change_to_an_inner_object_is_one_to_the_outer()
    {
        var json = "{\"a\":{\"b\":1}}"u8.ToArray();
        Assert.True(JsonMember.TryFind(json, "a"u8, out var outer));
        Assert.True(JsonMember.TryFind(json.AsSpan(outer!.Value.Value..outer.Value.End), "b"u8, out var inner));

        var edit = JsonEdit.Replace(inner!.Value, "2"u8.ToArray()).Behind(outer.Value.Value);

        Assert.Equal("{\"a\":{\"b\":2}}", Encoding.UTF8.GetString(edit.ApplyTo(json)));
    }

    [Fact]
    public void A_name_that_is_no_text_is_not_touched() =>
        Assert.False(JsonMember.TryFind("{\"\\ud83d12345678\":1,\"model\":1}"u8, "model"u8, out _));

    private static byte[] Unmarked(string marked) =>
        Encoding.UTF8.GetBytes(marked.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal));
}
