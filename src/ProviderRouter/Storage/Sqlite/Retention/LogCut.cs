using System.Runtime.InteropServices;

namespace ProviderRouter.Storage.Sqlite.Retention;

/// <summary>The end of the log's oldest part.</summary>
/// <param name="Place">The last place in the chain that belongs to it.</param>
/// <param name="Request">The last request that belongs to it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogCut(long Place, long Request)
{
    /// <summary>Nothing belongs to it.</summary>
    public static readonly LogCut Start = new(0, 0);

    /// <summary>The one of two that lies further on.</summary>
    public static LogCut Later(LogCut one, LogCut other) => one.Place >= other.Place ? one : other;
}
