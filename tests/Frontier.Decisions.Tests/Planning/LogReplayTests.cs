// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Decisions.Planning;
using Frontier.Decisions.Tests.Linting;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Planning;

/// <summary>Which requests of a log a change would meet, and in what.</summary>
public sealed class LogReplayTests
{
    private const string Fields = "#Fields: cs-method cs-uri-stem cs-uri-query sc-status cs-protocol x-host-header cs(User-Agent) cs(Cookie) x-edge-result-type";

    private static readonly LintedSite Site = LintedSite.OfServer;

    [Fact]
    public void A_new_behavior_takes_its_paths_and_no_others()
    {
        var sum = Replay(Site, Site.With("/api/*"), Line("/api/items"), Line("/api"), Line("/index.html"));

        Assert.Equal((3L, 1L, 1L, 0L), (sum.Requests, sum.Changed, sum.Behavior, sum.Key));
        var group = Assert.Single(sum.Groups);
        Assert.Equal(("default", "/api/*", 1L), (group.Before, group.After, group.Requests));
        Assert.Equal("GET https://www.example.com/api/items", Assert.Single(group.Examples).Request);
    }

    [Fact]
    public void The_default_root_object_is_put_in_before_behaviors_are_tried_DP_3_10()
    {
        var sum = Replay(Site, Site.With("/index.html"), Line("/"));

        Assert.Equal("/index.html", Assert.Single(sum.Groups).After);
    }

    [Fact]
    public void A_parameter_in_the_key_changes_the_keys_of_those_that_send_it_DP_6_3()
    {
        var sum = Replay(Site, Site with { Cache = Site.Cache with { QueryStrings = Sample.Listed("w") } }, Line("/a", "w=1"), Line("/a", "v=1"), Line("/a"));

        // Who sends other parameters has the same key as before; the origin is sent the one that is in it.
        Assert.Equal((1L, 1L, 1L), (sum.Changed, sum.Key, sum.Origin));
        var group = Assert.Single(sum.Groups);
        Assert.Equal(["what the origin is asked for", "cache key: query"], group.Changes);
        Assert.Equal("E1A2B3C4D5E6F7%00/a?w=1%00", group.Examples[0].After.Key);
    }

    [Fact]
    public void Cookies_of_the_key_are_compared_where_the_log_has_them_and_told_of_where_not_DP_6_6()
    {
        var after = Site with { Cache = Site.Cache with { Cookies = Sample.Listed("session") } };

        var known = Replay(Site, after, Line("/a", cookie: "session=1;%20other=2"));
        var unknown = Replay(Site, after, Line("/a"));

        Assert.Equal((1L, 1L, 0L), (known.Changed, known.Key, known.KeyOpen));
        Assert.Equal(["cache key: cookie session"], Assert.Single(known.Groups).Changes);
        Assert.Equal((0L, 0L, 1L), (unknown.Changed, unknown.Key, unknown.KeyOpen));
        Assert.Contains("Cookie (session)", unknown.Untold);
    }

    [Fact]
    public void A_header_that_the_log_does_not_tell_leaves_the_key_open()
    {
        var sum = Replay(Site, Site with { Cache = Site.Cache with { Headers = Sample.Listed("Origin", "User-Agent") } }, Line("/a", agent: "curl/8"), Line("/a"));

        Assert.Equal((1L, 1L), (sum.Key, sum.KeyOpen));
        Assert.Equal(["Accept-Encoding (gzip, br)", "Origin"], sum.Untold);
    }

    [Fact]
    public void A_redirect_to_https_meets_plain_requests_alone_DP_4_1()
    {
        var open = Site with { Behavior = Site.Behavior with { ViewerProtocol = ViewerProtocol.AllowAll } };

        var sum = Replay(open, Site, Line("/a", protocol: "http"), Line("/a"), Line("/a", protocol: "http", method: "HEAD"));

        Assert.Equal((3L, 2L, 2L), (sum.Requests, sum.Changed, sum.Status));
        Assert.Equal(["status 200 → 301"], Assert.Single(sum.Groups).Changes);
    }

    [Fact]
    public void A_method_that_is_no_longer_allowed_is_refused_and_one_that_is_goes_to_the_origin_DP_4_3()
    {
        var writes = Site with { Behavior = Site.Behavior with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"] } };

        Assert.Equal(["status 200 → 403"], Assert.Single(Replay(writes, Site, Line("/a", method: "POST")).Groups).Changes);
        Assert.Equal(["status 403 → (as the origin answers)"], Assert.Single(Replay(Site, writes, Line("/a", method: "POST", status: 403)).Groups).Changes);
    }

    [Fact]
    public void An_error_page_changes_the_status_of_errors_alone_DP_19_6()
    {
        var paged = Site.WithErrors(new ErrorResponseConfig(404, 10) { PagePath = "/404.html", PageStatus = 200 });

        Assert.Equal(["status 404 → 200"], Assert.Single(Replay(Site, paged, Line("/a", status: 404), Line("/b")).Groups).Changes);
        Assert.Equal(["status 200 → 404"], Assert.Single(Replay(paged, Site, Line("/a", result: "Error"), Line("/b")).Groups).Changes);
    }

    [Fact]
    public void Times_to_live_are_compared_by_what_the_origin_may_have_said_DP_14_1()
    {
        var sum = Replay(Site, Site with { Cache = Site.Cache with { MinTtl = 0, DefaultTtl = 60, MaxTtl = 600 } }, Line("/a"), Line("/b", status: 304), Line("/c", status: 404));

        Assert.Equal((3L, 3L), (sum.Changed, sum.Ttl));
        var (pages, errors) = (sum.Groups[0], sum.Groups[1]);
        Assert.Equal(
            ["time to live 86400 s, between 1 s and 31536000 s as the origin says, 1 s where it says no-store → 60 s, between not stored and 600 s as the origin says, not stored where it says no-store"],
            pages.Changes);
        Assert.Equal(2, pages.Requests);
        Assert.Equal(new TtlBounds(10, 10, 600, 10), errors.Examples[0].After.Ttl);
    }

    [Fact]
    public void Caching_that_is_turned_off_is_told_as_that_DP_6_13() =>
        Assert.Equal(["not cached any more"], Assert.Single(Replay(Site, Site with { Behavior = Site.Behavior with { CachePolicyId = "disabled" } }, Line("/a")).Groups).Changes);

    [Fact]
    public void Another_origin_keeps_the_key_DP_6_12()
    {
        var sum = Replay(Site, Site with { Distribution = Site.Distribution with { Origins = [LintedSite.Server with { DomainName = "new.example.com" }] } }, Line("/a"));

        Assert.Equal((1L, 0L), (sum.Origin, sum.Key));
        Assert.Equal(["origin https://app.example.com → https://new.example.com"], Assert.Single(sum.Groups).Changes);
    }

    [Fact]
    public void Lines_of_another_configuration_and_of_no_log_are_counted()
    {
        var sum = Replay(Site, Site, Line("/a", protocol: "http"), Line("/a", protocol: "http", status: 301), "nonsense", "# a remark");

        Assert.Equal((2L, 1L, 1L, 0L), (sum.Requests, sum.NotAsLogged, sum.Unreadable, sum.Changed));
    }

    [Fact]
    public void A_distribution_that_is_switched_off_refuses_everything_DP_2_4() =>
        Assert.Equal(["status 200 → 403"], Assert.Single(Replay(Site, Site with { Distribution = Site.Distribution with { Enabled = false } }, Line("/a")).Groups).Changes);

    [Fact]
    public void Against_itself_a_configuration_changes_nothing() => Prop.ForAll(Lines.ToArbitrary(), static lines =>
    {
        var site = Site.With("/a/*", "*.jpg").WithErrors(new ErrorResponseConfig(404, 10) { PagePath = "/404.html", PageStatus = 200 });
        var sum = Replay(site, site, [.. lines]);

        Assert.Equal((lines.Count, 0L, 0L, 0), (sum.Requests, sum.Changed, sum.KeyOpen, sum.Groups.Length));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_of_a_log_add_up_to_the_whole() => Prop.ForAll(Lines.ToArbitrary(), Lines.ToArbitrary(), static (first, second) =>
    {
        var after = Site.With("/a/*") with { Cache = Site.Cache with { DefaultTtl = 5 } };
        var (whole, sum) = (Replay(Site, after, [.. first, .. second]), Replay(Site, after, [.. first]).Plus(Replay(Site, after, [.. second])));

        Assert.Equal(Counts(whole), Counts(sum));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Kinds_of_change_are_bounded_and_what_is_beyond_is_counted()
    {
        var many = Enumerable.Range(0, ReplaySummary.MostGroups + 20).ToList();
        var after = Site.With([.. many.Select(static number => $"/{number}/*")]);

        var sum = Replay(Site, after, [.. many.Select(static number => Line($"/{number}/x"))]);

        Assert.Equal((ReplaySummary.MostGroups, 20L), (sum.Groups.Length, sum.Ungrouped));
        Assert.Equal((ReplaySummary.MostGroups, 40L), sum.Plus(sum) is var twice ? (twice.Groups.Length, twice.Ungrouped) : default);
        Assert.Equal(sum.Changed, sum.Groups.Sum(static group => group.Requests) + sum.Ungrouped);
    }

    private static Gen<List<string>> Lines =>
        from lines in Gen.ListOf(
            from path in Gen.Elements("/", "/a/b", "/c.jpg", "/a//../c.jpg", "/%2541")
            from method in Gen.Elements("GET", "HEAD", "POST", "PROPFIND")
            from status in Gen.Elements(200, 206, 301, 304, 403, 404, 503)
            from protocol in Gen.Elements("http", "https", "wss")
            from result in Gen.Elements("Hit", "Error")
            select Line(path, "x=1", method, status, protocol, result: result))
        select lines.ToList();

    private static string Counts(ReplaySummary sum)
    {
        var groups = sum.Groups.Select(static group => $"{group.Before} {group.After} {group.Requests} {string.Join('|', group.Changes)}").Order(StringComparer.Ordinal);
        return $"{sum.Requests} {sum.Changed} {sum.Behavior} {sum.Ttl} {sum.NotAsLogged}\n{string.Join('\n', groups)}";
    }

    private static ReplaySummary Replay(LintedSite before, LintedSite after, params string[] lines)
    {
        var replay = new LogReplay(Model(before), Model(after), new LogLineReader());
        foreach (var line in lines.Prepend(Fields))
        {
            replay.Add(line);
        }

        return replay.Summary;
    }

    private static DistributionModel Model(LintedSite site) => site.Compile().Model!;

    private static string Line(string path, string query = "-", string method = "GET", int status = 200, string protocol = "https", string agent = "-", string cookie = "-", string result = "Miss") =>
        $"{method}\t{path}\t{query}\t{status}\t{protocol}\twww.example.com\t{agent}\t{cookie}\t{result}";
}
