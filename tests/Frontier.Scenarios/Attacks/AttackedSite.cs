// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Attacks;

/// <summary>The whole program with a page and a large object in its cache, for attackers to attack and a viewer to view.</summary>
internal sealed class AttackedSite : IAsyncDisposable
{
    public const string Page = "/page.html";
    public const string Large = "/large.bin";

    private readonly TemporaryDirectory _data = new();
    private FrontierProcess _frontier = null!;

    public Client Client { get; private set; } = null!;

    public Site Site { get; private set; } = null!;

    public IPEndPoint Http => EndPoint("http");

    public IPEndPoint Https => EndPoint("https");

    /// <summary>What the program wrote to its log.</summary>
    public string Log => _frontier.Errors;

    public static async Task<AttackedSite> StartAsync(params IReadOnlyList<string> flags)
    {
        var attacked = new AttackedSite();
        attacked._frontier = await FrontierProcess.UpAsync(attacked._data.Path, flags);
        attacked.Client = Client.Of(attacked._frontier);
        attacked.Site = await attacked.Client.MakeBucketSiteAsync("pages");
        (await attacked.Client.PutAsync("pages", Page[1..], "a page"u8.ToArray(), "text/html")).Expect(200);
        (await attacked.Client.PutAsync("pages", Large[1..], new byte[4 * 1024 * 1024])).Expect(200);
        foreach (var path in new[] { Page, Large, Page, Large })
        {
            (await attacked.Client.GetAsync(attacked.Site.Domain, path)).Expect(200);
        }

        return attacked;
    }

    /// <summary>In the program's own authority.</summary>
    public X509ChainPolicy Trust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_data["edge/certificates/ca.pem"]) },
    };

    /// <summary>Stops in order, which an attack must not have made impossible.</summary>
    public async Task StopAsync() => Assert.Equal(0, await _frontier.InterruptAsync());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _frontier.DisposeAsync();
        _data.Dispose();
    }

    private IPEndPoint EndPoint(string role)
    {
        var address = new Uri(_frontier.Addresses.GetProperty(role).GetString()!);
        return new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
    }
}
