namespace ProviderRouter.Tests.Programs;

/// <summary>Runs the built <c>provider-cli</c>.</summary>
internal sealed class Cli(TestFolder folder, params (string, string)[] environment)
{
    public Task<ProgramResult> RunAsync(params string[] arguments) =>
        ProgramStart.RunAsync(BuiltPrograms.Cli, folder, arguments, environment);
}
