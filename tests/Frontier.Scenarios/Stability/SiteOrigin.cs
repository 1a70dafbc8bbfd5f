// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>nginx on a machine of a network. Every page says which version of the site it is of.</summary>
internal sealed class SiteOrigin(NetworkHost host, TemporaryDirectory files)
{
    /// <summary>By it edges find the origin.</summary>
    public const string Domain = "origin.test";

    /// <summary>Good for a day.</summary>
    public const string Page = "/page";

    /// <summary>Good for a second, and for an hour more where the origin fails.</summary>
    public const string Brief = "/brief/page";

    /// <summary>Anything below it is a page that nobody has asked for before.</summary>
    public const string New = "/new/";

    /// <summary>The first version of files is from then, each later one from a second later: validators never agree by accident.</summary>
    private static readonly DateTimeOffset Beginning = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public NetworkHost Host => host;

    /// <summary>Of the newest version published.</summary>
    public int Version { get; private set; }

    /// <summary>Null for what is none of its pages.</summary>
    public static int? VersionOf(string page) =>
        page.StartsWith("version ", StringComparison.Ordinal) && int.TryParse(page["version ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    public static string PageOf(int version) => string.Create(CultureInfo.InvariantCulture, $"version {version}");

    /// <summary>Whoever asks from now on gets the next version, whole.</summary>
    /// <returns>Its number.</returns>
    public int Publish()
    {
        Directory.CreateDirectory(files["site"]);
        var next = files["site/next"];
        File.WriteAllText(next, PageOf(++Version));
        File.SetLastWriteTimeUtc(next, Beginning.AddSeconds(Version).UtcDateTime);
        File.Move(next, files["site/page"], overwrite: true);
        return Version;
    }

    public Task StartAsync()
    {
        File.WriteAllText(files["nginx.conf"], $$"""
            daemon off;
            user nobody nogroup;
            worker_processes 1;
            pid {{files["nginx.pid"]}};
            events { worker_connections 512; }
            http {
              access_log off;
              default_type text/plain;
              client_body_temp_path {{files["nginx-body"]}};
              proxy_temp_path {{files["nginx-proxy"]}};
              fastcgi_temp_path {{files["nginx-fastcgi"]}};
              uwsgi_temp_path {{files["nginx-uwsgi"]}};
              scgi_temp_path {{files["nginx-scgi"]}};
              server {
                listen {{host.Address}}:80;
                root {{files["site"]}};
                location {{New}} { try_files /page =404; }
                location /brief/ { add_header Cache-Control "max-age=1, stale-if-error=3600"; try_files /page =404; }
              }
            }
            """);
        host.Start(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", "-c", files["nginx.conf"], "-e", "stderr");
        return host.IsReadyAsync("curl", "-sf", "-o", "/dev/null", $"http://{host.Address}{Page}");
    }
}
