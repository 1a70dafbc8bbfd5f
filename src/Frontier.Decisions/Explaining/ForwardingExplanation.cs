// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Explaining;

/// <summary>Lets <see cref="OriginHeaders"/> compose a request to an origin and notes why each field is in it.</summary>
public static class ForwardingExplanation
{
    /// <param name="sent">The finished request's fields: beside what the policies decide, validators and signature.</param>
    public static ImmutableArray<ExplainedField> Fields(
        RequestHead request, BehaviorModel behavior, ViewerFacts viewer, OriginPurpose purpose, bool hasBody, HeaderList sent)
    {
        var sources = Sources(request, behavior, viewer, purpose, hasBody);
        return [.. Enumerable.Range(0, sent.Count).Select(i => Field(sent.NameText(i), sent.ValueText(i), behavior, sources))];
    }

    /// <summary>Headers, cookies and parameters of the viewer's that the origin does not see.</summary>
    public static ImmutableArray<ExplainedOmission> LeftOut(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, OriginPurpose purpose, bool hasBody)
    {
        var omissions = new List<ExplainedOmission>();
        foreach (var (name, source) in Sources(request, behavior, viewer, purpose, hasBody))
        {
            // Cookies are told one by one.
            if (source is FieldSource.None && !name.Equals("cookie", StringComparison.OrdinalIgnoreCase))
            {
                omissions.Add(new ExplainedOmission("header", name, WhyLeftOut(name, request, behavior)));
            }
        }

        var (key, beyond) = (behavior.CachePolicy, behavior.OriginRequestPolicy);
        QueryParameters.Write(
            request.Query,
            // DP-9 (all × block): a policy that takes all beats the other's block list.
            name => Note("query", name, key.QueryStrings.TakesAll || beyond.QueryStrings.TakesAll || Union.Takes(key.QueryStrings, beyond.QueryStrings, name)), new ArrayBufferWriter<byte>());
        CookiePairs.Select(request.Headers, name => Note("cookie", name, behavior.SourceOfCookie(name) is not FieldSource.None));
        return [.. omissions];

        bool Note(string kind, ReadOnlySpan<byte> name, bool isSent)
        {
            if (!isSent)
            {
                var isSigning = kind == "cookie" && behavior.ForwardsCookies && SigningNames.IsCookie(name);
                omissions.Add(new ExplainedOmission(kind, PrintableText.Of(name), isSigning ? "It signs for this distribution, which no origin need know (DP-24.14)." : "Neither policy takes it (§9)."));
            }

            return true;
        }
    }

    private static Dictionary<string, FieldSource> Sources(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, OriginPurpose purpose, bool hasBody)
    {
        var sources = new Dictionary<string, FieldSource>(StringComparer.OrdinalIgnoreCase);
        OriginHeaders.Compose(request, behavior, behavior.Origin, viewer, purpose, hasBody, "", default, new HeaderList(), new Marks(sources));
        return sources;
    }

    private static ExplainedField Field(string name, string value, BehaviorModel behavior, Dictionary<string, FieldSource> sources)
    {
        if (!sources.TryGetValue(name, out var source) || source is FieldSource.None)
        {
            if (name.Equals("range", StringComparison.OrdinalIgnoreCase))
            {
                return new ExplainedField(name, value, "Block", "The block in which the wanted range begins; it is kept for others (DP-16.2).");
            }

            var isValidator = name.StartsWith("If-", StringComparison.OrdinalIgnoreCase);
            return isValidator
                ? new ExplainedField(name, value, "Validator", "The stored object's own, so that the origin may answer 304 (DP-15.1).")
                : new ExplainedField(name, MaskedSignature(name, value), "Signature", "Signed by the edge for origin access control (DP-13.8).");
        }

        var why = source switch
        {
            FieldSource.CachePolicy => $"In the key by cache policy {behavior.CachePolicy.Name} (DP-6.2).",
            FieldSource.OriginRequestPolicy => $"Origin request policy {behavior.OriginRequestPolicy.Name} (§9).",
            FieldSource.BothPolicies => $"Cache policy {behavior.CachePolicy.Name} and origin request policy {behavior.OriginRequestPolicy.Name} (DP-9.6).",
            FieldSource.Condition => "The viewer's own condition; the answer is for this viewer alone.",
            FieldSource.Handshake => "Belongs to the WebSocket's handshake (DP-30.1).",
            FieldSource.Body => "Describes the viewer's body (§10.1).",
            FieldSource.Edge => "Written by the edge (§10.1).",
            FieldSource.Origin => "A custom header of the origin (§10.1). Its value, often a secret, is not shown.",
            FieldSource.None => throw new InvalidOperationException("It is not sent."),
        };
        return new ExplainedField(name, source is FieldSource.Origin ? "…" : value, source.ToString(), why);
    }

    /// <summary>A signature is good for minutes to whoever reads it.</summary>
    private static string MaskedSignature(string name, string value) =>
        name.Equals("authorization", StringComparison.OrdinalIgnoreCase) ? value.Split(' ')[0] + " …" : value;

    private static string WhyLeftOut(string name, RequestHead request, BehaviorModel behavior)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(name);
        return ConnectionHeaders.Contains(bytes) || ConnectionHeaders.IsNominated(request.Headers, bytes) ? "Belongs to the viewer's connection (RFC 9110, section 7.6.1)."
            : ViewerHeaders.IsOurs(bytes) ? "The edge computes such headers itself and believes no viewer's (§10.3)."
            : behavior.HeaderSource(bytes) is FieldSource.None ? "Neither policy takes it (§9)."
            : "Never forwarded as it came: the edge writes it itself, or it would spoil an answer that is to be shared (§10.2).";
    }

    private readonly struct Marks(Dictionary<string, FieldSource> sources) : IFieldMarks
    {
        public void Note(ReadOnlySpan<byte> name, FieldSource source) => sources[System.Text.Encoding.Latin1.GetString(name)] = source;
    }
}
