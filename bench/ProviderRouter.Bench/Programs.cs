using System.Diagnostics;

namespace ProviderRouter.Bench;

/// <summary>The published programs, and a data folder for each run.</summary>
internal sealed class Programs(string folder)
{
    /// <summary>Starts <c>provider-router</c> on a free port; returns it and its base URL once it listens.</summary>
    public async Task<(Process Process, Uri Url)> StartRouterAsync(string data, params (string, string)[] environment)
    {
        var (process, first) = await StartServerAsync("provider-router", ["--data", data, "--port", "0"], environment);
        return (process, new Uri(first.Split(' ')[^1].Replace("/v1", "/", StringComparison.Ordinal)));
    }

    /// <summary>Starts a server; returns it and the first line that it says.</summary>
    public async Task<(Process Process, string FirstLine)> StartServerAsync(
        string name, string[] arguments, params (string, string)[] environment)
    {
        var process = Start(name, arguments, environment);
        var first = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{name} did not start.");
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return (process, first);
    }

    /// <summary>Runs <c>provider-cli</c> to its end.</summary>
    public async Task RunCliAsync(string data, params string[] arguments)
    {
        using var process = Start("provider-cli", [.. arguments, "--data", data]);
        _ = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"provider-cli {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    /// <summary>Starts a program; its first line on stdout is not read yet.</summary>
    public Process Start(string name, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return Process.Start(start)!;
    }
}
