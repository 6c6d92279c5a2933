using ProviderRouter.Storage.Sqlite;

namespace ProviderRouter.Cli.Commands.Status;

/// <summary>What is wrong with the servers that run, or that none does.</summary>
/// <param name="servers">Those that run on this database.</param>
/// <param name="start">The command that starts one on it.</param>
internal sealed class ServerProblems(IReadOnlyList<RunningServer> servers, string start)
{
    /// <summary>All of it.</summary>
    /// <param name="disk">What the data takes, of which a spool that nobody empties is a problem.</param>
    public IEnumerable<StatusProblem> All(DiskUse disk)
    {
        if (servers.Count == 0)
        {
            yield return new(
                disk.Spool > 0 ? "No server runs, and records wait in the spool until one writes them." : "No server runs.", start);
        }

        foreach (var problem in servers.SelectMany(Of))
        {
            yield return problem;
        }
    }

    /// <summary>What is wrong with one; nothing when it is well.</summary>
    public static IEnumerable<StatusProblem> Of(RunningServer server)
    {
        if (server.Log is not { } log)
        {
            yield return new(
                $"The server at {server.Url} did not say how it does. Is it overloaded, or stopped?", "Try again, or end it and start it anew.");
        }
        else if (log.Problem is { } problem)
        {
            yield return new(problem, log.Advice);
        }

        foreach (var breaker in server.Breakers.Where(breaker => breaker.State == "open"))
        {
            yield return new(
                $"{breaker.Provider} kept failing or asked to be left alone, and is passed over for now.", $"provider-cli test {breaker.Provider}");
        }
    }
}
