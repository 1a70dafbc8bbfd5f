// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Contracts;

/// <summary>
/// A certificate that distributions use, by what anybody may know of it. The certificate itself and its key are no part of a
/// snapshot, of which every version is kept: an edge that lacks what the fingerprint names asks for it (<see cref="CertificateRequest"/>).
/// </summary>
public sealed record CertificateConfig : ISnapshotPart
{
    /// <summary>Of an imported certificate the last part of its ARN; of a server certificate its id, e.g. <c>ASCA…</c>.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="CertificateFingerprint"/> of what is held: another one after every import of something else.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The DNS names that it is good for, lower case; a leading <c>*.</c> stands for one label (API-10.7).</summary>
    public ImmutableArray<string> Names { get; init => field = value.OrNone; } = [];
}
