// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>An object that is just being fetched; the viewer reads along (DP-17.3).</summary>
internal sealed class FillingAnswer(Fill fill) : Answer
{
    public static FillingAnswer From(Fill fill, ResultType result) => new(fill)
    {
        Head = StoredHeads.ToResponse(fill.Head),
        Result = StoredHeads.Result(fill.Head, result),
        Detail = fill.Head.Status >= 400 ? ErrorDetail.OriginError : ErrorDetail.None,
        BodyLength = fill.BodyLength,
    };

    public override bool IsObject => true;

    public override BodyReader OpenBody(long offset, long? length) => fill.OpenBody(offset, length);
}
