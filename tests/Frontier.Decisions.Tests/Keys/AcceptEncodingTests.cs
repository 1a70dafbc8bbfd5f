// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>§7: Accept-Encoding as key and origin get it.</summary>
public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData(true, true, "gzip, deflate, br", "br,gzip", "br,gzip")]
    [InlineData(true, true, "br, gzip", "br,gzip", "br,gzip")]
    [InlineData(true, true, "gzip, deflate", "gzip", "gzip")]
    [InlineData(true, true, "br", "br", "br")]
    [InlineData(true, false, "gzip, br", "gzip", "gzip")]
    [InlineData(true, false, "gzip", "gzip", "gzip")]
    [InlineData(true, false, "br", "", "identity")]
    [InlineData(false, true, "gzip, br", "br", "br")]
    [InlineData(false, true, "gzip", "", "identity")]
    [InlineData(true, true, "deflate", "", "identity")]
    [InlineData(true, true, "identity", "", "identity")]
    [InlineData(true, true, "", "", "identity")]
    [InlineData(true, true, null, "", "")]
    [InlineData(true, false, null, "", "")]
    [InlineData(false, true, null, "", "")]
    [InlineData(false, false, "gzip, br", "", "")]
    [InlineData(false, false, null, "", "")]
    public void The_header_becomes_one_of_few_values_as_the_table_of_section_7_says(bool gzip, bool brotli, string? header, string key, string origin)
    {
        var decided = Decide(gzip, brotli, header is null ? [] : [header]);

        Assert.Equal(key, Encoding.ASCII.GetString(decided.KeyValue));
        Assert.Equal(origin, Encoding.ASCII.GetString(decided.OriginValue));
    }

    [Theory]
    [InlineData("gzip;q=0", AcceptedEncodings.Identity)]
    [InlineData("gzip;q=0.000", AcceptedEncodings.Identity)]
    [InlineData("gzip; q=0.0 , br", AcceptedEncodings.Brotli)]
    [InlineData("gzip ; Q=0", AcceptedEncodings.Identity)]
    [InlineData("gzip;x=1;q=0", AcceptedEncodings.Identity)]
    [InlineData("gzip;q=0.001", AcceptedEncodings.Gzip)]
    [InlineData("gzip;q=1", AcceptedEncodings.Gzip)]
    [InlineData("gzip;q=0.1, br;q=0.9", AcceptedEncodings.BrotliAndGzip)]
    [InlineData("gzip;q=", AcceptedEncodings.Gzip)]
    [InlineData("gzip;", AcceptedEncodings.Gzip)]
    public void A_weight_of_zero_means_unsupported_and_others_are_ignored_DP_7_1(string header, AcceptedEncodings decided) =>
        Assert.Equal(decided, Decide(true, true, header));

    [Theory]
    [InlineData("*", AcceptedEncodings.Identity)]
    [InlineData("*;q=1, gzip;q=0", AcceptedEncodings.Identity)]
    [InlineData("GZIP, Br", AcceptedEncodings.BrotliAndGzip)]
    [InlineData("x-gzip, brotli, gzipped", AcceptedEncodings.Identity)]
    [InlineData(",, gzip\t,", AcceptedEncodings.Gzip)]
    public void Names_compare_without_case_and_a_star_names_nothing_DP_7_1(string header, AcceptedEncodings decided) =>
        Assert.Equal(decided, Decide(true, true, header));

    [Fact]
    public void Several_fields_are_one_list() => Assert.Equal(AcceptedEncodings.BrotliAndGzip, Decide(true, true, "gzip", "deflate", "br"));

    [Fact]
    public void The_header_of_an_HTTP_1_0_viewer_is_dropped_DP_7_3()
    {
        var request = Sample.Request("/", "Accept-Encoding: gzip, br");
        request.Version = HttpVersion.Http10;

        Assert.Equal(AcceptedEncodings.Unspecified, AcceptEncodingNormalization.Decide(request, Policy(true, true)));
    }

    [Fact]
    public void Rubbish_never_throws_and_never_enables_what_the_policy_does_not() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("gzip", "br", ",", ";", "q=", "0", ".", "*", " ")).ToArbitrary(), pieces =>
            Decide(true, false, string.Concat(pieces)) is AcceptedEncodings.Gzip or AcceptedEncodings.Identity).QuickCheckThrowOnFailure();

    /// <summary>Neither order nor repetition nor spelling nor weight nor the number of fields counts, else one object had many keys.</summary>
    [Fact]
    public void Only_the_set_of_acceptable_codings_counts_DP_7_1() =>
        Prop.ForAll(Gen.ListOf(Coding).ToArbitrary(), Gen.Elements(",", " , ", ",,\t").ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), static (codings, comma, policy) =>
        {
            var (gzip, brotli) = ((policy & 1) != 0, (policy & 2) != 0);
            var accepted = codings.Where(static coding => coding.IsAccepted).Select(static coding => coding.Name).ToHashSet();
            var expected = (gzip || brotli, brotli && accepted.Contains("br"), gzip && accepted.Contains("gzip")) switch
            {
                (false, _, _) => AcceptedEncodings.Unspecified,
                (_, true, true) => AcceptedEncodings.BrotliAndGzip,
                (_, true, false) => AcceptedEncodings.Brotli,
                (_, false, true) => AcceptedEncodings.Gzip,
                (_, false, false) => AcceptedEncodings.Identity,
            };
            return Decide(gzip, brotli, string.Join(comma, codings.Select(static coding => coding.Text))) == expected
                && (codings.Count == 0 || Decide(gzip, brotli, [.. codings.Select(static coding => coding.Text)]) == expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static Gen<(string Name, bool IsAccepted, string Text)> Coding =>
        from name in Gen.Elements("gzip", "br", "deflate", "x-gzip", "*")
        from isUpper in Gen.Elements(false, true)
        from weight in Gen.Elements("", ";q=1", "; q=0.5", ";q=0.001", " ;Q=0", ";q=0.0", "; q=0.000", ";v=1;q=0")
        select (name, !weight.EndsWith("=0", StringComparison.Ordinal) && !weight.EndsWith("0.0", StringComparison.Ordinal) && !weight.EndsWith("0.000", StringComparison.Ordinal),
            (isUpper ? name.ToUpperInvariant() : name) + weight);

    private static AcceptedEncodings Decide(bool gzip, bool brotli, params string[] headers) =>
        AcceptEncodingNormalization.Decide(Sample.Request("/", [.. headers.Select(header => "accept-encoding: " + header)]), Policy(gzip, brotli));

    private static CachePolicyModel Policy(bool gzip, bool brotli) =>
        new(Sample.CachePolicy with { AcceptEncodingGzip = gzip, AcceptEncodingBrotli = brotli });
}
