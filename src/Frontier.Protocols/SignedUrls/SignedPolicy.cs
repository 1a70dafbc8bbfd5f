// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Frontier.Protocols.SignedUrls;

/// <summary>What a policy allows (DP-24.8). Immutable.</summary>
/// <param name="Resource">The URLs; null where every URL is meant, and for a canned policy, whose text is made of the URL itself.</param>
/// <param name="LessThan">The second since 1970 at which it ends.</param>
/// <param name="GreaterThan">The second after which it begins; null for at once.</param>
/// <param name="Source">The viewers; null for all.</param>
public sealed record SignedPolicy(ResourcePattern? Resource, long LessThan, long? GreaterThan = null, SourceNetwork? Source = null)
{
    /// <summary>In January 2038: no time is later (DP-24.5).</summary>
    public const long LastSecond = int.MaxValue;

    /// <summary>As the <c>Policy</c> is sent, encoded. A URL of CloudFront's has room for no more (§5).</summary>
    public const int MaxEncodedBytes = 8_192;

    public static SignedPolicy Canned(long expires) => new(null, expires);

    /// <summary>Reads a custom policy. Strict: whatever is not understood could have been a condition.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SignedPolicy? policy) => PolicyReader.TryRead(json, out policy);

    /// <summary>Valid while the time is before the end (DP-24.5), and after the beginning.</summary>
    public bool HasEnded(DateTimeOffset now) => now >= DateTimeOffset.FromUnixTimeSeconds(LessThan);

    public bool HasBegun(DateTimeOffset now) => GreaterThan is not { } begin || now > DateTimeOffset.FromUnixTimeSeconds(begin);

    public bool IsFor(IPAddress viewer) => Source is not { } source || source.Contains(viewer);

    public bool IsFor(RequestedUrl url) => Resource is null || Resource.Matches(url);
}
