using System.Runtime.InteropServices;
using ProviderRouter.Bench;
using ProviderRouter.Bench.Dashboard;
using ProviderRouter.Bench.Fallback;
using ProviderRouter.Bench.Peers;
using ProviderRouter.Bench.Questions;
using ProviderRouter.Bench.Retention;
using ProviderRouter.Bench.Session;
using ProviderRouter.Bench.Verify;

// The folder of the published programs, which bench/run makes, then which measurements to make; all without a name.
var measurements = new (string Name, Func<Programs, Task> Run)[]
{
    ("status", StatusBench.RunAsync),
    ("start", StartBench.RunAsync),
    ("load", LoadBench.RunAsync),
    ("peers", PeersBench.RunAsync),
    ("fallback", FallbackBench.RunAsync),
    ("session", SessionBench.RunAsync),
    ("verify", VerifyBench.RunAsync),
    ("retention", RetentionBench.RunAsync),
    ("questions", QuestionsBench.RunAsync),
    ("dashboard", DashboardBench.RunAsync),
};
if (args.Length == 0 || args[1..].Except(measurements.Select(measurement => measurement.Name)).Any())
{
    Console.Error.WriteLine("Usage: bench/run [status|start|load|peers|fallback|session|verify|retention|questions|dashboard]...");
    return 2;
}

// Stopped half-way, it still ends what it started.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(130));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(143));
var programs = new Programs(Path.GetFullPath(args[0]));
var wanted = args[1..];
Report.Head();
foreach (var (name, run) in measurements)
{
    if (wanted.Length == 0 || wanted.Contains(name))
    {
        await run(programs);
    }
}

return 0;
