// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Domain;

/// <summary>API-5.13: what is written of a policy reads back as the same.</summary>
public sealed class PolicyRoundTripTests
{
    private static readonly string[] Words = ["", " ", "a", "with space", "<&>\"'", "line\r\nend", "日本🙂"];
    private static readonly string[] Names = ["a", "X-Name", "CloudFront-Viewer-Country", "<&>", "*"];

    [Fact]
    public void A_cache_policy_that_is_written_reads_back_the_same() => Check(
        random => new CachePolicySettings
        {
            Name = One(random, Words),
            Comment = One(random, Words),
            MinTtl = random.NextInt64(),
            DefaultTtl = random.NextInt64(),
            MaxTtl = random.NextInt64(),
            Gzip = Coin(random),
            Brotli = Coin(random),
            Headers = Pick(random, Selection.None, Selection.Whitelist),
            Cookies = Pick(random, Enum.GetValues<Selection>()),
            QueryStrings = Pick(random, Enum.GetValues<Selection>()),
        },
        CachePolicyDocument.Read, CachePolicyDocument.Write);

    [Fact]
    public void An_origin_request_policy_that_is_written_reads_back_the_same() => Check(
        random => new OriginRequestPolicySettings
        {
            Name = One(random, Words),
            Comment = One(random, Words),
            Headers = One(random, [.. Enum.GetValues<OriginRequestHeaders>().Where(headers => headers != OriginRequestHeaders.LegacyDefault)]),
            HeaderNames = Many(random, Names),
            Cookies = Pick(random, Enum.GetValues<Selection>()),
            QueryStrings = Pick(random, Enum.GetValues<Selection>()),
        },
        OriginRequestPolicyDocument.Read, OriginRequestPolicyDocument.Write);

    [Fact]
    public void A_response_headers_policy_that_is_written_reads_back_the_same() => Check(
        random => new ResponseHeadersPolicySettings
        {
            Name = One(random, Words),
            Comment = One(random, Words),
            Cors = Coin(random) ? null : new CorsConfig
            {
                AllowOrigins = Many(random, Names),
                AllowHeaders = Many(random, Names),
                AllowMethods = Many(random, [.. Vocabulary.CorsMethod]),
                AllowCredentials = Coin(random),
                ExposeHeaders = Many(random, Names),
                MaxAgeSeconds = Coin(random) ? null : random.Next(),
                OriginOverride = Coin(random),
            },
            Security = Coin(random) ? null : new SecurityHeaders
            {
                XssProtection = Coin(random) ? null : new XssProtection(Coin(random), Coin(random), Coin(random), Coin(random) ? null : "https://r.example/?a&b"),
                FrameOptions = Coin(random) ? null : new SecurityValue(One(random, [.. Vocabulary.FrameOption]), Coin(random)),
                ReferrerPolicy = Coin(random) ? null : new SecurityValue(One(random, [.. Vocabulary.ReferrerPolicy]), Coin(random)),
                ContentSecurityPolicy = Coin(random) ? null : new SecurityValue(One(random, Words), Coin(random)),
                ContentTypeOptionsOverride = Coin(random) ? null : Coin(random),
                StrictTransportSecurity = Coin(random) ? null : new StrictTransport(Coin(random), random.Next(), Coin(random), Coin(random)),
            },
            ServerTiming = Coin(random) ? null : new ServerTiming(Coin(random), Coin(random) ? null : random.Next(1_000_001) / 10_000m),
            CustomHeaders = [.. Many(random, Names).Select(name => new AddedHeaderConfig(name, One(random, Words), Coin(random)))],
            RemovedHeaders = Many(random, Names),
        },
        ResponseHeadersPolicyDocument.Read, ResponseHeadersPolicyDocument.Write);

    private static void Check<T>(Func<Random, T> make, Func<ElementReader, T> read, Func<T, XElement> write)
        where T : PolicySettings => Prop.ForAll<int>(seed =>
        {
            var text = XmlText.Write(write(make(new Random(seed))));
            var failed = ElementReader.ReadRoot(XmlText.Read(text), read).Failed(out var error, out var again);
            return !failed && XmlText.Write(write(again!)) == text ? true : throw new InvalidOperationException(error?.Message ?? text);
        }).QuickCheckThrowOnFailure();

    private static SelectionConfig Pick(Random random, params Selection[] selections)
    {
        var selection = One(random, selections);
        return new SelectionConfig(selection, selection is Selection.Whitelist or Selection.AllExcept ? Many(random, Names) : []);
    }

    private static bool Coin(Random random) => random.Next(2) == 0;

    private static T One<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];

    private static ImmutableArray<string> Many(Random random, IReadOnlyList<string> among) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => One(random, among))];
}
