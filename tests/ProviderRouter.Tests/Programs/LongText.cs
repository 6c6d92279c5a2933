using System.Globalization;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>Text that is kept in pieces: some 20 KB, another one for each number.</summary>
internal static class LongText
{
    public static string Of(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder(20 * 1024);
        while (text.Length < 20 * 1024)
        {
            text.Append(CultureInfo.InvariantCulture, $"{random.Next():x} ");
        }

        return text.ToString();
    }
}
