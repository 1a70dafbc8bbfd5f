// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>Whom the edge trusts as an origin, and where origins may be, as the operator says with flags.</summary>
public sealed class OriginTrustTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData(true, true, false, 200)]
    [InlineData(true, true, true, 200)]
    [InlineData(false, true, true, 502)] // another authority, and no other
    [InlineData(false, true, false, 502)]
    [InlineData(false, false, false, 502)]
    public async Task An_origin_s_certificate_is_of_the_system_s_authorities_or_of_those_named(bool own, bool named, bool alone, int status)
    {
        using var stranger = new TestAuthority();
        using var certificate = _authority.Issue("localhost");
        await using var origin = ScriptedOrigin.Start(certificate);
        origin.On("/a").Reply(200, "hello");
        var file = Write("ca.pem", "# any text before\n" + (own ? _authority : stranger).Root.ExportCertificatePem() + "\n" + stranger.Root.ExportCertificatePem());
        await using var node = await InProcess.StartAsync(
            _data["data"], TimeProvider.System, [.. named ? [("origin-ca", file)] : Array.Empty<(string, string)>(), ("origin-ca-only", alone.ToString(CultureInfo.InvariantCulture))]);
        using var client = Client.Of(node, TimeProvider.System);
        var site = await client.MakeSiteAsync(Documents.OfOrigin("tls", origin.Port).Replace("http-only", "https-only", StringComparison.Ordinal).Replace("<HTTPSPort>443<", $"<HTTPSPort>{origin.Port}<", StringComparison.Ordinal));
        (await client.GetAsync(site.Domain, "/a")).Expect(status);
        Assert.Equal(status == 200 ? 1 : 0, origin.Requests("/a"));
    }

    [Fact]
    public async Task Private_origins_can_be_closed_and_the_program_s_own_servers_always_are()
    {
        await using var origin = ScriptedOrigin.Start();
        origin.On("/a").Reply(200, "hello");
        await using (var node = await InProcess.StartAsync(_data["data"], TimeProvider.System, ("allow-private-origins", "false")))
        {
            using var client = Client.Of(node, TimeProvider.System);
            var site = await client.MakeSiteAsync(Documents.OfOrigin("closed", origin.Port));
            Assert.Contains("The origin has an address that origins may not have.", (await client.GetAsync(site.Domain, "/a")).Expect(502).Text, StringComparison.Ordinal);
            Assert.Equal(0, origin.ConnectionsAccepted);
        }

        await using (var node = await InProcess.StartAsync(_data["data"], TimeProvider.System))
        {
            using var client = Client.Of(node, TimeProvider.System);
            var open = await client.MakeSiteAsync(Documents.OfOrigin("open", origin.Port));
            Assert.Equal("hello", (await client.GetAsync(open.Domain, "/a")).Expect(200).Text);
            foreach (var port in new[] { node.Control.Endpoint.Port, node.Buckets.Endpoint.Port, node.Edge.Http.Port, node.Edge.Https.Port })
            {
                var site = await client.MakeSiteAsync(Documents.OfOrigin($"inside-{port}", port));
                Assert.Contains("The origin has an address that origins may not have.", (await client.GetAsync(site.Domain, "/a")).Expect(502).Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_is_no_file_of_authorities_is_named_with_its_flag()
    {
        var empty = Write("empty.pem", "nothing");
        var broken = Write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Assert.Equal([$"--origin-ca is \"{empty}\": there is no certificate in it; give a file of certificates in PEM form (-----BEGIN CERTIFICATE-----)."], Faults(("origin-ca", empty)));
        Assert.StartsWith($"--origin-ca is \"{broken}\": it cannot be read (", Assert.Single(Faults(("origin-ca", broken))), StringComparison.Ordinal);
        Assert.Equal([$"--origin-ca is \"{_data["none.pem"]}\": there is no such file."], Faults(("origin-ca", _data["none.pem"])));
        Assert.Equal(["--origin-ca-only leaves no authority to trust: name one with --origin-ca."], Faults(("origin-ca-only", "true")));
        Assert.Equal(["--allow-private-origins is \"perhaps\": give true or false."], Faults(("allow-private-origins", "perhaps")));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _data.Dispose();
    }

    private static IReadOnlyList<string> Faults(params (string Flag, string Value)[] flags) =>
        UpSettings.Read(flags.ToDictionary(static flag => flag.Flag, static flag => (string?)flag.Value)).Faults;

    private string Write(string name, string text)
    {
        File.WriteAllText(_data[name], text);
        return _data[name];
    }
}
