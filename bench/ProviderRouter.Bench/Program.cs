using ProviderRouter.Bench;

// The folder of the published programs; bench/run makes it and passes it.
if (args is not [var folder])
{
    Console.Error.WriteLine("Usage: bench/run");
    return 2;
}

var programs = new Programs(Path.GetFullPath(folder));
Report.Head();
await StatusBench.RunAsync(programs);
await StartBench.RunAsync(programs);
await LoadBench.RunAsync(programs);
return 0;
