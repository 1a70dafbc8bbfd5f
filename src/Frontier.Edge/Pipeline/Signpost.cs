// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Frontier.Caching;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Stands in the cache under the primary key of an answer with Vary, and says which request fields choose among its variants.
/// Its own random name is part of the variants' keys: whoever drops the signpost drops them all.
/// </summary>
internal sealed record Signpost(string Id, IReadOnlyList<string> Names)
{
    /// <summary>No answer has this status.</summary>
    private const int Status = 0;

    /// <summary>Origins cannot send <c>X-Edge-*</c> through.</summary>
    private static ReadOnlySpan<byte> IdField => "x-edge-signpost"u8;

    public static Signpost To(IReadOnlyList<string> names) => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), names);

    public static bool IsOne(StoredHead head) => head.Status == Status;

    public static bool TryRead(StoredHead head, [NotNullWhen(true)] out Signpost? signpost)
    {
        signpost = null;
        if (!IsOne(head))
        {
            return false;
        }

        var fields = StoredHeads.ToResponse(head).Headers;
        signpost = new Signpost(fields.GetText(IdField) ?? "", (fields.GetText("vary"u8) ?? "").Split(','));
        return true;
    }

    public StoredHead ToHead(long fillSequence, DateTimeOffset now)
    {
        var fields = new HeaderList();
        fields.Add(IdField, Encoding.ASCII.GetBytes(Id));
        fields.Add("vary"u8, Encoding.Latin1.GetBytes(string.Join(',', Names)));
        return new StoredHead
        {
            Status = Status,
            HeaderBlock = fields.ToBlock(),
            ReceivedAt = now,
            FreshUntil = DateTimeOffset.MaxValue,
            FillSequence = fillSequence,
        };
    }
}
