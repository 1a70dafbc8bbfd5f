// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Frontier.Testing;

namespace Frontier.Scenarios.Harness;

/// <summary>
/// Let's Encrypt's own test server, which validates for real: it looks names up at a DNS server of its own, finds all of them on this machine,
/// and comes to the ports that it is told.
/// </summary>
internal sealed class Pebble : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private readonly int[] _ports = FreePorts(4);
    private readonly List<Process> _processes = [];
    private readonly HttpClient _client;

    public Pebble()
    {
        using var certificate = _authority.Issue("127.0.0.1");
        File.WriteAllText(_directory["server.pem"], PemText.Of(certificate));
        File.WriteAllText(_directory["server.key"], PemText.OfKey(certificate));
        File.WriteAllText(Authority, PemText.Of(_authority.Root));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _authority.Root } };
        _client = new HttpClient(handler) { Timeout = FrontierProcess.Patience };
    }

    public static bool IsInstalled => Command.Exists("pebble") && Command.Exists("pebble-challtestsrv");

    /// <summary>Its directory, before it runs as well.</summary>
    public string Directory => $"https://127.0.0.1:{_ports[0]}/dir";

    /// <summary>Who vouches for the server itself.</summary>
    public string Authority => _directory["authority.pem"];

    /// <summary>Starts it against an edge.</summary>
    /// <param name="http">Where the edge is asked by HTTP.</param>
    /// <param name="https">Where it is asked by handshakes.</param>
    public async Task StartAsync(int http, int https)
    {
        await File.WriteAllTextAsync(_directory["config.json"], new JsonObject
        {
            ["pebble"] = new JsonObject
            {
                ["listenAddress"] = $"127.0.0.1:{_ports[0]}",
                ["managementListenAddress"] = $"127.0.0.1:{_ports[1]}",
                ["certificate"] = _directory["server.pem"],
                ["privateKey"] = _directory["server.key"],
                ["httpPort"] = http,
                ["tlsPort"] = https,
                ["ocspResponderURL"] = "",
                ["externalAccountBindingRequired"] = false,
            },
        }.ToJsonString());
        Start("pebble-challtestsrv", ["-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "", "-dns01", $"127.0.0.1:{_ports[2]}", "-management", $"127.0.0.1:{_ports[3]}"]);
        Start("pebble", ["-config", _directory["config.json"], "-dnsserver", $"127.0.0.1:{_ports[2]}", "-strict"], new Dictionary<string, string>
        {
            ["PEBBLE_VA_NOSLEEP"] = "1",
            ["PEBBLE_VA_ALWAYS_VALID"] = "0",
            ["PEBBLE_AUTHZREUSE"] = "0",
            ["PEBBLE_WFE_NONCEREJECT"] = "30",
        });
        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                using var answer = await _client.GetAsync(new Uri(Directory));
                using var names = await _client.GetAsync(new Uri($"http://127.0.0.1:{_ports[3]}/"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>What viewers trust who trust what it issues; another one after each start. PEM.</summary>
    public Task<string> RootAsync() => _client.GetStringAsync(new Uri($"https://127.0.0.1:{_ports[1]}/roots/0"));

    /// <summary>From here on a name is where nobody listens.</summary>
    public async Task MisleadAsync(string name)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri($"http://127.0.0.1:{_ports[3]}/add-a"), new JsonObject { ["host"] = name, ["addresses"] = new JsonArray("127.0.0.2") });
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _client.Dispose();
        _authority.Dispose();
        _directory.Dispose();
    }

    private void Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = Command.Start(program, arguments, environment);
        _processes.Add(process);
        process.OutputDataReceived += static (_, _) => { }; // or it would stop for want of a reader
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>It says nowhere which port it took, so it is told which.</summary>
    private static int[] FreePorts(int count)
    {
        var held = Enumerable.Range(0, count).Select(static _ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        held.ForEach(static listener => listener.Start());
        int[] ports = [.. held.Select(static listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        held.ForEach(static listener => listener.Dispose());
        return ports;
    }
}
