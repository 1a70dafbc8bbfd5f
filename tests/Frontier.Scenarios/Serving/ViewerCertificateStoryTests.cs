// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>DP-31.4 with OpenSSL's own authority and viewers: from the bundle in a bucket to who is served, and by which tricks nobody is.</summary>
public sealed class ViewerCertificateStoryTests : IDisposable
{
    private const string Api = "/2020-05-31";

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _keys = new();

    [Fact]
    public async Task Viewers_with_a_certificate_of_the_trust_store_are_served_and_resumed_sessions_open_nothing()
    {
        Assert.SkipUnless(Command.Exists("openssl") && Command.Exists("curl"), "The story needs openssl and curl, which are not installed.");
        await RunAsync(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/O=Example/CN=Viewers" -keyout ca-key.pem -out ca.pem &&
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/O=Example/CN=device-7" -keyout viewer-key.pem -out viewer.csr &&
            echo extendedKeyUsage=clientAuth > client.ext && openssl x509 -req -in viewer.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 3 -extfile client.ext -out viewer.pem &&
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/O=Example/CN=device-7" -keyout other-key.pem -out other.pem
            """);
        await using var origin = ScriptedOrigin.Start();
        origin.On("*").Reply(200, "the secret", ("Cache-Control", "max-age=60"));
        await using var node = await InProcess.StartAsync(_data.Path, TimeProvider.System);
        using var client = Client.Of(node, TimeProvider.System);
        (await client.Buckets.SendAsync(HttpMethod.Put, "/authorities")).Expect(200);
        (await client.PutAsync("authorities", "viewers.pem", await File.ReadAllBytesAsync(Path.Combine(_keys.Path, "ca.pem")))).Expect(200);
        var store = (await client.CloudFront.SendAsync(HttpMethod.Post, Api + "/trust-store", Encoding.UTF8.GetBytes(
            """
            <CreateTrustStoreRequest xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Name>viewers</Name><CaCertificatesBundleSource><CaCertificatesBundleS3Location>
            <Bucket>authorities</Bucket><Key>viewers.pem</Key><Region>us-east-1</Region></CaCertificatesBundleS3Location></CaCertificatesBundleSource></CreateTrustStoreRequest>
            """))).Expect(201).Element("Id");
        var guarded = (await client.MakeSiteAsync(Documents.OfOrigin("guarded", origin.Port).Replace(
            "</DistributionConfig>", $"<ViewerMtlsConfig><Mode>required</Mode><TrustStoreConfig><TrustStoreId>{store}</TrustStoreId></TrustStoreConfig></ViewerMtlsConfig></DistributionConfig>",
            StringComparison.Ordinal))).Domain;
        var open = (await client.MakeSiteAsync(Documents.OfOrigin("open", origin.Port))).Domain;

        Assert.Contains("the secret", await CurlAsync(node, guarded, "--cert viewer.pem --key viewer-key.pem"), StringComparison.Ordinal);
        Assert.Contains("the secret", await CurlAsync(node, guarded, "--tls-max 1.2 --cert viewer.pem --key viewer-key.pem"), StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", await CurlAsync(node, guarded, ""), StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", await CurlAsync(node, guarded, "--cert other.pem --key other-key.pem"), StringComparison.Ordinal); // the same name, of its own making
        Assert.Contains("the secret", await CurlAsync(node, open, ""), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/2 421", await CurlAsync(node, open, $"-H 'Host: {guarded}'"), StringComparison.Ordinal);

        foreach (var version in (string[])["-tls1_2", "-tls1_3"])
        {
            // The session of a host that asks for nothing, then that of a viewer with its certificate, both offered without one.
            Assert.Contains("the secret", await SpeakAsync(node, $"{version} -servername {open} -sess_out open.session", open), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(_keys.Path, "open.session")));
            Assert.DoesNotContain("the secret", await SpeakAsync(node, $"{version} -servername {guarded} -sess_in open.session", guarded), StringComparison.Ordinal);
            Assert.Contains("the secret", await SpeakAsync(node, $"{version} -servername {guarded} -cert viewer.pem -key viewer-key.pem -sess_out guarded.session", guarded), StringComparison.Ordinal);
            Assert.DoesNotContain("the secret", await SpeakAsync(node, $"{version} -servername {guarded} -sess_in guarded.session", guarded), StringComparison.Ordinal);
            Assert.DoesNotContain("the secret", await SpeakAsync(node, $"{version} -servername {open} -sess_in guarded.session", guarded), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _keys.Dispose();
    }

    private Task<string> CurlAsync(Node node, string domain, string options)
    {
        var edge = node.Edge.Https;
        return RunAsync($"curl -sS -i --max-time 20 --cacert '{node.Edge.AuthorityPath}' --resolve {domain}:{edge.Port}:{edge.Address} {options} https://{domain}:{edge.Port}/page 2>&1", mayFail: true);
    }

    /// <summary>One request over OpenSSL's client, which a refused handshake ends without an answer. A session that was not handed out cannot be offered either.</summary>
    private Task<string> SpeakAsync(Node node, string options, string host) => RunAsync(
        $"{{ printf 'GET /page HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n'; sleep 2; }} | timeout 10 openssl s_client -connect {node.Edge.Https} -CAfile '{node.Edge.AuthorityPath}' {options} 2>&1",
        mayFail: true);

    private async Task<string> RunAsync(string script, bool mayFail = false)
    {
        var run = await Command.RunAsync("bash", ["-c", $"cd '{_keys.Path}' && {{ {script}\n}}"], FrontierProcess.Patience);
        Assert.True(mayFail || run.ExitCode == 0, run.Everything);
        return run.Output;
    }
}
