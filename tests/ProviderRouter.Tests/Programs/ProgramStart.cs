using System.Diagnostics;

namespace ProviderRouter.Tests.Programs;

/// <summary>Starts programs in a folder of the test's own, with nothing of this machine's environment that they read.</summary>
internal static class ProgramStart
{
    private static readonly string[] Read =
    [
        "HOST", "PORT", "DEFAULT_PROVIDER", "LM_STUDIO_BASE_URL", "LM_STUDIO_DEFAULT_MODEL", "QWEN_PROXY_BASE_URL", "QWEN_API_KEY",
        "QWEN_BASE_URL", "LOG_LEVEL", "REQUEST_TIMEOUT", "PROVIDER_ROUTER_DATA", "XDG_DATA_HOME", "NO_COLOR", "CLICOLOR_FORCE", "PAGER", "LESS",
        "PROVIDER_ROUTER_REQUIRE_KEY", "PROVIDER_ROUTER_ALLOW_ANONYMOUS", "PROVIDER_ROUTER_MAX_CONNECTIONS", "PROVIDER_ROUTER_KEY",
    ];

    public static Process Start(string program, TestFolder folder, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        var process = StartOpen(program, folder, arguments, environment);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The same, with its stdin still open.</summary>
    public static Process StartOpen(string program, TestFolder folder, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Read)
        {
            start.Environment.Remove(name);
        }

        start.Environment["PROVIDER_ROUTER_DATA"] = folder.Data;
        start.Environment["HOME"] = folder.Path;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end; one that does not end within 60 s is ended, and fails the test.</summary>
    public static async Task<ProgramResult> RunAsync(
        string program, TestFolder folder, IEnumerable<string> arguments, params (string, string)[] environment) =>
        await RunWithInputAsync(program, folder, ReadOnlyMemory<byte>.Empty, arguments, environment);

    /// <summary>The same, with this on its stdin.</summary>
    public static async Task<ProgramResult> RunWithInputAsync(
        string program, TestFolder folder, ReadOnlyMemory<byte> input, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        using var process = StartOpen(program, folder, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException error)
        {
            process.Kill();
            throw new TimeoutException($"{Path.GetFileName(program)} did not end.\nstdout: {await output}\nstderr: {await errors}", error);
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}
