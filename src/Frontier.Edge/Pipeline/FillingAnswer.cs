// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>An object that is just being fetched; the viewer reads along (DP-17.3).</summary>
internal sealed class FillingAnswer(Flight flight, Fill fill) : Answer
{
    /// <summary>Takes over the place in the flight, which keeps the bytes until this viewer has read them.</summary>
    /// <param name="tellsAge">Whether the viewer learns how old the answer came (RFC 9111, section 5.1); CloudFront tells an age on hits only (§21.1).</param>
    public static FillingAnswer From(Boarded boarded, bool tellsAge)
    {
        var fill = boarded.Fill!;
        return new FillingAnswer(boarded.Flight!, fill)
        {
            Head = StoredHeads.ToResponse(fill.Head, boarded.Reserved),
            Result = StoredHeads.Result(fill.Head, boarded.Leads ? boarded.Parent?.Result ?? ResultType.Miss : ResultType.Hit), // DP-17.1, DP-21.1
            Detail = fill.Head.Status >= 400 ? ErrorDetail.OriginError : boarded.Parent?.Detail ?? ErrorDetail.None,
            BodyLength = fill.BodyLength,
            FreshUntil = fill.Head.FreshUntil,
            Kept = fill.Head,
            AgeSeconds = (tellsAge || boarded.Parent is { Result: ResultType.Hit or ResultType.RefreshHit }) && fill.Head.InitialAgeSeconds > 0 ? fill.Head.InitialAgeSeconds : null,
        };
    }

    public override bool IsObject => true;

    public override BodyReader OpenBody(long offset, long? length) => fill.OpenBody(offset, length);

    public override ValueTask DisposeAsync()
    {
        flight.Leave();
        return base.DisposeAsync();
    }
}
