using System.Text;

namespace ProviderRouter.Tests.Programs;

/// <summary>Runs the built <c>provider-cli</c>.</summary>
internal sealed class Cli(TestFolder folder, params (string, string)[] environment)
{
    public Task<ProgramResult> RunAsync(params string[] arguments) =>
        ProgramStart.RunAsync(BuiltPrograms.Cli, folder, arguments, environment);

    /// <summary>The same, with this on its stdin.</summary>
    public Task<ProgramResult> RunWithInputAsync(string input, params string[] arguments) =>
        RunWithInputAsync(Encoding.UTF8.GetBytes(input), arguments);

    /// <inheritdoc cref="RunWithInputAsync(string, string[])"/>
    public Task<ProgramResult> RunWithInputAsync(byte[] input, params string[] arguments) =>
        ProgramStart.RunWithInputAsync(BuiltPrograms.Cli, folder, input, arguments, environment);
}
