using System.Runtime.InteropServices;

namespace FakeUpstream;

/// <summary>The same server as a program: <c>fake-upstream --port N [--name NAME] [--no-record]</c>.</summary>
internal static class EntryPoint
{
    private const string Usage = "Usage: fake-upstream --port N [--name NAME] [--no-record]";

    // No top-level statements: they would put a second public Program into every project that references this one.
    private static async Task<int> Main(string[] args)
    {
        int? port = null;
        var name = "fake";
        var record = true;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--port" when i + 1 < args.Length && ushort.TryParse(args[i + 1], out var number):
                    port = number;
                    i++;
                    break;
                case "--name" when i + 1 < args.Length:
                    name = args[++i];
                    break;
                case "--no-record":
                    record = false;
                    break;
                default:
                    return Fail(2, $"'{args[i]}' was not understood. {Usage}");
            }
        }

        if (port is null)
        {
            return Fail(2, $"--port is missing. {Usage}");
        }

        try
        {
            await using var server = await FakeUpstreamServer.StartAsync(name, port.Value, record);
            Console.WriteLine($"listening on {server.BaseUrl}");
            await SignalAsync();
            return 0;
        }
        catch (IOException ex)
        {
            return Fail(1, ex.Message);
        }
    }

    private static int Fail(int exitCode, string problem)
    {
        Console.Error.WriteLine(problem);
        return exitCode;
    }

    private static async Task SignalAsync()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await received.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            received.TrySetResult();
        }
    }
}
