// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>PostgreSQL on a machine of a network, durable as in earnest.</summary>
internal sealed class StoreServer(NetworkHost host, TemporaryDirectory files)
{
    /// <summary>PostgreSQL refuses to run as root: it runs as the user that its package made.</summary>
    private const string User = "postgres";

    private const string Packages = "/usr/lib/postgresql";

    public static bool IsInstalled => Directory.Exists(Packages) && Command.Exists("setpriv");

    public NetworkHost Host => host;

    public string Url => $"postgres://{User}@{host.Address}:5432/postgres";

    private string Data => files["postgres"];

    /// <param name="client">Who may come, without a password.</param>
    public async Task MakeAsync(IPAddress client)
    {
        Directory.CreateDirectory(Data);
        await ExpectAsync("chown", $"{User}:{User}", Data);
        await ExpectAsync("setpriv", [.. AsUser, Program("initdb"), "-D", Data, "-U", User, "-E", "UTF8", "--locale=C", "-A", "trust", "--no-sync"]);
        await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), $"host all all {client}/32 trust\n");
    }

    public Task StartAsync()
    {
        host.Start(["setpriv", .. AsUser, Program("postgres"), "-D", Data, "-k", Data, "-c", $"listen_addresses={host.Address}", "-c", "fsync=on"]);
        return host.IsReadyAsync(Program("pg_isready"), "-q", "-h", $"{host.Address}");
    }

    private static string[] AsUser => [$"--reuid={User}", $"--regid={User}", "--clear-groups"];

    private static string Program(string name) => Directory.GetDirectories(Packages).OrderDescending().Select(version => Path.Combine(version, "bin", name)).First(File.Exists);

    private static async Task ExpectAsync(string program, params IReadOnlyList<string> arguments)
    {
        var result = await Command.RunAsync(program, arguments, FrontierProcess.Patience);
        Assert.True(result.ExitCode == 0, $"{program}: {result.Everything}");
    }
}
