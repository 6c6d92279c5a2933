using ProviderRouter.Bench;

// The folder of the published programs, which bench/run makes, then which measurements to make; all without a name.
if (args.Length == 0)
{
    Console.Error.WriteLine("Usage: bench/run [status|start|load]...");
    return 2;
}

var programs = new Programs(Path.GetFullPath(args[0]));
var wanted = args[1..];
Report.Head();
foreach (var (name, run) in new (string, Func<Programs, Task>)[]
    { ("status", StatusBench.RunAsync), ("start", StartBench.RunAsync), ("load", LoadBench.RunAsync) })
{
    if (wanted.Length == 0 || wanted.Contains(name))
    {
        await run(programs);
    }
}

return 0;
