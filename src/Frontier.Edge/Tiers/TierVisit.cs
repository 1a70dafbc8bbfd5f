// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Frontier.Decisions.Models;
using Frontier.Decisions.Tiers;
using Frontier.Protocols.Http;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Edge.Tiers;

/// <summary>What another machine says of a request that it asks this one to answer.</summary>
internal sealed record TierVisit
{
    public required TierLevel Level { get; init; }

    public required string Distribution { get; init; }

    public TierKey? Key { get; init; }

    public required long Position { get; init; }

    public required ViewerFacts Viewer { get; init; }

    public required bool IsHttps { get; init; }

    public required HttpVersion Version { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Null where the whole group may be asked.</summary>
    public string? Origin { get; init; }

    /// <summary>The origin this machine may ask, and the second one of its group where it may ask that as well.</summary>
    public (OriginModel Origin, OriginFailoverModel? Failover)? OriginOf(BehaviorModel behavior) =>
        Origin is null ? (behavior.Origin, behavior.Failover)
        : Origin == behavior.Origin.Id ? (behavior.Origin, null)
        : Origin == behavior.Failover?.Secondary.Id ? (behavior.Failover.Secondary, null)
        : null;

    /// <summary>Whether what is asked for is the second origin's, which must not take the first one's place in the cache, nor the other way round.</summary>
    public bool IsSecondarys(BehaviorModel behavior) => Origin is not null && Origin != behavior.Origin.Id;

    /// <summary>False for a request that no machine of a fleet would send.</summary>
    /// <param name="headers">The viewer's fields and those of the sender; the visit holds on to them.</param>
    public static bool TryRead(HeaderList headers, [NotNullWhen(true)] out TierVisit? visit)
    {
        visit = null;
        TierKey? key = null;
        if (headers.GetText(TierFields.Key) is { } digest)
        {
            if (!TierKey.TryParse(digest, out var parsed))
            {
                return false;
            }

            key = parsed;
        }

        if (TierLevels.Parse(headers.GetText(TierFields.Level)) is not { } level
            || headers.GetText(TierFields.Distribution) is not { Length: > 0 } distribution
            || !long.TryParse(headers.GetText(TierFields.Position), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            || headers.GetText(TierFields.RequestId) is not { Length: Usage.RequestIds.Length } requestId
            || headers.GetText(TierFields.Viewer)?.Split(' ') is not [("http" or "https") and var scheme, var version, var address, var port, var proxy]
            || VersionOf(version) is not { } spoken
            || !IPAddress.TryParse(address, out var viewer)
            || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var viewerPort))
        {
            return false;
        }

        IPAddress? asker = null;
        if (proxy != "-" && !IPAddress.TryParse(proxy, out asker))
        {
            return false;
        }

        visit = new TierVisit
        {
            Level = level,
            Distribution = distribution,
            Key = key,
            Position = position,
            Viewer = new ViewerFacts { Address = viewer, Port = viewerPort, Proxy = asker, Told = headers },
            IsHttps = scheme == "https",
            Version = spoken,
            RequestId = requestId,
            Origin = headers.GetText(TierFields.Origin),
        };
        return true;
    }

    /// <summary>The field for <see cref="Viewer"/>.</summary>
    public static string Tell(RequestHead request, ViewerFacts viewer) => string.Create(
        CultureInfo.InvariantCulture, $"{(request.IsHttps ? "https" : "http")} {request.Version.Number} {viewer.Address} {viewer.Port} {viewer.Proxy?.ToString() ?? "-"}");

    private static HttpVersion? VersionOf(string number)
    {
        foreach (var version in Enum.GetValues<HttpVersion>())
        {
            if (version.Number == number)
            {
                return version;
            }
        }

        return null;
    }
}
