using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProviderRouter.AuditLog.Questions.Text;

/// <summary>Where in a body a reader is, as far as texts are concerned.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct TextPlace()
{
    /// <summary>The depth of the elements of <c>messages</c>: in the root object, in the array.</summary>
    private const int MessageDepth = 2;

    private Property property;
    private bool isInMessages;

    /// <summary>The message that it is in, or was in last, from 0; -1 before the first.</summary>
    public int Message { get; private set; } = -1;

    /// <summary>True once this message is known to be the user's.</summary>
    public bool IsUser { get; set; }

    /// <summary>The last text that this message says.</summary>
    public TextUnit? Said { get; set; }

    /// <summary>True of a string that says what something is, and nothing that was said.</summary>
    public readonly bool IsTechnical => property is Property.Technical or Property.Role;

    /// <summary>A property's name was read.</summary>
    public void Name(ref Utf8JsonReader reader) => property = Of(ref reader);

    /// <summary>An object or an array begins.</summary>
    public void Enter(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 1)
        {
            isInMessages = property == Property.Messages;
        }
        else if (isInMessages && reader.CurrentDepth == MessageDepth)
        {
            BeginMessage();
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            property = Property.Other;
        }
    }

    /// <summary>An object or an array ends.</summary>
    public void Leave(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 1)
        {
            isInMessages = false;
        }

        property = Property.Other;
    }

    /// <summary>Which message a string belongs to; -1 for none.</summary>
    public int MessageOf(ref Utf8JsonReader reader)
    {
        var isMessage = IsPlainPrompt(ref reader);
        if (isMessage)
        {
            BeginMessage();
        }

        return isInMessages || isMessage ? Message : -1;
    }

    /// <summary>True of a message's role.</summary>
    public readonly bool IsRole(ref Utf8JsonReader reader) =>
        property == Property.Role && isInMessages && reader.CurrentDepth == MessageDepth + 1;

    /// <summary>True of <c>prompt</c> or <c>input</c> where it is a string, and of each string where it is a list of them.</summary>
    public readonly bool IsPlainPrompt(ref Utf8JsonReader reader) =>
        reader.CurrentDepth <= MessageDepth && property is Property.Messages or Property.Prompt;

    /// <summary>True of what a message says itself, as its content or as a text among its parts; not of what a tool said.</summary>
    public readonly bool IsSaid(ref Utf8JsonReader reader) => isInMessages && (
        (property == Property.Content && reader.CurrentDepth == MessageDepth + 1)
        || (property == Property.Text && reader.CurrentDepth == MessageDepth + 3));

    private void BeginMessage()
    {
        Message++;
        IsUser = false;
        Said = null;
    }

    private static Property Of(ref Utf8JsonReader name) =>
        Is(ref name, "content"u8) ? Property.Content
        : Is(ref name, "text"u8) ? Property.Text
        : Is(ref name, "role"u8) ? Property.Role
        : name.CurrentDepth == 1 && (Is(ref name, "messages"u8) || Is(ref name, "input"u8)) ? Property.Messages
        : name.CurrentDepth == 1 && Is(ref name, "prompt"u8) ? Property.Prompt
        : IsTechnicalName(ref name) ? Property.Technical
        : Property.Other;

    private static bool IsTechnicalName(ref Utf8JsonReader name) =>
        Is(ref name, "type"u8) || Is(ref name, "id"u8) || Is(ref name, "object"u8)
        || Is(ref name, "model"u8) || Is(ref name, "tool_call_id"u8) || Is(ref name, "call_id"u8)
        || Is(ref name, "tool_use_id"u8) || Is(ref name, "signature"u8) || Is(ref name, "encrypted_content"u8)
        || Is(ref name, "finish_reason"u8) || Is(ref name, "stop_reason"u8) || Is(ref name, "system_fingerprint"u8)
        || Is(ref name, "status"u8) || Is(ref name, "role"u8) || Is(ref name, "item_id"u8);

    // Not the reader's own comparison: it throws at half of a surrogate pair.
    private static bool Is(ref Utf8JsonReader name, ReadOnlySpan<byte> text) => JsonEscapes.Is(name.ValueSpan, name.ValueIsEscaped, text);

    private enum Property
    {
        Other,
        Content,
        Text,
        Role,
        Messages,
        Prompt,
        Technical,
    }
}
