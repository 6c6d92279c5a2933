using System.Diagnostics;
using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>The built <c>provider-cli</c> on a terminal of its own (util-linux <c>script</c>), read as it writes.</summary>
internal sealed class Screen : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    private Screen(Process process) => this.process = process;

    /// <summary>All that was written so far, with its escape sequences.</summary>
    public string Text => said.ToString();

    /// <param name="folder">The test's folder.</param>
    /// <param name="command">The command line, without the program's name.</param>
    /// <param name="columns">How wide the terminal is.</param>
    /// <param name="rows">How high it is.</param>
    /// <param name="terminal">Its kind.</param>
    /// <param name="pager">What PAGER names; null for nothing.</param>
    public static Screen Start(TestFolder folder, string command, int columns = 80, int rows = 24, string terminal = "xterm", string? pager = null)
    {
        var line = $"stty cols {columns} rows {rows}; TERM={terminal} exec '{BuiltPrograms.Cli}' {command}";
        return new Screen(ProgramStart.StartOpen("/usr/bin/script", folder, ["-qec", line, "/dev/null"], pager is null ? [] : [("PAGER", pager)]));
    }

    /// <summary>Reads until this was written.</summary>
    public async Task ReadUntilAsync(string text)
    {
        var letter = new char[1];
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync(letter) > 0, $"It ended without {text}: {Text}");
            said.Append(letter);
        }
    }

    /// <summary>Types this.</summary>
    public async Task TypeAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Reads the rest, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        var block = new char[1024];
        for (var read = await ReadAsync(block); read > 0; read = await ReadAsync(block))
        {
            said.Append(block, 0, read);
        }

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    private Task<int> ReadAsync(char[] block) => process.StandardOutput.ReadAsync(block).AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
