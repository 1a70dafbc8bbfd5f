// SPDX-License-Identifier: Apache-2.0

using System.Runtime.CompilerServices;
using Frontier.Decisions.Models;
using Frontier.Edge.Certificates;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Protocols.Names;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Where requests to an origin go. Of each configuration of an origin it is worked out once, and forgotten with it: the pool
/// finds its connections by the same object again and again. Thread-safe.
/// </summary>
internal sealed class OriginEndpoints(EdgeOptions options, HeldCertificates certificates)
{
    /// <summary>Domains under which S3's host names are understood.</summary>
    private readonly string[] _s3Suffixes = [S3HostName.AwsSuffix, options.Domain];

    private readonly ConditionalWeakTable<OriginModel, Usual> _usual = [];

    /// <param name="headers">Of the request: the Host that is sent is the TLS server name too (DP-10.1).</param>
    public OriginEndpoint Of(OriginModel origin, bool viewerUsesTls, HeaderList headers)
    {
        if (!_usual.TryGetValue(origin, out var usual))
        {
            usual = _usual.GetValue(origin, Make);
        }

        if (!origin.UsesTls(viewerUsesTls))
        {
            return usual.Plain;
        }

        var host = usual.IsAtStore ? origin.Config.DomainName : WithoutPort(headers.GetText("host"u8)!);
        return host == origin.Config.DomainName ? usual.Secure : usual.Secure with { TlsServerName = host };
    }

    private Usual Make(OriginModel origin)
    {
        var config = origin.Config;
        var plain = new OriginEndpoint
        {
            Host = config.DomainName,
            Port = config.HttpPort,
            Tls = false,
            TlsProtocols = TlsVersions.Of(config.TlsProtocols),
            Family = config.AddressFamily,
            ConnectionAttempts = config.ConnectionAttempts,
            ConnectionTimeout = TimeSpan.FromSeconds(config.ConnectionTimeoutSeconds),
            ReadTimeout = TimeSpan.FromSeconds(config.ReadTimeoutSeconds),
            KeepAliveTimeout = TimeSpan.FromSeconds(config.KeepAliveTimeoutSeconds),
            ResponseCompletionTimeout = config.ResponseCompletionTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        if (options.S3Endpoint is not { } store || !S3HostName.TryParse(config.DomainName, _s3Suffixes, out _))
        {
            var secure = plain with { Port = config.HttpsPort, Tls = true, ClientCertificate = CertificateOf(origin) };
            return new Usual(plain, secure, IsAtStore: false);
        }

        var atStore = AtStore(plain, store);
        return new Usual(atStore, atStore, IsAtStore: true);
    }

    private OriginClientCertificate? CertificateOf(OriginModel origin) => origin.ClientCertificate is { Fingerprint: var fingerprint }
        ? new OriginClientCertificate(fingerprint, () => certificates.Find(fingerprint)?.Context)
        : null;

    /// <summary>S3's names are fetched from the store configured here, whatever it is; the Host header keeps the name.</summary>
    private static OriginEndpoint AtStore(OriginEndpoint endpoint, Uri store) => endpoint with
    {
        Host = store.Host,
        Port = store.Port,
        Tls = store.Scheme == Uri.UriSchemeHttps,
        IsOperators = true,
    };

    /// <summary>An address of IPv6 stands in brackets and has colons of its own.</summary>
    private static string WithoutPort(string host) =>
        host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[1..end] : host.Split(':')[0];

    /// <param name="Secure">As the origin's own name has it, without a TLS server name beside.</param>
    private sealed record Usual(OriginEndpoint Plain, OriginEndpoint Secure, bool IsAtStore);
}
