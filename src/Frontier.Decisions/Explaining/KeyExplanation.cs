// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Explaining;

/// <summary>Lets <see cref="CacheKey"/> write a key and notes where each of its parts begins.</summary>
public static class KeyExplanation
{
    public static ExplainedKey Of(RequestHead request, DistributionModel distribution, BehaviorModel behavior, ViewerFacts viewer)
    {
        var into = new ArrayBufferWriter<byte>(256);
        var marks = new Marks(into, [], []);
        CacheKey.Write(request, distribution, behavior, viewer, into, marks);
        var policy = behavior.CachePolicy;
        var parts = ImmutableArray.CreateBuilder<ExplainedKeyPart>();
        for (var i = 0; i < marks.Begun.Count; i++)
        {
            var (part, name, from) = marks.Begun[i];
            var to = i + 1 < marks.Begun.Count ? marks.Begun[i + 1].From : into.WrittenCount;
            var text = PrintableText.Of(into.WrittenSpan[from..to].Trim("\0\n"u8)); // what parts are kept apart by
            parts.Add(new ExplainedKeyPart(part.ToString(), name, text, Why(part, text.Length == 0, policy, request.HasQuery)));
        }

        return new ExplainedKey(PrintableText.Of(into.WrittenSpan), parts.ToImmutable(), [.. marks.Dropped, .. Unused(request, behavior)]);
    }

    private static string Why(KeyPart part, bool isEmpty, CachePolicyModel policy, bool hasQuery) => part switch
    {
        KeyPart.Distribution => "The distribution's id; all its aliases share objects (DP-6.1).",
        KeyPart.Path => "The path, byte for byte, after the default root object (DP-6.1).",
        KeyPart.Query when !hasQuery => "The request has none.",
        KeyPart.Query => (policy.QueryStrings.Selection, isEmpty) switch
        {
            (Selection.None, _) => $"Cache policy {policy.Name} takes no query strings (DP-6.3).",
            (Selection.All, _) => $"Cache policy {policy.Name} takes all, in the order sent (DP-6.3).",
            (Selection.Whitelist or Selection.AllExcept, true) => $"Cache policy {policy.Name} takes none of those sent (DP-6.3).",
            (Selection.Whitelist or Selection.AllExcept, false) => $"Cache policy {policy.Name} takes these, in the order sent (DP-6.3).",
        },
        KeyPart.Method => "OPTIONS has a key of its own (DP-4.7).",
        KeyPart.Encoding => $"Accept-Encoding, normalised to what cache policy {policy.Name} enables (§7).",
        KeyPart.Header => $"Cache policy {policy.Name} names it (DP-6.5).",
        KeyPart.Computed => $"Cache policy {policy.Name} names it, and the edge computes it (DP-6.7).",
        KeyPart.Cookie => $"Cache policy {policy.Name} takes it (DP-6.6).",
    };

    /// <summary>The same predicates over the same walks of query and cookies, asked what they refuse; and the headers that policies list but nobody sent.</summary>
    private static List<ExplainedOmission> Unused(RequestHead request, BehaviorModel behavior)
    {
        var policy = behavior.CachePolicy;
        var unused = new List<ExplainedOmission>();
        var dropped = $"Cache policy {policy.Name} does not take it.";
        QueryParameters.Write(request.Query, name => Refuse("query", name, policy.QueryStrings.Takes(name)), new ArrayBufferWriter<byte>());
        CookiePairs.Select(request.Headers, name => Refuse("cookie", name, behavior.TakesCookieInKey(name)));
        foreach (var name in policy.Headers.Names)
        {
            if (!ViewerHeaders.IsOurs(name) && !request.Headers.Contains(name))
            {
                unused.Add(new ExplainedOmission("header", Encoding.Latin1.GetString(name), "The policy names it, the viewer did not send it: not the same as an empty one (DP-6.5)."));
            }
        }

        return unused;

        bool Refuse(string kind, ReadOnlySpan<byte> name, bool isTaken)
        {
            if (!isTaken)
            {
                unused.Add(new ExplainedOmission(kind, PrintableText.Of(name), kind == "cookie" && policy.Cookies.Takes(name) ? "It signs for this distribution, and each viewer has its own (DP-24.14)." : dropped));
            }

            return isTaken;
        }
    }

    private readonly struct Marks(ArrayBufferWriter<byte> into, List<(KeyPart Part, string Name, int From)> begun, List<ExplainedOmission> dropped) : IKeyMarks
    {
        public List<(KeyPart Part, string Name, int From)> Begun => begun;

        public List<ExplainedOmission> Dropped => dropped;

        public void Begin(KeyPart part, ReadOnlySpan<byte> name) => begun.Add((part, PrintableText.Of(name), into.WrittenCount));

        public void LeaveOut(ReadOnlySpan<byte> name) =>
            dropped.Add(new ExplainedOmission("header", PrintableText.Of(name), "The viewer ties it to its connection, so it is not forwarded (RFC 9110, section 7.6.1)."));
    }
}
