using System.Diagnostics;

namespace ProviderRouter.Tests.Programs;

/// <summary>A real shell on a terminal of its own, set up to complete the built <c>provider-cli</c>, to which a person types.</summary>
internal sealed class Shell : IDisposable
{
    private const string Prompt = "READY>";
    private const string Tab = "\t";
    private const string Report = "\u0018";
    private const string Clear = "\u0001\u000b";

    private readonly Process process;
    private readonly TestFolder folder;

    private Shell(Process process, TestFolder folder) => (this.process, this.folder) = (process, folder);

    /// <summary>All that was written so far, with its escape sequences.</summary>
    public string Screen { get; private set; } = "";

    private string Reply => Path.Combine(folder.Path, "reply");

    /// <param name="folder">The test's folder, where the shell stands.</param>
    /// <param name="name"><c>bash</c>, <c>zsh</c> or <c>fish</c>, as apt installs them.</param>
    /// <param name="isInstalled">Whether zsh finds the script among its functions, and is not told to read it.</param>
    public static async Task<Shell> StartAsync(TestFolder folder, string name, bool isInstalled = false)
    {
        Assert.True(File.Exists($"/usr/bin/{name}"), $"These tests need {name}: apt-get install {name}");
        var start = Path.Combine(folder.Path, name == "zsh" ? ".zshrc" : "start");
        // Ctrl+X writes the line as it stands then.
        var (setUp, command) = name switch
        {
            "bash" => (
                $$"""
                PS1='{{Prompt}} '
                bind 'set enable-bracketed-paste off'
                bind -x '"\C-x": printf %s "$READLINE_LINE" > next && mv next reply'
                source <(provider-cli completion bash)
                """, $"bash --noprofile --rcfile {start} -i"),
            "zsh" => (
                $$"""
                PS1='{{Prompt}} '
                {{(isInstalled ? "fpath=($PWD/functions $fpath); mkdir functions; provider-cli completion zsh > \"${fpath[1]}/_provider-cli\"" : "")}}
                autoload -Uz compinit && compinit -u -D
                report() { print -rn -- "$BUFFER" > next && mv next reply }
                zle -N report && bindkey '^X' report
                {{(isInstalled ? "" : "source <(provider-cli completion zsh)")}}
                """, $"env ZDOTDIR={folder.Path} zsh -d -i"),
            _ => (
                $$"""
                function fish_prompt; echo -n '{{Prompt}} '; end
                function report; commandline > next; and mv next reply; end
                set -g fish_greeting
                bind \cx report
                provider-cli completion fish | source
                """, $"fish --no-config -i -C 'source {start}'"),
        };
        await File.WriteAllTextAsync(start, setUp + "\n");
        var path = $"{Path.GetDirectoryName(BuiltPrograms.Cli)}:{Environment.GetEnvironmentVariable("PATH")}";
        var line = $"stty cols 200 rows 50; TERM=xterm PATH='{path}' exec {command}";
        var shell = new Shell(ProgramStart.StartOpen("/usr/bin/script", folder, ["-qec", line, "/dev/null"]), folder);
        _ = shell.ReadAsync();
        await Eventually.IsAsync($"{name} is ready", () => shell.Screen.Contains(Prompt, StringComparison.Ordinal));
        return shell;
    }

    /// <summary>What becomes of a line when somebody types it and presses Tab.</summary>
    /// <param name="line">What is typed before.</param>
    /// <param name="keys">What else is pressed before Tab, such as arrows.</param>
    public async Task<string> CompleteAsync(string line, string keys = "")
    {
        await process.StandardInput.WriteAsync(line + keys + Tab + Report);
        await process.StandardInput.FlushAsync();
        await Eventually.IsAsync($"the shell completed {line}", () => File.Exists(Reply));
        var reply = await File.ReadAllTextAsync(Reply);
        File.Delete(Reply);
        await process.StandardInput.WriteAsync(Clear);
        return reply.TrimEnd('\n');
    }

    /// <summary>Reads on, so that the shell never waits for its terminal; what was written so far is in <see cref="Screen"/>.</summary>
    private async Task ReadAsync()
    {
        var block = new char[1024];
        for (var read = await process.StandardOutput.ReadAsync(block); read > 0; read = await process.StandardOutput.ReadAsync(block))
        {
            Screen += new string(block, 0, read);
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
