using System.Runtime.InteropServices;

namespace ProviderRouter.Bench;

/// <summary>Tables on stdout, in Markdown.</summary>
internal static class Report
{
    private static string? table;

    public static void Head() => Console.WriteLine(
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores ({Processor()}),"
        + $" {RuntimeInformation.OSDescription}, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start");

    public static void Row(string what, List<double> values, string unit, string aim) =>
        Row($"{what} | {Figure(Percentile.Median(values), unit)} | {Figure(Percentile.Of(values, 0.95), unit)} | {aim}");

    public static void Row(string what, double value, string unit, string aim) =>
        Row($"{what} | {Figure(value, unit)} | | {aim}");

    /// <summary>A line of the table with these columns, all of them figures but the first; begins it where it is another one.</summary>
    public static void Line(string columns, string cells)
    {
        if (columns != table)
        {
            table = columns;
            var figures = string.Concat(Enumerable.Repeat(" ---: |", columns.Count(sign => sign == '|')));
            Console.WriteLine($"\n| {columns} |\n| --- |{figures}");
        }

        Console.WriteLine($"| {cells} |");
    }

    /// <summary>Three digits or more, and the unit; a whole number stays one.</summary>
    public static string Figure(double value, string unit)
    {
        var format = Math.Abs(value) switch
        {
            var size when double.IsInteger(size) => "#,0",
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "#,0",
        };
        return $"{value.ToString(format)} {unit}".TrimEnd();
    }

    private static void Row(string cells) => Line("what | median | p95 | aim", cells);

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
            : RuntimeInformation.ProcessArchitecture.ToString();
}
