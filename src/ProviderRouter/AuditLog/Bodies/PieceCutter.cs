namespace ProviderRouter.AuditLog.Bodies;

/// <summary>
/// Cuts a body where its content says so, so that what two bodies have in common is cut alike wherever it stands in them: after
/// an object in a list (a message, a tool, a part of a message), and within long text where a rolling hash of its last bytes
/// has a certain form.
/// </summary>
/// <remarks>
/// The rolling hash is Gear, as in FastCDC (Xia et al., USENIX ATC 2016). A cut depends on nothing but the bytes since the
/// cut before it, so a body that begins as another one did is cut as that one was.
/// </remarks>
public static class PieceCutter
{
    /// <summary>No piece but the last is smaller, in bytes.</summary>
    public const int Smallest = 384;

    /// <summary>Up to this size a piece ends only after an object in a list.</summary>
    public const int LongText = 3 * 1024;

    /// <summary>No piece is larger.</summary>
    public const int Largest = 32 * 1024;

    // 13 bits that must be zero: one place in 8,192 is a cut.
    private const ulong Mask = 0xFFF8_0000_0000_0000;

    private static readonly ulong[] Gear = MakeGear();

    /// <summary>The size of the first piece of what is left of a body, in bytes.</summary>
    public static int NextPiece(ReadOnlySpan<byte> rest)
    {
        if (rest.Length <= Smallest)
        {
            return rest.Length;
        }

        var text = rest[..Math.Min(rest.Length, LongText)];
        for (var at = Smallest - 1; at < text.Length;)
        {
            var brace = text[at..].IndexOf((byte)'}');
            if (brace < 0)
            {
                break;
            }

            at += brace + 1;
            if (EndsElement(rest[at..]))
            {
                return at;
            }
        }

        return rest.Length <= LongText ? rest.Length : CutLongText(rest);
    }

    private static int CutLongText(ReadOnlySpan<byte> rest)
    {
        var end = Math.Min(rest.Length, Largest);
        var hash = 0UL;
        for (var at = LongText; at < end; at++)
        {
            hash = (hash << 1) + Gear[rest[at]];
            if ((hash & Mask) == 0 || (rest[at] == (byte)'}' && EndsElement(rest[(at + 1)..])))
            {
                return at + 1;
            }
        }

        return end;
    }

    /// <summary>True when what follows a brace goes on with the next element of a list, or ends the list.</summary>
    private static bool EndsElement(ReadOnlySpan<byte> after)
    {
        var next = SkipSpace(after);
        return next < after.Length && (after[next] == (byte)']'
            || (after[next] == (byte)',' && next + 1 + SkipSpace(after[(next + 1)..]) is var second
                && second < after.Length && after[second] == (byte)'{'));
    }

    private static int SkipSpace(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>256 numbers without a pattern, the same in every build: SplitMix64, from 0.</summary>
    private static ulong[] MakeGear()
    {
        var gear = new ulong[256];
        var state = 0UL;
        for (var i = 0; i < gear.Length; i++)
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            gear[i] = mixed ^ (mixed >> 31);
        }

        return gear;
    }
}
