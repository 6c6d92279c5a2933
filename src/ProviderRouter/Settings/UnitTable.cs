namespace ProviderRouter.Settings;

/// <summary>Whole numbers with a unit, such as <c>30d</c> or <c>16MB</c>, read and written.</summary>
/// <param name="comparison">Whether the case of a unit counts.</param>
/// <param name="units">Smallest first; an amount is a number of the smallest.</param>
internal sealed class UnitTable(StringComparison comparison, params IReadOnlyList<Unit> units)
{
    /// <summary>The units' names, for messages: <c>m, h, d</c>.</summary>
    public string Names => string.Join(", ", units.Select(unit => unit.Name));

    /// <summary>
    /// Reads ASCII digits, perhaps blanks, and a unit; 0 needs none. False for anything else, and above
    /// <see cref="long.MaxValue"/> of the smallest unit.
    /// </summary>
    public bool TryParse(string text, out long amount)
    {
        amount = 0;
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : trimmed.Length;
        if (!long.TryParse(trimmed[..digits], out var number))
        {
            return false;
        }

        var name = trimmed[digits..].TrimStart();
        if (name.IsEmpty)
        {
            return number == 0;
        }

        foreach (var unit in units)
        {
            if (name.Equals(unit.Name, comparison))
            {
                amount = number <= long.MaxValue / unit.Factor ? number * unit.Factor : 0;
                return number <= long.MaxValue / unit.Factor;
            }
        }

        return false;
    }

    /// <summary>The amount, to the last unit of it, in the largest unit that needs no fraction; 0 in the smallest.</summary>
    public string Format(long amount)
    {
        var unit = amount == 0 ? units[0] : units.Last(unit => unit.IsWritten && amount % unit.Factor == 0);
        return $"{amount / unit.Factor}{unit.Name}";
    }
}

/// <summary>A unit in a <see cref="UnitTable"/>.</summary>
/// <param name="Name">As it stands after the number.</param>
/// <param name="Factor">How many of the smallest unit it is; of the smallest itself, 1.</param>
/// <param name="IsWritten">False for a unit that is understood and never written. Default: true.</param>
internal sealed record Unit(string Name, long Factor, bool IsWritten = true);
