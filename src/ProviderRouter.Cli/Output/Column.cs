namespace ProviderRouter.Cli.Output;

/// <summary>A column of a <see cref="FittedTable"/>.</summary>
/// <param name="Header">Its heading; may be empty.</param>
/// <param name="MinWidth">How far it may be cut where there is little room; null when it is shown whole or not at all.</param>
/// <param name="LeavesAt">Its turn to be left out where there is too little room; null: after all that have a turn.</param>
/// <param name="AlignRight">True for numbers.</param>
internal sealed record Column(string Header, int? MinWidth = null, int? LeavesAt = null, bool AlignRight = false);
