namespace ProviderRouter.Cli.Commands.Import;

/// <summary>What became of a variable, as <c>import --json</c> prints it.</summary>
/// <param name="Taken">True when the database has it now.</param>
/// <param name="Effect">What it changes, or how it is given otherwise.</param>
internal sealed record ImportedVariable(string Variable, bool Taken, string Effect);

/// <summary>What <c>import --json</c> prints.</summary>
internal sealed record ImportReport(bool DryRun, IReadOnlyList<ImportedVariable> Variables);
