// SPDX-License-Identifier: Apache-2.0

using System.Net.Security;

namespace Frontier.Edge.Certificates;

/// <summary>A certificate with its key and chain, ready for handshakes.</summary>
internal sealed class ServedCertificate(SslStreamCertificateContext context)
{
    /// <summary>The same object each time: the platform keeps what belongs to it.</summary>
    public SslStreamCertificateContext Context { get; } = context;

    /// <summary>Whether its key is one of elliptic curves, and not of RSA: that decides which cipher suites can be used with it.</summary>
    public bool IsEcdsa { get; } = context.TargetCertificate.GetKeyAlgorithm() == "1.2.840.10045.2.1";

    /// <summary>When it was last asked for, as <see cref="TimeProvider.GetTimestamp"/> counts. Torn by nobody: the last write wins, and any will do.</summary>
    public long UsedAt { get; set; }
}
