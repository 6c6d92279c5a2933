using System.Diagnostics;

namespace ProviderRouter.Tests.Programs;

/// <summary>A file system of a test's own, of a few MB, that can be filled to the brim. Needs the right to mount: root on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string path;

    public SmallDisk(string path, int megabytes)
    {
        this.path = path;
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "provider-router-test", path);
    }

    private string Filler => Path.Combine(path, "filler");

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.OpenOrCreate, FileAccess.Write);
        var block = new byte[1 << 20];
        var at = RandomAccess.GetLength(file);
        for (var size = block.Length; size > 0;)
        {
            try
            {
                RandomAccess.Write(file, block.AsSpan(0, size), at);
                at += size;
            }
            catch (IOException)
            {
                // What is there of the block stays there; the rest is filled with smaller ones.
                size /= 2;
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"This test needs a file system of its own, and `{program}` failed (run the tests as root on Linux): {errors}");
        }
    }

    public void Dispose() => Run("umount", path);
}
