// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>What an edge asks for that a snapshot names and it does not have yet. It shows the token that it shows to the feed.</summary>
public sealed record CertificateRequest
{
    /// <summary>Where it is sent, by POST.</summary>
    public const string Path = "/frontier/v1/certificates";

    /// <summary>How many may be asked for at once: an answer stays below a few megabytes.</summary>
    public const int MostIds = 100;

    /// <summary>Of <see cref="CertificateConfig.Id"/>.</summary>
    public required ImmutableArray<string> Ids { get; init; }
}

/// <summary>The certificates asked for that there are, as they are now: maybe newer than the snapshot that named them.</summary>
public sealed record CertificateAnswer
{
    public required ImmutableArray<CertificateMaterial> Certificates { get; init; }
}

/// <summary>A certificate with its key. Secret.</summary>
public sealed record CertificateMaterial
{
    public required string Id { get; init; }

    /// <summary>PEM: the certificate, then its chain in order.</summary>
    public required string Certificates { get; init; }

    /// <summary>PEM of PKCS #8, not encrypted.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"CertificateMaterial {Id}";
}
