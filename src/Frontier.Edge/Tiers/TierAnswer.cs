// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Tiers;

/// <summary>What a cache above says of its answer beside the answer.</summary>
internal sealed record TierAnswer
{
    /// <summary>Who answered.</summary>
    public required TierHop By { get; init; }

    /// <summary>How the answer counts here: a hit above is a hit (DP-21.1).</summary>
    public required ResultType Result { get; init; }

    /// <summary>Whether Origin Shield had it, at whatever place on the way (DP-26.4).</summary>
    public required bool IsShieldHit { get; init; }

    /// <summary>Null for an answer that the cache above does not keep: then the headers say how long it is good.</summary>
    public ToldLifetime? Lifetime { get; init; }

    /// <summary>The failure of the origin that it tells instead of an answer.</summary>
    public OriginFailure Failure { get; init; }

    /// <summary>The code of a failover above; null without one.</summary>
    public int? FailoverCode { get; init; }

    /// <summary>How the log and explanations call who answered, e.g. <c>regional edge-1f0c…</c>.</summary>
    public string Name => $"{By.Level.Name} {By.Node.Id}";

    public ErrorDetail Detail => IsShieldHit ? ErrorDetail.OriginShieldHit : ErrorDetail.None;

    /// <summary>False where no machine of a fleet has written the answer.</summary>
    public static bool TryRead(TierHop by, HeaderList headers, [NotNullWhen(true)] out TierAnswer? answer)
    {
        answer = null;
        var failure = OriginFailure.None;
        if (headers.GetText(TierFields.Result)?.Split(' ') is not [var word, var detail]
            || (headers.GetText(TierFields.Failure) is { } failed && !IsTellable(failed, out failure)))
        {
            return false;
        }

        var result = word == ResultType.Hit.LogName ? ResultType.Hit : word == ResultType.RefreshHit.LogName ? ResultType.RefreshHit : ResultType.Miss;
        answer = new TierAnswer
        {
            By = by,
            Result = result,
            IsShieldHit = (result is ResultType.Hit && by.Level is TierLevel.Shield) || detail == ErrorDetail.OriginShieldHit.LogName,
            Lifetime = ToldLifetime.TryParse(headers.GetText(TierFields.Lifetime), out var told) ? told : null,
            Failure = failure,
            FailoverCode = int.TryParse(headers.GetText(TierFields.Failover), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null,
        };
        return true;
    }

    /// <summary>What the origin did, and what concerns all who ask; not what concerned a connection above.</summary>
    private static bool IsTellable(string name, out OriginFailure failure) => Enum.TryParse(name, out failure) && Enum.IsDefined(failure) && (failure.IsOrigins || failure is OriginFailure.NoCapacity);
}
