namespace ProviderRouter.AuditLog;

/// <summary>What a walk along the chain found.</summary>
/// <param name="Fault">The first thing that is wrong; null when nothing is.</param>
/// <param name="Head">The last row that was found to be right: keep it elsewhere, and a later walk can tell whether it still stands there.</param>
/// <param name="Rows">Rows that were found to be right.</param>
/// <param name="Requests">The requests among them.</param>
/// <param name="FirstPlace">The place of the first row; later than 1 where retention removed what was before it.</param>
/// <param name="Bodies">Bodies that were found to be what their rows say.</param>
/// <param name="BodiesPruned">Bodies that retention took, and said so.</param>
/// <param name="RowsLeaving">Rows before the first place that are still there: retention has said that it removes them.</param>
public sealed record VerifyReport(
    ChainFault? Fault, ChainHead Head, long Rows, long Requests, long FirstPlace, long Bodies, long BodiesPruned, long RowsLeaving);

/// <summary>What is wrong with the log, and where.</summary>
/// <param name="Kind">
/// <c>altered</c>, <c>removed</c>, <c>inserted</c>, <c>cut</c> (its end is missing), <c>schema</c> (a table, a trigger or the view
/// was changed) or <c>damaged</c> (SQLite finds the file unsound).
/// </param>
/// <param name="Place">The row's place in the chain; null where it is about no row.</param>
/// <param name="RequestId">The request that it belongs to, where it belongs to one.</param>
/// <param name="Message">In words.</param>
public sealed record ChainFault(string Kind, long? Place, string? RequestId, string Message);
