// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>A stored head brought up to date by an answer without a body: a 304 (DP-15.1), or the answer to a HEAD (RFC 9111, sections 3.2 and 4.3.5).</summary>
internal static class Freshening
{
    /// <param name="reserved">Where fields go that the answer reserves for the viewer it was made for; null when it was made for none.</param>
    /// <param name="told">What the cache above says that has answered in the origin's place; null for an origin's answer.</param>
    /// <returns>The new head, what the arithmetic says of it, and the fields that it was made from. Where it refuses, the head has no time to live.</returns>
    public static (StoredHead Head, StorageVerdict Verdict, ResponseHead Judged) Freshen(
        CachingRules rules, StoredHead stored, ResponseHead answer, in AskedFor asked, DistributionModel distribution, BehaviorModel behavior, long fillSequence, DateTimeOffset now,
        HeaderList? reserved = null, ToldLifetime? told = null)
    {
        var merged = StoredHeads.ToResponse(stored);
        var brought = new ResponseHead();
        ViewerResponse.Filter(answer, behavior, isShared: true, brought, reserved);
        Compression.Adapt(merged.Headers, brought.Headers); // DP-15.7
        bool Describes(ReadOnlySpan<byte> name) => rules is CachingRules.CloudFront && DescribesBody(name);

        for (var i = 0; i < brought.Headers.Count; i++)
        {
            if (!Describes(brought.Headers.Name(i)))
            {
                merged.Headers.Remove(brought.Headers.Name(i));
            }
        }

        for (var i = 0; i < brought.Headers.Count; i++)
        {
            if (!Describes(brought.Headers.Name(i)))
            {
                merged.Headers.Add(brought.Headers.Name(i), brought.Headers.Value(i));
            }
        }

        var judged = new ResponseHead { Status = merged.Status };
        merged.Headers.CopyTo(judged.Headers);
        if (answer.Headers.TryGet("age"u8, out var age))
        {
            judged.Headers.Add("age"u8, age);
        }

        var verdict = Storage.Decide(rules, asked, judged, distribution, behavior, now);
        verdict = told is { } lifetime ? verdict.Within(lifetime) : verdict;
        return (StoredHeads.Of(merged, verdict, fillSequence, now, distribution), verdict, judged);
    }

    /// <summary>Whether the answer to a HEAD speaks of the stored object: nothing in it says otherwise (RFC 9111, section 4.3.5).</summary>
    public static bool IsOf(StoredHead stored, long bodyLength, HeaderList answer)
    {
        var known = StoredHeads.ToResponse(stored).Headers;
        var isCodedHere = known.Contains("content-encoding"u8) && !answer.Contains("content-encoding"u8); // the origin speaks of its plain body
        bool Agrees(ReadOnlySpan<byte> name, bool weakly) => !answer.TryGet(name, out var said)
            || (known.TryGet(name, out var kept) && (weakly ? EntityTag.WeaklyEqual(said, kept) : said.SequenceEqual(kept)));

        var length = isCodedHere ? null : answer.GetText("content-length"u8);
        return Agrees("etag"u8, weakly: isCodedHere) && Agrees("last-modified"u8, weakly: false)
            && (length is null || length == bodyLength.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Not changed by an answer without a body, as long as RFC 9111, section 3.2, need not be followed to the letter: it could contradict the stored bytes.</summary>
    private static bool DescribesBody(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "content-encoding"u8) || Ascii.EqualsIgnoreCase(name, "content-type"u8) || Ascii.EqualsIgnoreCase(name, "content-range"u8);
}
