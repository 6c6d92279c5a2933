using System.Diagnostics;

namespace ProviderRouter.Bench.Peers;

/// <summary>nginx with one worker, set up as one would for streams; all that it writes lies in a folder of its own.</summary>
internal static class NginxServer
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>Starts it on a free port; it need not listen yet.</summary>
    public static Contender Start(Uri upstream)
    {
        var folder = new TemporaryFolder();
        var port = LoopbackPort.Free();
        var file = Path.Combine(folder.Path, "nginx.conf");
        File.WriteAllText(file, Configuration(port, upstream, folder.Path));

        var start = new ProcessStartInfo("nginx", ["-p", folder.Path, "-e", "stderr", "-c", file]) { UseShellExecute = false };
        return new Contender(
            Contender.Nginx, new Uri($"http://127.0.0.1:{port}/"), new ServerProcess(Process.Start(start)!), folder);
    }

    /// <summary>Comes back once it answers.</summary>
    public static async Task AskUntilAnsweredAsync(Contender nginx)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await nginx.Client.GetAsync(nginx.Chat);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!nginx.Process!.HasEnded && Stopwatch.GetElapsedTime(started) < StartLimit)
            {
                // Not listening yet: asked again at once.
            }
        }
    }

    // Connections last as long as the other proxies keep theirs. A worker of root's nginx would else be a user who may not
    // enter the folder.
    private static string Configuration(int port, Uri upstream, string folder) =>
        $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        daemon off;
        pid {{folder}}/nginx.pid;
        error_log stderr error;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            keepalive_requests 100000000;
            upstream provider {
                server {{upstream.Authority}};
                keepalive 256;
                keepalive_requests 100000000;
            }
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    proxy_pass http://provider;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                }
            }
        }
        """;
}
