// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Frontier.Protocols.SigV4;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>
/// A control plane on PostgreSQL, three points of presence of two edges, a regional cache and an origin, each on a machine of its own:
/// the real programs, joined as an operator joins them.
/// </summary>
internal sealed class FleetOnNetwork : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Pops = ["fra1", "iad1", "nrt1"];

    private const string Postgres = "postgres";
    private const string Key = "FKSCENARIO:a-secret-of-no-worth-0123456789abcdef";

    private readonly TemporaryDirectory _files = new();
    private readonly Network _network;
    private SignedApi? _api;

    private FleetOnNetwork(Network network) => _network = network;

    public NetworkHost Control { get; private set; } = null!;

    public NetworkHost Database { get; private set; } = null!;

    public NetworkHost Origin { get; private set; } = null!;

    public NetworkHost Regional { get; private set; } = null!;

    /// <summary>Two of each point of presence, in the order of <see cref="Pops"/>.</summary>
    public IReadOnlyList<NetworkHost> Edges { get; private set; } = [];

    public SignedApi Api => _api!;

    public static async Task<FleetOnNetwork> StartAsync()
    {
        var fleet = new FleetOnNetwork(await Network.CreateAsync());
        try
        {
            await fleet.StartAllAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>The edges in the order in which DNS would name them to a viewer beside that point of presence.</summary>
    public IReadOnlyList<NetworkHost> EdgesFor(int pop) => [.. Enumerable.Range(0, Edges.Count).Select(number => Edges[((2 * pop) + number) % Edges.Count])];

    public IReadOnlyList<NetworkHost> EdgesOf(int pop) => [Edges[2 * pop], Edges[(2 * pop) + 1]];

    public Task StartDatabaseAsync()
    {
        Database.Start(
            "setpriv", $"--reuid={Postgres}", $"--regid={Postgres}", "--clear-groups", Path.Combine(FindPostgres(), "postgres"),
            "-D", _files["postgres"], "-k", _files["postgres"], "-c", $"listen_addresses={Database.Address}", "-c", "fsync=on");
        return Eventually.IsTrueAsync(async () => (await Command.RunAsync("ip", ["netns", "exec", Database.Namespace, Path.Combine(FindPostgres(), "pg_isready"), "-q", "-h", Database.Address.ToString()], FrontierProcess.Patience)).ExitCode == 0);
    }

    public Task StartControlAsync() => Control.StartFrontierAsync(
        "run", "control", "--data", _files["control"], "--store", $"postgres://{Postgres}@{Database.Address}:5432/postgres", "--api", $"{Control.Address}:8400", "--fleet", $"{Control.Address}:8404", "--access-key", Key);

    public Task StartEdgeAsync(NetworkHost edge, string? token = null) => edge.StartFrontierAsync(
    [
        "run", "edge", "--data", _files[edge.Namespace], "--control", $"https://{Control.Address}:8404", "--pop", Pops[Edges.ToList().IndexOf(edge) / 2], "--allow-private-origins",
        "--http", $"{edge.Address}:80", "--https", $"{edge.Address}:443", "--tier", $"{edge.Address}:8405", "--cache-memory", "32M", "--cache-disk", "256M",
        .. token is null ? Array.Empty<string>() : ["--token", token],
    ]);

    public Task StartRegionalAsync(string? token = null) => Regional.StartFrontierAsync(
    [
        "run", "regional", "--data", _files["regional"], "--control", $"https://{Control.Address}:8404", "--pop", Pops[0], "--allow-private-origins", "--tier", $"{Regional.Address}:8405",
        "--cache-memory", "32M", "--cache-disk", "256M",
        .. token is null ? Array.Empty<string>() : ["--token", token],
    ]);

    /// <summary>nginx, which serves files of the directory that <see cref="Publish"/> writes.</summary>
    public Task StartOriginAsync()
    {
        Origin.Start(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", "-c", _files["nginx.conf"], "-e", "stderr");
        return Eventually.IsTrueAsync(async () => (await Command.RunAsync("ip", ["netns", "exec", Origin.Namespace, "curl", "-s", "-o", "/dev/null", $"http://{Origin.Address}/"], FrontierProcess.Patience)).ExitCode == 0);
    }

    public void Publish(string path, string text) => File.WriteAllText(Path.Combine(_files["site"], path.TrimStart('/')), text);

    /// <summary>A program of the CLI against this control plane; its standard output.</summary>
    public async Task<string> RunAsync(params IReadOnlyList<string> arguments)
    {
        var result = await FrontierProcess.RunAsync([.. arguments, "--data", _files["control"], "--api", $"http://{Control.Address}:8400"]);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Everything}");
        return result.Output.Trim();
    }

    /// <summary>A distribution of the origin that every edge has.</summary>
    public async Task<Site> MakeSiteAsync(string reference, string? whenCutOff = null)
    {
        var document = Documents.OfOrigin(reference, 80).Replace("localhost", Origin.Address.ToString(), StringComparison.Ordinal);
        var target = "/2020-05-31/distribution";
        if (whenCutOff is not null)
        {
            target += "?WithTags";
            document = $"""<DistributionConfigWithTags xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">{document.Replace(" xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"", "", StringComparison.Ordinal)}<Tags><Items><Tag><Key>frontier:when-cut-off</Key><Value>{whenCutOff}</Value></Tag></Items></Tags></DistributionConfigWithTags>""";
        }

        var made = (await Api.SendAsync(HttpMethod.Post, target, System.Text.Encoding.UTF8.GetBytes(document))).Expect(201);
        var site = new Site(made.Element("Id"), made.Element("ARN"), made.Element("DomainName"));
        await WaitForAsync($"/2020-05-31/distribution/{site.Id}", "Deployed");
        return site;
    }

    /// <summary>Returns when it is complete.</summary>
    public async Task InvalidateAsync(Site site, string reference)
    {
        var made = (await Api.SendAsync(HttpMethod.Post, $"/2020-05-31/distribution/{site.Id}/invalidation", System.Text.Encoding.UTF8.GetBytes(Documents.Invalidation(reference, "/*")))).Expect(201);
        await WaitForAsync($"/2020-05-31/distribution/{site.Id}/invalidation/{made.Element("Id")}", "Completed");
    }

    /// <summary>How many machines the control plane says are in service.</summary>
    public async Task<int> CountInServiceAsync()
    {
        var result = await FrontierProcess.RunAsync("fleet", "list", "--json", "--data", _files["control"], "--api", $"http://{Control.Address}:8400");
        return result.ExitCode != 0 ? 0 : JsonDocument.Parse(result.Output).RootElement.GetProperty("items").EnumerateArray().Count(static node => node.GetProperty("state").GetString() == "InService");
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await _network.DisposeAsync();
        _files.Dispose();
    }

    private async Task StartAllAsync()
    {
        Control = await _network.AddHostAsync("ctl");
        Database = await _network.AddHostAsync("db");
        Origin = await _network.AddHostAsync("org");
        Regional = await _network.AddHostAsync("reg");
        var edges = new List<NetworkHost>();
        foreach (var pop in Pops)
        {
            edges.Add(await _network.AddHostAsync($"{pop}-a"));
            edges.Add(await _network.AddHostAsync($"{pop}-b"));
        }

        Edges = edges;
        WriteOrigin();
        await MakeDatabaseAsync();
        await Task.WhenAll(StartOriginAsync(), StartDatabaseAsync());
        await StartControlAsync();
        var parts = Key.Split(':');
        _api = new SignedApi(new AccessKey(parts[0], parts[1]), "cloudfront", new Uri($"http://{Control.Address}:8400"), TimeProvider.System);
        foreach (var (number, pop) in Pops.Index())
        {
            await RunAsync("pop", "add", pop);
            var token = await WriteTokenAsync("edge", pop, uses: 2);
            await Task.WhenAll(EdgesOf(number).Select(edge => StartEdgeAsync(edge, token)));
        }

        await StartRegionalAsync(await WriteTokenAsync("regional", Pops[0], uses: 1));
    }

    private async Task<string> WriteTokenAsync(string role, string pop, int uses)
    {
        var file = _files[$"token-{role}-{pop}"];
        await File.WriteAllTextAsync(file, await RunAsync("fleet", "token", "--role", role, "--pop", pop, "--uses", uses.ToString(CultureInfo.InvariantCulture)));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private void WriteOrigin()
    {
        Directory.CreateDirectory(_files["site"]);
        File.SetUnixFileMode(_files.Path, (UnixFileMode)0b111_001_001); // workers of nginx and the database run as others
        File.WriteAllText(_files["nginx.conf"], $$"""
            daemon off;
            user nobody nogroup;
            pid {{_files["nginx.pid"]}};
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path {{_files["nginx-body"]}};
              proxy_temp_path {{_files["nginx-proxy"]}};
              fastcgi_temp_path {{_files["nginx-fastcgi"]}};
              uwsgi_temp_path {{_files["nginx-uwsgi"]}};
              scgi_temp_path {{_files["nginx-scgi"]}};
              server {
                listen {{Origin.Address}}:80;
                root {{_files["site"]}};
              }
            }
            """);
        Publish("/index.html", "index");
    }

    private async Task MakeDatabaseAsync()
    {
        var directory = _files["postgres"];
        Directory.CreateDirectory(directory);
        await ExpectAsync("chown", $"{Postgres}:{Postgres}", directory);
        await ExpectAsync("setpriv", $"--reuid={Postgres}", $"--regid={Postgres}", "--clear-groups", Path.Combine(FindPostgres(), "initdb"), "-D", directory, "-U", Postgres, "-E", "UTF8", "--locale=C", "-A", "trust");
        await File.AppendAllTextAsync(Path.Combine(directory, "pg_hba.conf"), $"host all all {Control.Address}/32 trust\n");
    }

    private static string FindPostgres() => Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(static version => Path.Combine(version, "bin")).First(static bin => File.Exists(Path.Combine(bin, "initdb")));

    private static async Task ExpectAsync(string program, params IReadOnlyList<string> arguments)
    {
        var result = await Command.RunAsync(program, arguments, FrontierProcess.Patience);
        Assert.True(result.ExitCode == 0, $"{program}: {result.Everything}");
    }

    private async Task WaitForAsync(string target, string status)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < FrontierProcess.Patience)
        {
            if ((await Api.SendAsync(HttpMethod.Get, target)).Expect(200).Element("Status") == status)
            {
                return;
            }
        }

        Assert.Fail($"{target} is not {status} after {FrontierProcess.Patience}.");
    }
}
