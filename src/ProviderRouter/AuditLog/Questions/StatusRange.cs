using System.Globalization;
using System.Runtime.InteropServices;

namespace ProviderRouter.AuditLog.Questions;

/// <summary>One HTTP status, or all of a class.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StatusRange(int First, int Last)
{
    /// <summary>What is one, for messages.</summary>
    public const string Allowed = "a status from 100 to 599 or a class such as 5xx";

    /// <summary>Reads <c>429</c> or <c>5xx</c>.</summary>
    public static bool TryParse(string text, out StatusRange range)
    {
        range = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != 3 || trimmed[0] is < '1' or > '5')
        {
            return false;
        }

        if (trimmed[1..].Equals("xx", StringComparison.OrdinalIgnoreCase))
        {
            var first = (trimmed[0] - '0') * 100;
            range = new StatusRange(first, first + 99);
            return true;
        }

        var isNumber = int.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var status);
        range = new StatusRange(status, status);
        return isNumber;
    }

    /// <summary>True of one that lies in it.</summary>
    public bool Contains(int? status) => status >= First && status <= Last;
}
