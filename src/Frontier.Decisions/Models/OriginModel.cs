// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>An origin, compiled.</summary>
public sealed class OriginModel(OriginConfig config, CertificateModel? clientCertificate = null)
{
    private readonly string _plainHost = HostHeader(config, config.HttpPort, usualPort: 80);
    private readonly string _secureHost = HostHeader(config, config.HttpsPort, usualPort: 443);

    public OriginConfig Config { get; } = config;

    public string Id => Config.Id;

    /// <summary>What the origin is shown; null for nothing.</summary>
    public CertificateModel? ClientCertificate { get; } = clientCertificate;

    /// <summary>The bytes put before the viewer's path (DP-3.13).</summary>
    public ImmutableArray<byte> Path { get; } = [.. Encoding.Latin1.GetBytes(config.Path)];

    /// <summary>Set over whatever a viewer sent (§10.1), but for what tells a loop, which nobody may take away (RFC 8586, section 2).</summary>
    public ImmutableArray<(byte[] Name, byte[] Value)> CustomHeaders { get; } =
        [.. config.CustomHeaders.Where(static custom => !custom.Name.Equals("CDN-Loop", StringComparison.OrdinalIgnoreCase)).Select(static custom => (Encoding.Latin1.GetBytes(custom.Name), Encoding.Latin1.GetBytes(custom.Value)))];

    /// <summary>Null where requests are not signed.</summary>
    public OriginSigner? Signer { get; } = OriginSigner.Of(config);

    public bool IsS3 => Config.S3 is not null;

    /// <summary>DP-11.6, DP-13.2: an S3 origin follows the viewer too.</summary>
    public bool UsesTls(bool viewerUsesTls) => Config.Protocol switch
    {
        OriginProtocol.HttpOnly => false,
        OriginProtocol.HttpsOnly => true,
        OriginProtocol.MatchViewer => viewerUsesTls,
    };

    /// <summary>What Host says when the viewer's is not forwarded (§10.1): the origin's name, its port where it is not the scheme's own. A bucket's name stands alone.</summary>
    public string HostHeader(bool viewerUsesTls) => UsesTls(viewerUsesTls) ? _secureHost : _plainHost;

    private static string HostHeader(OriginConfig config, int port, int usualPort) =>
        config.S3 is not null || port == usualPort ? config.DomainName : string.Create(CultureInfo.InvariantCulture, $"{config.DomainName}:{port}");
}
