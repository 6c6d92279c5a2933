using System.Runtime.InteropServices;

namespace ProviderRouter.Bench;

/// <summary>One table on stdout, in Markdown.</summary>
internal static class Report
{
    public static void Head()
    {
        Console.WriteLine($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription}");
        Console.WriteLine();
        Console.WriteLine("| what | median | p95 | aim |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
    }

    public static void Row(string what, List<double> values, string unit, string aim)
    {
        values.Sort();
        Console.WriteLine($"| {what} | {At(values, 0.5):0.0} {unit} | {At(values, 0.95):0.0} {unit} | {aim} |");
    }

    public static void Row(string what, double value, string unit, string aim) =>
        Console.WriteLine($"| {what} | {value:0.0} {unit} | | {aim} |");

    private static double At(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * share) - 1)];

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
            : RuntimeInformation.ProcessArchitecture.ToString();
}
