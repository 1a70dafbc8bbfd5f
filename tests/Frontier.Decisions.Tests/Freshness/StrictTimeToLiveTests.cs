// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Freshness;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Freshness;

/// <summary>RFC 9111, sections 3 and 4.2, as they are followed on request. DefaultTTL is 500 s and MaxTTL 1000 s throughout; it is noon.</summary>
public sealed class StrictTimeToLiveTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds; -1 for an answer that is not stored, 0 for one kept for its validator.</summary>
    [Theory]
    [InlineData(100, 200, "Cache-Control: max-age=100")]
    [InlineData(1000, 200, "Cache-Control: max-age=99999999999")]
    [InlineData(200, 200, "Cache-Control: max-age=100, s-maxage=200")]
    [InlineData(100, 200, "Cache-Control: max-age=\"100\"")]
    [InlineData(100, 200, "Cache-Control: max-age=100, max-age=1")]
    [InlineData(-1, 200, "Cache-Control: max-age='100'", "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(-1, 200, "Cache-Control: max-age=1x")]
    [InlineData(-1, 200, "Cache-Control: extension=\"max-age=100\", max-age=0")]
    [InlineData(300, 200, "Expires: Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(240, 200, "Date: Fri, 07 Aug 2026 11:59:00 GMT", "Expires: Fri, 07 Aug 2026 12:04:00 GMT")]
    [InlineData(-1, 200, "Expires: 0")]
    [InlineData(-1, 200, "Expires: Fri, 07 Aug 2026 12:05:00 GMT, Fri, 07 Aug 2026 12:05:00 GMT")]
    [InlineData(500, 200)]
    [InlineData(360, 200, "Last-Modified: Fri, 07 Aug 2026 11:00:00 GMT")]
    [InlineData(-1, 200, "Cache-Control: no-store, max-age=100")]
    [InlineData(100, 200, "Cache-Control: no-store, must-understand, max-age=100")]
    [InlineData(-1, 299, "Cache-Control: must-understand, max-age=100")]
    [InlineData(100, 299, "Cache-Control: max-age=100")]
    [InlineData(-1, 299)]
    [InlineData(500, 299, "Cache-Control: public")]
    [InlineData(-1, 302)]
    [InlineData(100, 302, "Cache-Control: max-age=100")]
    [InlineData(10, 404)]
    [InlineData(-1, 404, "Cache-Control: no-store")]
    [InlineData(-1, 503)]
    [InlineData(100, 503, "Cache-Control: max-age=100")]
    [InlineData(-1, 206, "Cache-Control: max-age=100")]
    [InlineData(-1, 200, "Cache-Control: private, max-age=100")]
    [InlineData(100, 200, "Cache-Control: private=\"Set-Cookie\", max-age=100")]
    [InlineData(-1, 200, "Cache-Control: max-age=100", "Vary: *")]
    [InlineData(-1, 200, "Cache-Control: no-cache, max-age=100")]
    [InlineData(0, 200, "Cache-Control: no-cache, max-age=100", "ETag: \"1\"")]
    [InlineData(0, 200, "Cache-Control: max-age=0", "Last-Modified: Fri, 07 Aug 2026 11:00:00 GMT")]
    public void An_answer_is_kept_as_the_origin_says_and_no_longer_than_MaxTTL_RFC_9111_section_3_and_4_2(int seconds, int status, params string[] headers) =>
        Assert.Equal(seconds, Seconds(Decide(status, headers)));

    [Theory]
    [InlineData(60, "Age: 40")]
    [InlineData(100, "Age: -40")]
    [InlineData(100, "Age: 40.5")]
    [InlineData(100, "Age: old")]
    [InlineData(60, "Age: 40, 0")]
    [InlineData(60, "Age: 40", "Age: 0")]
    [InlineData(-1, "Age: 2147483648")]
    [InlineData(70, "Date: Fri, 07 Aug 2026 11:59:30 GMT", "Age: 10")]
    [InlineData(60, "Date: Fri, 07 Aug 2026 11:59:30 GMT", "Age: 40")]
    [InlineData(100, "Date: Fri, 07 Aug 2026 13:00:00 GMT")]
    public void Its_age_is_taken_off_RFC_9111_section_4_2_3(int seconds, params string[] headers) =>
        Assert.Equal(seconds, Seconds(Decide(200, [.. headers, "Cache-Control: max-age=100"])));

    [Fact]
    public void The_time_it_took_to_come_is_part_of_its_age_RFC_9111_section_4_2_3()
    {
        var asked = new AskedFor(RequestMethod.Get, default, false) { ResponseDelay = TimeSpan.FromSeconds(7) };
        Assert.Equal(93, Seconds(Decide(asked, 200, "Cache-Control: max-age=100")));
    }

    [Theory]
    [InlineData(-1, "Cache-Control: max-age=100")]
    [InlineData(100, "Cache-Control: max-age=100, public")]
    [InlineData(100, "Cache-Control: max-age=100, must-revalidate")]
    [InlineData(100, "Cache-Control: s-maxage=100")]
    public void An_answer_to_Authorization_is_shared_only_where_it_says_so_RFC_9111_section_3_5(int seconds, string header) =>
        Assert.Equal(seconds, Seconds(Decide(new AskedFor(RequestMethod.Get, default, HasAuthorization: true), 200, header)));

    [Fact]
    public void A_request_may_forbid_storing_RFC_9111_section_5_2_1_5()
    {
        var asked = new AskedFor(RequestMethod.Get, RequestCacheControl.Parse(Sample.Headers("Cache-Control: no-store")), false);
        Assert.Equal(NotStored.AskedNotTo, Decide(asked, 200, "Cache-Control: max-age=100").Reason);
    }

    [Theory]
    [InlineData("must-revalidate", true)]
    [InlineData("proxy-revalidate", true)]
    [InlineData("s-maxage=50", true)]
    [InlineData("public", false)]
    public void Some_directives_forbid_serving_it_stale_RFC_9111_section_4_2_4(string directive, bool forbids) =>
        Assert.Equal(forbids, Decide(200, $"Cache-Control: max-age=100, {directive}").MustRevalidate);

    [Theory]
    [InlineData(100, "max-age=100", "Cache-Control: no-store")]
    [InlineData(100, "max-age=100", "Cache-Control: max-age=5", "Expires: 0")]
    [InlineData(100, "max-age=100;quality=high, other", "Cache-Control: no-store")]
    [InlineData(-1, "no-store", "Cache-Control: max-age=100")]
    [InlineData(-1, "private", "Cache-Control: max-age=100")]
    [InlineData(5, "max-age=\"100\"", "Cache-Control: max-age=5")]
    [InlineData(5, "max-age=100, &&&", "Cache-Control: max-age=5")]
    [InlineData(5, "max-age =100", "Cache-Control: max-age=5")]
    [InlineData(5, "", "Cache-Control: max-age=5")]
    [InlineData(100, "max-age=5, max-age=100", "Cache-Control: max-age=7")]
    public void The_header_for_CDNs_stands_in_for_Cache_Control_and_Expires_RFC_9213(int seconds, string targeted, params string[] headers) =>
        Assert.Equal(seconds, Seconds(Decide(200, [.. headers, $"CDN-Cache-Control: {targeted}"])));

    [Fact]
    public void Only_GET_and_HEAD_are_cached_RFC_9110_section_9_2_3() =>
        Assert.Equal(NotStored.Method, Decide(new AskedFor(RequestMethod.Post, default, false), 200, "Cache-Control: max-age=100").Reason);

    private static int Seconds(StorageVerdict verdict) => verdict.IsStored ? (int)verdict.FreshFor.TotalSeconds : -1;

    private static StorageVerdict Decide(int status, params string[] headers) => Decide(new AskedFor(RequestMethod.Get, default, false), status, headers);

    private static StorageVerdict Decide(AskedFor asked, int status, params string[] headers) => Storage.Decide(
        CachingRules.Strict, asked, Sample.Answer(status, headers), Sample.Distribution(),
        Sample.Behavior(new CachePolicyConfig { Id = "p", Name = "p", MinTtl = 60, DefaultTtl = 500, MaxTtl = 1000 }), Now);
}
