using System.Text;

namespace ProviderRouter.Cli.Options;

/// <summary>Reads a text that is named on the command line: a file, or <c>-</c>, which is stdin.</summary>
internal static class InputFile
{
    private const int LargestInMB = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Its text; null, and why, when it cannot be had.</summary>
    public static string? Read(string path, out string problem)
    {
        using var stream = Open(path, out problem);
        return stream is null ? null : Read(stream, path, out problem);
    }

    /// <summary>The file, to be read; null, and why, when it cannot be had.</summary>
    public static Stream? Open(string path, out string problem)
    {
        problem = "";
        try
        {
            return path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = $"There is no file {Name(path)}.";
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            problem = Unreadable(path, error);
        }

        return null;
    }

    /// <summary>The text of a file that was opened; null, and why, when it cannot be had.</summary>
    public static string? Read(Stream stream, string path, out string problem)
    {
        problem = "";
        try
        {
            // One more than there may be, to see that there is more.
            var bytes = new byte[(LargestInMB << 20) + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length == bytes.Length)
            {
                problem = $"{Name(path)} is larger than {LargestInMB} MB. Is it the right one?";
                return null;
            }

            var text = bytes.AsSpan(0, length);
            return Strict.GetString(text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text);
        }
        catch (DecoderFallbackException)
        {
            problem = $"{Name(path)} is no text in UTF-8.";
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            problem = Unreadable(path, error);
        }

        return null;
    }

    private static bool IsUnreadable(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string Unreadable(string path, Exception error) =>
        $"{Name(path)} cannot be read: {(Directory.Exists(path) ? "it is a folder" : error.Message.TrimEnd('.'))}.";

    /// <summary>How a message calls it.</summary>
    public static string Name(string path) => path == "-" ? "stdin" : KeyLike.Show(path);
}
