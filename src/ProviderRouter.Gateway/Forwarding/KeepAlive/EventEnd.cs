using System.Runtime.InteropServices;

namespace ProviderRouter.Gateway.Forwarding.KeepAlive;

/// <summary>Where in a stream of events its bytes end: a comment's empty line would end an event of which a line has come.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct EventEnd
{
    // Line ends since the last byte that is none; before the first byte, an event may begin.
    private int lines;
    private bool hasBegun;

    /// <summary>True where a part of an event has come.</summary>
    public readonly bool IsInside => hasBegun && lines < 2;

    /// <summary>Takes the next bytes. An event ends with an empty line.</summary>
    public void Pass(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            hasBegun = true;
            lines = next switch
            {
                (byte)'\n' => lines + 1,
                (byte)'\r' => lines,
                _ => 0,
            };
        }
    }
}
