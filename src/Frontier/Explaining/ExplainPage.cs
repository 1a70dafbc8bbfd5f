// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Frontier.Decisions.Explaining;

namespace Frontier.Explaining;

/// <summary>An explanation as a page for a terminal: one block a stage, in their order.</summary>
internal static class ExplainPage
{
    /// <summary>Room for the longest label.</summary>
    private const int LabelWidth = 14;

    public static string Text(Explanation explanation)
    {
        var page = new StringBuilder();
        var request = explanation.Request;
        page.Append(CultureInfo.InvariantCulture, $"{request.Method} {(request.Https ? "https" : "http")}://{request.Host}{request.Target} from {request.Client}\n");
        if (explanation.Distribution is { } distribution)
        {
            Block(page, "Distribution", $"{distribution.Id} ({distribution.DomainName})");
            Line(page, "by", $"{distribution.MatchedName}: {distribution.Why} {Cite(distribution.Rule)}");
            if (distribution.Deployment is { } deployment)
            {
                Line(page, "side", $"{(deployment.Staging ? "staging, in the place of" : "primary,")} {deployment.PrimaryId}: {deployment.Why} {Cite(deployment.Rule)}");
            }
        }

        if (explanation.Behavior is { } behavior)
        {
            Write(page, behavior);
        }

        Block(page, "Access", explanation.Access.Allowed ? "allowed" : Invariant($"{explanation.Access.Status} {explanation.Access.Verdict}"));
        Line(page, "because", $"{explanation.Access.Why} {Cite(explanation.Access.Rule)}");
        Line(page, "to", explanation.Access.Location);
        if (explanation.Key is { } key)
        {
            Write(page, key);
        }

        if (explanation.Cache is { } cache)
        {
            Write(page, cache);
        }

        if (explanation.Lifetime is { } lifetime)
        {
            Write(page, lifetime);
        }

        if (explanation.Origin is { } origin)
        {
            Write(page, origin);
        }

        if (explanation.Answer is { } answer)
        {
            Write(page, answer);
        }

        return page.ToString().TrimEnd('\n');
    }

    private static void Write(StringBuilder page, ExplainedBehavior behavior)
    {
        Block(page, "Behavior", behavior.IsDefault ? "the default one" : behavior.Pattern);
        Line(page, "path", behavior.MatchedPath + (behavior.DefaultRootObject ? ", the default root object (DP-3.9)" : ""));
        foreach (var tried in behavior.Tried)
        {
            Line(page, "not", $"{tried.Pattern}: the path {tried.Why}");
        }

        Line(page, "protocol", behavior.ViewerProtocol);
        Line(page, "cache", Name(behavior.CachePolicy));
        Line(page, "origin", Name(behavior.OriginRequestPolicy));
        Line(page, "response", Name(behavior.ResponseHeadersPolicy));
    }

    private static void Write(StringBuilder page, ExplainedKey key)
    {
        Block(page, "Cache key", key.Text);
        foreach (var part in key.Parts)
        {
            Line(page, part.Part.ToLowerInvariant(), $"{(part.Text.Length == 0 ? "(empty)" : part.Text)}  {part.Why}");
        }

        LeftOut(page, key.LeftOut);
    }

    private static void Write(StringBuilder page, ExplainedCache cache)
    {
        Block(page, "Cache", cache.State.ToString().ToLowerInvariant() + (cache.Reason is { } reason ? $": {reason}" : ""));
        Line(page, "because", $"{cache.Why} {Cite(cache.Rule)}");
        if (cache.InvalidatedBySequence is { } sequence)
        {
            var paths = cache.InvalidationPaths is { IsDefault: false } list ? $" ({string.Join(", ", list)})" : "";
            Line(page, "by", Invariant($"{cache.InvalidationId ?? "an invalidation of before the edge's start"}{paths}, entry {sequence} of the log"));
        }

        Line(page, "under way", cache.BeingFetched ? "a fetch that this request would join (§17)" : null);
        if (cache.FreshUntil is { } until)
        {
            Line(page, "stored", Invariant($"{cache.Status}, {cache.BodyBytes} bytes, received {Time(cache.ReceivedAt!.Value)}, age {cache.AgeSeconds} s"));
            Line(page, "fresh until", Invariant($"{Time(until)} ({cache.FreshForSeconds} s)"));
            Line(page, "stale", Invariant($"while revalidating {cache.StaleWhileRevalidateSeconds} s, if the origin fails {(cache.StaleIfErrorSeconds is { } error ? Invariant($"{error} s") : "as long as it is kept")}"));
        }
    }

    private static void Write(StringBuilder page, ExplainedLifetime lifetime)
    {
        Block(page, "Time to live", lifetime.FreshFor is { } seconds ? Invariant($"{seconds} s") : $"not stored: {lifetime.NotStored}");
        Line(page, "because", $"{lifetime.Why} {Cite(lifetime.Rule)}");
        Line(page, "origin said", Said(lifetime));
        Line(page, "policy", Invariant($"MinTTL {lifetime.MinTtl}, DefaultTTL {lifetime.DefaultTtl}, MaxTTL {lifetime.MaxTtl}")
            + (lifetime.ErrorCachingMinTtl is { } errors ? Invariant($", ErrorCachingMinTTL {errors}") : ""));
    }

    private static string Said(ExplainedLifetime lifetime)
    {
        List<string> said = [Invariant($"{lifetime.Status}")];
        void Add(string name, long? value)
        {
            if (value is { } seconds)
            {
                said.Add(Invariant($"{name} {seconds}"));
            }
        }

        Add("s-maxage", lifetime.SharedMaxAge);
        Add("max-age", lifetime.MaxAge);
        Add("Expires in", lifetime.Expires);
        Add("Age", lifetime.Age == 0 ? null : lifetime.Age);
        return string.Join(", ", said.Concat(lifetime.Directives));
    }

    private static string Health(ExplainedHealth health)
    {
        var last = health.LastFailureAt is { } at ? Invariant($", the last at {at:u}: {health.LastFailure}") : "";
        return Invariant($"{health.Requests} requests, {health.Failures} failed{last}; first byte after {health.FirstByteMilliseconds} ms; {health.OpenConnections} connections");
    }

    private static void Write(StringBuilder page, ExplainedOrigin origin)
    {
        Block(page, origin.IsAsked ? "Origin" : "Origin, if it were asked", $"{origin.Id} at {origin.Address}");
        Line(page, "because", origin.Why);
        foreach (var parent in origin.Parents)
        {
            Line(page, "asked first", $"{parent.Tier} {parent.Node} at {parent.Address}: {parent.Why}{(parent.IsDown ? "; it is passed over, since it did not answer lately" : "")}");
        }

        foreach (var refusal in origin.Refusals)
        {
            Line(page, "refused", refusal);
        }

        Line(page, "health", origin.Health is { } health ? Health(health) : "never asked since the edge started");
        Line(page, "fails on", origin.FailoverStatuses is { IsDefault: false } statuses ? string.Join(", ", statuses) : null);
        Line(page, "request", $"{origin.Method} {origin.Target}");
        foreach (var field in origin.Fields)
        {
            Line(page, "", $"{field.Name}: {field.Value}  {field.Why}");
        }

        LeftOut(page, origin.LeftOut);
    }

    private static void Write(StringBuilder page, ExplainedAnswer answer)
    {
        Block(page, "Answer", Invariant($"{answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "none"}, {answer.Result}, {answer.BodyBytes} bytes{(answer.IsCut ? ", cut off" : "")}"));
        Line(page, "origin", answer.OriginStatus is { } status ? Invariant($"answered {status}") : answer.OriginFailure is { } failure ? $"failed: {failure}" : "was not asked by this request");
        foreach (var field in answer.OriginFields ?? [])
        {
            Line(page, "", field);
        }

        Line(page, "collapsed", answer.Collapsed ? "it joined another request's fetch (§17)" : null);
        Line(page, "Cache-Status", answer.CacheStatus);
        Line(page, "sent", "");
        foreach (var field in answer.Fields)
        {
            Line(page, "", field);
        }
    }

    private static void LeftOut(StringBuilder page, ImmutableArray<ExplainedOmission> omissions)
    {
        foreach (var omission in omissions)
        {
            Line(page, "left out", $"{omission.Kind} {omission.Name}  {omission.Why}");
        }
    }

    private static void Block(StringBuilder page, string title, string text) => page.Append(CultureInfo.InvariantCulture, $"\n{title}: {text}\n");

    /// <summary>Nothing for what is null.</summary>
    private static void Line(StringBuilder page, string label, string? text)
    {
        if (text is not null)
        {
            page.Append("  ").Append(label.PadRight(LabelWidth)).Append(text.TrimEnd()).Append('\n');
        }
    }

    private static string? Name(ExplainedPolicy? policy) => policy is null ? null : $"{policy.Name} ({policy.Id})";

    private static string Cite(string? rule) => rule is null ? "" : $"({rule})";

    private static string Time(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
