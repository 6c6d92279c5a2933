using System.Text.Json;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The ranges of pieces that a body is made of, one after the other: <c>[[7,9],[4,4]]</c>.</summary>
internal ref struct PieceRanges(ReadOnlySpan<byte> json)
{
    private Utf8JsonReader reader = new(json);

    /// <summary>The first piece of this range.</summary>
    public long First { get; private set; }

    /// <summary>Its last piece.</summary>
    public long Last { get; private set; }

    /// <summary>Goes to the next range; false after the last.</summary>
    /// <exception cref="SetUpException">This is no list of ranges.</exception>
    public bool MoveNext()
    {
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.Number)
                {
                    First = reader.GetInt64();
                    Last = reader.Read() ? reader.GetInt64() : First;
                    return true;
                }
            }

            return false;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw new SetUpException("A body's list of pieces was tampered with, and no piece is removed. See provider-cli verify", error);
        }
    }
}
