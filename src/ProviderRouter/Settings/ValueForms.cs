namespace ProviderRouter.Settings;

/// <summary>The kinds of value that settings take.</summary>
internal static class ValueForms
{
    private const string Off = "off";

    /// <summary>One of a few words, of whatever case.</summary>
    public static ValueForm<T> Choice<T>(params (string Word, T Value)[] choices)
        where T : struct, Enum => new(
        string.Join(" or ", choices.Select(choice => choice.Word)),
        (text, out value) =>
        {
            var place = Array.FindIndex(choices, choice => IsWord(text, choice.Word));
            value = place < 0 ? default : choices[place].Value;
            return place >= 0;
        },
        value => choices.First(choice => choice.Value.Equals(value)).Word,
        Words: [.. choices.Select(choice => choice.Word)]);

    /// <summary>A number of bytes in this range, both ends included.</summary>
    public static ValueForm<long> Size(string example, long least, long? most = null) => new(
        (most is { } end ? $"a size from {ByteSize.Format(least)} to {ByteSize.Format(end)}"
            : $"a size of at least {ByteSize.Format(least)}")
        + $" (units {ByteSize.UnitNames}), for example {example}",
        (text, out bytes) => ByteSize.TryParse(text, out bytes) && bytes >= least && bytes <= (most ?? long.MaxValue),
        ByteSize.Format);

    /// <summary>A duration from nothing to this one.</summary>
    public static ValueForm<TimeSpan> DurationUpTo(TimeSpan most, string example) => DurationBetween(TimeSpan.Zero, most, example);

    /// <summary>A duration in this range, both ends included.</summary>
    public static ValueForm<TimeSpan> DurationBetween(TimeSpan least, TimeSpan most, string example) => new(
        $"a duration from {(least == TimeSpan.Zero ? "0s" : Duration.Format(least))} to {Duration.Format(most)} (units {Duration.UnitNames}), for example {example}",
        (text, out duration) => Duration.TryParse(text, out duration) && duration >= least && duration <= most,
        Duration.Format);

    /// <summary>An age, see <see cref="Settings.Age"/>.</summary>
    public static ValueForm<TimeSpan> Age { get; } = new(Settings.Age.Allowed, Settings.Age.TryParse, Settings.Age.Format);

    /// <summary>The same, or the word <c>off</c>, which is null.</summary>
    public static ValueForm<T?> OrOff<T>(this ValueForm<T> form)
        where T : struct => new(
        $"{form.Allowed}, or {Off}",
        (text, out value) =>
        {
            value = form.TryParse(text, out var parsed) ? parsed : null;
            return value is not null || IsWord(text, Off);
        },
        value => value is { } set ? form.Format(set) : Off,
        Words: [Off]);

    private static bool IsWord(string text, string word) => text.AsSpan().Trim().Equals(word, StringComparison.OrdinalIgnoreCase);
}
