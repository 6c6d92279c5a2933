namespace ProviderRouter.Conversations;

/// <summary>A piece of what was said: one of the records in this file, and nothing else.</summary>
public abstract record Part
{
    private protected Part()
    {
    }
}

/// <summary>Text.</summary>
/// <param name="Text">As it was sent.</param>
public sealed record TextPart(string Text) : Part;

/// <summary>What the model thought before it spoke.</summary>
/// <param name="Text">As far as it is told; empty where it is only sent encrypted.</param>
/// <param name="IsEncrypted">True where some of it is there for the provider alone.</param>
public sealed record ReasoningPart(string Text, bool IsEncrypted = false) : Part;

/// <summary>Why the model would not answer.</summary>
/// <param name="Text">In its own words.</param>
public sealed record RefusalPart(string Text) : Part;

/// <summary>A tool that the model calls.</summary>
/// <param name="Id">By which its result is known, or null.</param>
/// <param name="Name">The tool's name; empty where none is given.</param>
/// <param name="Arguments">As they were sent: JSON, most of the time.</param>
public sealed record ToolCallPart(string? Id, string Name, string Arguments) : Part;

/// <summary>What a tool gave back.</summary>
/// <param name="CallId">The <see cref="ToolCallPart.Id"/> of the call, or null.</param>
/// <param name="Parts">What it is made of, in its order.</param>
/// <param name="IsError">True where the tool failed.</param>
public sealed record ToolResultPart(string? CallId, IReadOnlyList<Part> Parts, bool IsError = false) : Part
{
    /// <summary>Its text, without anything else that is in it.</summary>
    public string Text => string.Join('\n', Parts.OfType<TextPart>().Select(part => part.Text));
}

/// <summary>What a <see cref="MediaPart"/> shows.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>Any other file.</summary>
    File,
}

/// <summary>A picture, a sound, a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="MediaType">As it was sent: <c>image/png</c>; null where that is not told.</param>
/// <param name="Bytes">Its size, where its content is in the body.</param>
/// <param name="Url">Where it is, or its id at the provider, where its content is not in the body.</param>
/// <param name="Name">The file's name, or null.</param>
public sealed record MediaPart(MediaKind Kind, string? MediaType, long? Bytes, string? Url = null, string? Name = null) : Part
{
    /// <summary>Its content in base64, as it stands in the body's JSON, where it is in the body and not too large to be shown (32 MB).</summary>
    public ReadOnlyMemory<byte> Base64 { get; init; }

    /// <summary>Its content; null where it is not here, or is no base64.</summary>
    public byte[]? Decode()
    {
        if (Base64.IsEmpty)
        {
            return null;
        }

        // Some programs escape each slash.
        var text = Base64.Span.Contains((byte)'\\') ? Base64.ToArray().Where(letter => letter != '\\').ToArray() : Base64.ToArray();
        return System.Buffers.Text.Base64.DecodeFromUtf8InPlace(text, out var length) == System.Buffers.OperationStatus.Done ? text[..length] : null;
    }

    /// <summary>True of one that is described in the same way.</summary>
    public bool Equals(MediaPart? other) =>
        other is not null && (Kind, MediaType, Bytes, Url, Name) == (other.Kind, other.MediaType, other.Bytes, other.Url, other.Name);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, MediaType, Bytes, Url, Name);
}

/// <summary>What went wrong, as the answer says it.</summary>
/// <param name="Message">In words.</param>
/// <param name="Type">Its kind, or its code, in the provider's word; null where none is given.</param>
public sealed record ErrorPart(string Message, string? Type = null) : Part;

/// <summary>Anything that is not known here.</summary>
/// <param name="Type">Its type or its field's name; null of a whole body.</param>
/// <param name="Json">As it was sent.</param>
public sealed record OtherPart(string? Type, string Json) : Part;
