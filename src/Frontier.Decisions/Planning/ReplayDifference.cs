// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Decisions.Planning;

/// <summary>In what two outcomes of one request differ.</summary>
/// <param name="KeyOpen">The keys are the same as far as the log tells, and hold different things that it does not tell.</param>
/// <param name="Words">Each difference in words, without anything of the request itself, so that like requests are told together.</param>
internal readonly record struct ReplayDifference(bool Behavior, bool Origin, bool Status, bool Key, bool Ttl, bool KeyOpen, ImmutableArray<string> Words)
{
    public bool IsAny => Behavior || Origin || Status || Key || Ttl;

    public static ReplayDifference Between(ReplayOutcome was, ReplayOutcome will)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var status = was.Status != will.Status;
        if (status)
        {
            words.Add($"status {Word(was.Status)} → {Word(will.Status)}");
        }

        var origin = was.Origin is not null && will.Origin is not null && was.Origin != will.Origin;
        if (origin)
        {
            words.Add(Server(was.Origin!) is var one && Server(will.Origin!) is var other && one != other ? $"origin {one} → {other}" : "what the origin is asked for");
        }

        var key = was.Origin is not null && will.Origin is not null && was.Key != will.Key;
        if (key)
        {
            words.Add((was.Key, will.Key) switch
            {
                (null, _) => "cached, which it was not",
                (_, null) => "not cached any more",
                var (before, after) => $"cache key: {KeyParts(before, after)}",
            });
        }

        var ttl = was.Ttl is not null && will.Ttl is not null && was.Ttl != will.Ttl;
        if (ttl)
        {
            words.Add($"time to live {was.Ttl} → {will.Ttl}");
        }

        var untold = was.Key is not null && will.Key is not null ? was.Untold.Except(will.Untold).Concat(will.Untold.Except(was.Untold)).ToList() : [];
        if (untold.Count > 0)
        {
            words.Add($"cache key, by what the log does not tell: {string.Join(", ", untold)}");
        }

        var certain = was.Behavior != will.Behavior || origin || status || key || ttl;
        return new ReplayDifference(was.Behavior != will.Behavior, origin, status, key, ttl, untold.Count > 0 && !certain, words.ToImmutable());
    }

    private static string Word(int? status) => status is { } known ? known.ToString(System.Globalization.CultureInfo.InvariantCulture) : "(as the origin answers)";

    private static string Server(string url) => url[..url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2)];

    /// <summary>Which parts of the keys differ (the form of a key is that of <see cref="Keys.CacheKey"/>).</summary>
    private static string KeyParts(string before, string after)
    {
        var (one, other) = (Parts(before), Parts(after));
        return string.Join(", ", one.Except(other).Concat(other.Except(one)).Select(static part => part.Kind).Distinct());
    }

    private static HashSet<(string Kind, string Text)> Parts(string key)
    {
        var sections = key.Split('\0');
        var question = sections[1].IndexOf('?', StringComparison.Ordinal);
        var parts = new HashSet<(string, string)> { ("path", question < 0 ? sections[1] : sections[1][..question]) };
        if (question >= 0)
        {
            parts.Add(("query", sections[1][question..]));
        }

        foreach (var line in sections[2].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            parts.Add((Kind(line), line));
        }

        return parts;
    }

    /// <summary>A line is <c>header:name:value</c>, <c>cookie:name=value</c>, or the name of a header that the edge computes and its value.</summary>
    private static string Kind(string line)
    {
        var words = line.Split(':', 3);
        return words switch
        {
            ["header", var name, _] => name,
            ["cookie", ..] => $"cookie {words[1].Split('=')[0]}",
            ["encoding", ..] => "Accept-Encoding",
            _ => words[0],
        };
    }
}
