// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Edges with imported certificates, and viewers who look at what they are shown.</summary>
internal static class CertifiedEdge
{
    public const string Alias = "www.example.com";

    public static readonly TestAuthority Authority = new(new ManualTimeProvider().GetUtcNow());

    /// <summary>The usual distribution with the alias, and a certificate for it that was imported.</summary>
    public static async Task<TestEdge> StartAsync(
        X509Certificate2? certificate = null, string policy = "TLSv1.2_2021", Func<DistributionConfig, DistributionConfig>? change = null, X509Certificate2? issuer = null, ImmutableArray<string> names = default)
    {
        var edge = await TestEdge.StartAsync();
        names = names.IsDefault ? [Alias] : names;
        Import(edge, "c", certificate ?? Authority.Issue([.. names]), names, issuer);
        edge.Configure(distribution => (change ?? (static same => same))(distribution with { Aliases = names, CertificateId = "c", SecurityPolicy = policy }));
        await edge.DeployedAsync();
        return edge;
    }

    /// <summary>The same id again stands for the new one from the next snapshot on.</summary>
    public static void Import(TestEdge edge, string id, X509Certificate2 certificate, ImmutableArray<string> names, X509Certificate2? issuer = null)
    {
        var material = new CertificateMaterial { Id = id, Certificates = PemText.Of(certificate) + (issuer is null ? "" : PemText.Of(issuer)), PrivateKey = PemText.OfKey(certificate) };
        edge.Control.Certificates[id] = material;
        edge.Certificates = [.. edge.Certificates.Where(other => other.Id != id), new CertificateConfig { Id = id, Fingerprint = CertificateFingerprint.Of(material.Certificates), Names = names }];
    }

    /// <summary>Shakes hands and keeps the connection.</summary>
    /// <exception cref="AuthenticationException">The edge would not, or only by other means.</exception>
    public static async Task<SslStream> ConnectAsync(TestEdge edge, string name, SslProtocols version = SslProtocols.None, params TlsCipherSuite[] suites)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(edge.Server.Https);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                EnabledSslProtocols = version,
                CipherSuitesPolicy = suites.Length == 0 || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(suites),
                RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, // judged by the test
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a viewer of that name is shown.</summary>
    public static async Task<X509Certificate2> ShownAsync(TestEdge edge, string name)
    {
        await using var stream = await ConnectAsync(edge, name);
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
    }

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<string> AskAsync(TestEdge edge, string serverName, string host, string path = "/a", SslProtocols version = SslProtocols.None, params TlsCipherSuite[] suites)
    {
        await using var stream = await ConnectAsync(edge, serverName, version, suites);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
