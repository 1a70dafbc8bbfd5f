// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>§6 as one law: keys are equal exactly where everything the policy takes is equal.</summary>
public sealed class CacheKeyPropertyTests
{
    private static readonly CachePolicyConfig Policy = Sample.CachePolicy with
    {
        Headers = Sample.Listed("X-One", "X-Two", "CloudFront-Forwarded-Proto"),
        Cookies = Sample.Listed("c1", "c2"),
        QueryStrings = Sample.Listed("q1", "q2"),
        AcceptEncodingGzip = true,
    };

    // Values that try to look like another part of the key; NUL and line feed stand in no request that was let in.
    private static readonly string[] Values =
        ["", "1", "header:X-Two:1", "cookie:c1=1", "encoding:gzip", "X-Two:1", "c2=1", "method:OPTIONS", "1, 2", "CloudFront-Forwarded-Proto:https"];

    [Fact]
    public void Keys_are_equal_exactly_when_all_keyed_parts_are() =>
        Prop.ForAll(Asks.ToArbitrary(), Asks.ToArbitrary(), (one, other) => (one.Key() == other.Key()) == (one.KeyedParts() == other.KeyedParts()))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void A_change_of_one_keyed_part_changes_the_key() =>
        Prop.ForAll(Asks.ToArbitrary(), Asks.ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (ask, other, part) =>
        {
            var changed = part switch
            {
                0 => ask with { Path = other.Path },
                1 => ask with { IsOptions = other.IsOptions },
                2 => ask with { IsHttps = other.IsHttps },
                3 => ask with { Gzip = other.Gzip },
                4 => ask with { Header = other.Header },
                5 => ask with { OtherHeader = other.OtherHeader },
                6 => ask with { Cookie = other.Cookie },
                _ => ask with { Parameter = other.Parameter },
            };
            return changed == ask || changed.Key() != ask.Key();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void A_change_of_what_is_not_keyed_never_changes_it() =>
        Prop.ForAll(Asks.ToArbitrary(), Gen.Elements(Values).ToArbitrary(), (ask, noise) => (ask with { Noise = noise }).Key() == ask.Key())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<Ask> Asks =>
        from path in Gen.Elements("/", "/a", "/a%3Fq1=1", "/header:X-One:1")
        from isOptions in Gen.Elements(false, true)
        from isHttps in Gen.Elements(false, true)
        from gzip in Gen.Elements(false, true)
        from header in Gen.Elements<string?>([null, .. Values])
        from otherHeader in Gen.Elements<string?>([null, .. Values])
        from cookie in Gen.Elements<string?>([null, .. Values])
        from parameter in Gen.Elements<string?>([null, .. Values])
        from noise in Gen.Elements(Values)
        select new Ask(path, isOptions, isHttps, gzip, header, otherHeader, cookie, parameter, noise);

    private sealed record Ask(
        string Path, bool IsOptions, bool IsHttps, bool Gzip, string? Header, string? OtherHeader, string? Cookie, string? Parameter, string Noise)
    {
        public object KeyedParts() => (Path, IsOptions, IsHttps, Gzip, Header, OtherHeader, Cookie, Parameter);

        public string Key()
        {
            List<string> headers = [$"X-Three: {Noise}", $"cookie: c3={Noise}", $"Accept-Encoding: deflate{(Gzip ? ", gzip" : "")}"];
            Add(headers, "X-One: ", Header);
            Add(headers, "x-two: ", OtherHeader);
            Add(headers, "Cookie: c1=", Cookie);
            var request = Sample.Request($"{Path}?q3={Noise}{(Parameter is null ? "" : "&q1=" + Parameter)}", [.. headers]);
            request.SetMethod(IsOptions ? "OPTIONS" : "GET");
            request.IsHttps = IsHttps;
            request.Version = Noise.Length == 0 ? HttpVersion.Http11 : HttpVersion.Http2;
            return Sample.Key(request, Sample.Behavior(Policy));
        }

        private static void Add(List<string> headers, string name, string? value)
        {
            if (value is not null)
            {
                headers.Add(name + value);
            }
        }
    }
}
