using System.Diagnostics;

namespace ProviderRouter.Tests.Programs;

/// <summary>Starts programs in a folder of the test's own, with nothing of this machine's environment that they read.</summary>
internal static class ProgramStart
{
    private static readonly string[] Read =
    [
        "HOST", "PORT", "DEFAULT_PROVIDER", "LM_STUDIO_BASE_URL", "LM_STUDIO_DEFAULT_MODEL", "QWEN_PROXY_BASE_URL", "QWEN_API_KEY",
        "QWEN_BASE_URL", "LOG_LEVEL", "REQUEST_TIMEOUT", "PROVIDER_ROUTER_DATA", "XDG_DATA_HOME", "NO_COLOR", "CLICOLOR_FORCE",
    ];

    public static Process Start(string program, TestFolder folder, IEnumerable<string> arguments, params (string, string)[] environment)
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

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
