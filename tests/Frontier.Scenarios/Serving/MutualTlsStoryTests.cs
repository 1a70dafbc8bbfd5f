// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Serving;

/// <summary>nginx as an origin that lets nobody in without a certificate (DP-11.8), and certificates imported as at AWS.</summary>
public sealed class MutualTlsStoryTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();
    private readonly TestAuthority _servers = new();
    private readonly TestAuthority _clients = new();

    [Fact]
    public async Task The_edge_proves_itself_with_the_distribution_s_certificate_and_lends_it_to_no_other()
    {
        Assert.SkipUnless(Command.Exists("nginx") && Command.Exists("aws"), "The story needs nginx and the AWS CLI.");
        await using var origin = await NginxAsync();
        await using var node = await InProcess.StartAsync(_files["data"], TimeProvider.System, ("origin-ca", Write("servers.pem", _servers.Root.ExportCertificatePem())));
        using var client = Client.Of(node, TimeProvider.System);
        using var edge = _clients.IssueClient("edge.example");
        using var strangers = new TestAuthority();
        using var stranger = strangers.IssueClient("stranger.example");
        var arn = await ImportAsync(node, edge);
        var proven = await client.MakeSiteAsync(Site("proven", origin.Port, arn));
        var unproven = await client.MakeSiteAsync(Site("unproven", origin.Port, null));
        var wrong = await client.MakeSiteAsync(Site("wrong", origin.Port, await ImportAsync(node, stranger)));

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal("CN=edge.example SUCCESS", (await client.GetAsync(proven.Domain, "/")).Expect(200).Text);
            Assert.Contains("No required SSL certificate was sent", (await client.GetAsync(unproven.Domain, "/")).Expect(400).Text, StringComparison.Ordinal);
            Assert.Contains("The SSL certificate error", (await client.GetAsync(wrong.Domain, "/")).Expect(400).Text, StringComparison.Ordinal);
        }

        // Another one under the same name is what the next connection shows.
        using var renewed = _clients.IssueClient("renewed.example");
        Assert.Equal(arn, await ImportAsync(node, renewed, arn));
        await Eventually.IsTrueAsync(async () => (await client.GetAsync(proven.Domain, "/")).Expect(200).Text == "CN=renewed.example SUCCESS");
    }

    [Fact]
    public async Task What_cannot_be_shown_is_refused_and_the_answer_says_why()
    {
        Assert.SkipUnless(Command.Exists("aws"), "The story needs the AWS CLI.");
        await using var node = await InProcess.StartAsync(_files["data"], TimeProvider.System);
        using var client = Client.Of(node, TimeProvider.System);
        using var server = _servers.Issue("server.example");
        using var edge = _clients.IssueClient("edge.example");
        var forServers = await ImportAsync(node, server);
        var good = await ImportAsync(node, edge);
        foreach (var (document, why) in new[]
        {
            (Site("a", 8443, "arn"), "'arn' is not the ARN of a certificate."),
            (Site("b", 8443, good[..^1] + "x"), "There is no certificate"),
            (Site("c", 8443, good.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal)), "is in eu-west-1; import it in us-east-1."),
            (Site("d", 8443, forServers), "The certificate is not for clients: its extended key usage must be none or name clientAuth."),
            (Site("e", 8443, good).Replace("https-only", "match-viewer", StringComparison.Ordinal), "needs the OriginProtocolPolicy https-only"),
        })
        {
            Assert.Contains(why, (await client.CreateDistributionAsync(document)).Expect(400).Text.Replace("&apos;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        await client.MakeSiteAsync(Site("f", 8443, good));
        Assert.Contains("ResourceInUseException", (await AwsCli.RunAsync(node, "acm", "delete-certificate", "--certificate-arn", good)).Everything, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _files.Dispose();
        _servers.Dispose();
        _clients.Dispose();
    }

    private static string Site(string reference, int port, string? arn) => Documents.OfOrigin(reference, port)
        .Replace("http-only", "https-only", StringComparison.Ordinal)
        .Replace("<HTTPSPort>443<", $"<HTTPSPort>{port}<", StringComparison.Ordinal)
        .Replace("658327ea-f89d-4fab-a63d-7e88639e58f6", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", StringComparison.Ordinal)
        .Replace("</CustomOriginConfig>", arn is null ? "</CustomOriginConfig>" : $"<OriginMtlsConfig><ClientCertificateArn>{arn}</ClientCertificateArn></OriginMtlsConfig></CustomOriginConfig>", StringComparison.Ordinal);

    /// <param name="arn">What it takes the place of; null for a new one.</param>
    private async Task<string> ImportAsync(Node node, X509Certificate2 certificate, string? arn = null)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        var run = await AwsCli.RunAsync(
            node,
            ["acm", "import-certificate", "--certificate", "fileb://" + Write("certificate.pem", certificate.ExportCertificatePem()), "--private-key", "fileb://" + Write("key.pem", key.ExportPkcs8PrivateKeyPem()),
            .. arn is null ? Array.Empty<string>() : ["--certificate-arn", arn]]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("CertificateArn").GetString()!;
    }

    private async Task<Nginx> NginxAsync()
    {
        using var certificate = _servers.Issue("localhost");
        using var key = certificate.GetECDsaPrivateKey()!;
        var port = FreePort();
        var configuration = Write("nginx.conf", $$"""
            daemon off;
            pid {{_files["nginx.pid"]}};
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path {{_files["body"]}}; proxy_temp_path {{_files["proxy"]}}; fastcgi_temp_path {{_files["fastcgi"]}}; uwsgi_temp_path {{_files["uwsgi"]}}; scgi_temp_path {{_files["scgi"]}};
                server {
                    listen 127.0.0.1:{{port}} ssl;
                    ssl_certificate {{Write("origin.pem", certificate.ExportCertificatePem())}};
                    ssl_certificate_key {{Write("origin.key", key.ExportPkcs8PrivateKeyPem())}};
                    ssl_client_certificate {{Write("clients.pem", _clients.Root.ExportCertificatePem())}};
                    ssl_verify_client on;
                    location / { return 200 "$ssl_client_s_dn $ssl_client_verify"; }
                }
            }
            """);
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var nginx = new Nginx(Command.Start(program, ["-e", "stderr", "-c", configuration, "-p", _files.Path]), port);
        await Eventually.IsTrueAsync(() => IsOpen(port));
        return nginx;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static bool IsOpen(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_files[name], text);
        return _files[name];
    }

    private sealed class Nginx(Process process, int port) : IAsyncDisposable
    {
        public int Port => port;

        public async ValueTask DisposeAsync()
        {
            await Command.RunAsync("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)], FrontierProcess.Patience); // its workers end with it
            await process.WaitForExitAsync().WaitAsync(FrontierProcess.Patience);
            process.Dispose();
        }
    }
}
