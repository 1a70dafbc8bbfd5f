// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>RFC 9110, section 13.2.2: conditions in their order (DP-15.4, DP-15.5, DP-16.6).</summary>
public sealed class ConditionsTests
{
    private const string Modified = "Fri, 07 Aug 2026 12:00:00 GMT";
    private const string Before = "Fri, 07 Aug 2026 11:59:59 GMT";
    private const string After = "Fri, 07 Aug 2026 12:00:01 GMT";

    [Theory]
    [InlineData(ConditionVerdict.Proceed)]
    [InlineData(ConditionVerdict.Proceed, "If-Match: \"v1\"")]
    [InlineData(ConditionVerdict.Proceed, "If-Match: *")]
    [InlineData(ConditionVerdict.Proceed, "If-Match: \"v0\", \"v1\"")]
    [InlineData(ConditionVerdict.Proceed, "If-Match: \"v0\"", "If-Match: \"v1\"")]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: \"v2\"")]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: W/\"v1\"")]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match:")]
    [InlineData(ConditionVerdict.Proceed, "If-Unmodified-Since: " + Modified)]
    [InlineData(ConditionVerdict.Proceed, "If-Unmodified-Since: " + After)]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Unmodified-Since: " + Before)]
    [InlineData(ConditionVerdict.Proceed, "If-Unmodified-Since: rubbish")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: W/\"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: *")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: \"v0\", W/\"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: \"v0\"", "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.Proceed, "If-None-Match: \"v2\"")]
    [InlineData(ConditionVerdict.NotModified, "If-Modified-Since: " + Modified)]
    [InlineData(ConditionVerdict.NotModified, "If-Modified-Since: " + After)]
    [InlineData(ConditionVerdict.Proceed, "If-Modified-Since: " + Before)]
    [InlineData(ConditionVerdict.Proceed, "If-Modified-Since: rubbish")]
    public void Each_condition_alone_DP_15_4_DP_15_5(ConditionVerdict verdict, params string[] conditions) => Assert.Equal(verdict, Evaluate(conditions));

    [Theory]
    [InlineData(ConditionVerdict.Proceed, "If-Match: \"v1\"", "If-Unmodified-Since: " + Before)] // a date is ignored beside a tag
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: \"v2\"", "If-Unmodified-Since: " + After)]
    [InlineData(ConditionVerdict.Proceed, "If-None-Match: \"v2\"", "If-Modified-Since: " + After)]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: \"v1\"", "If-Modified-Since: " + Before)]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: \"v2\"", "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Unmodified-Since: " + Before, "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-Match: \"v1\"", "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-Match: \"v1\"", "If-Modified-Since: " + After)]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: \"v1\"", "If-Range: \"v2\"")]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: \"v2\"", "If-Range: \"v1\"")]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-None-Match: \"v2\"", "If-Range: \"v2\"")]
    public void Their_precedence_RFC_9110_section_13_2_2(ConditionVerdict verdict, params string[] conditions)
    {
        Assert.Equal(verdict, Evaluate(conditions));
        Assert.Equal(verdict, Evaluate([.. conditions.Reverse()]));
    }

    [Theory]
    [InlineData(ConditionVerdict.Proceed, "If-Range: \"v1\"")]
    [InlineData(ConditionVerdict.Proceed, "If-Range: " + Modified)]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: \"v2\"")]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: W/\"v1\"")]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: " + After)]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: " + Before)]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: rubbish")]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range:")]
    public void If_Range_wants_the_strong_tag_or_the_exact_date_DP_16_6(ConditionVerdict verdict, string condition) => Assert.Equal(verdict, Evaluate(condition));

    [Fact]
    public void A_weak_tag_never_matches_strongly_DP_16_6()
    {
        var stored = Sample.Headers("ETag: W/\"v1\"");

        Assert.Equal(ConditionVerdict.ProceedWithoutRange, Conditions.Evaluate(Sample.Headers("If-Range: W/\"v1\""), stored));
        Assert.Equal(ConditionVerdict.PreconditionFailed, Conditions.Evaluate(Sample.Headers("If-Match: W/\"v1\""), stored));
        Assert.Equal(ConditionVerdict.NotModified, Conditions.Evaluate(Sample.Headers("If-None-Match: \"v1\""), stored));
    }

    [Theory]
    [InlineData(ConditionVerdict.PreconditionFailed, "If-Match: \"v1\"")]
    [InlineData(ConditionVerdict.Proceed, "If-Match: *")] // there is a representation
    [InlineData(ConditionVerdict.Proceed, "If-None-Match: \"v1\"")]
    [InlineData(ConditionVerdict.NotModified, "If-None-Match: *")]
    [InlineData(ConditionVerdict.Proceed, "If-Modified-Since: " + After)]
    [InlineData(ConditionVerdict.Proceed, "If-Unmodified-Since: " + Before)]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: \"v1\"")]
    [InlineData(ConditionVerdict.ProceedWithoutRange, "If-Range: " + Modified)]
    public void Without_validators_only_the_star_speaks_of_the_object_RFC_9110_section_13_1(ConditionVerdict verdict, string condition) =>
        Assert.Equal(verdict, Conditions.Evaluate(Sample.Headers(condition), Sample.Headers("Content-Type: text/plain")));

    [Fact]
    public void Rubbish_never_throws_and_never_answers_without_a_body() =>
        Prop.ForAll<byte[], byte[]>((tag, date) =>
        {
            var request = Sample.Headers();
            request.Add("If-None-Match"u8, [(byte)'?', .. tag]);
            request.Add("If-Modified-Since"u8, date);
            request.Add("If-Range"u8, date);
            return Conditions.Evaluate(request, Sample.Headers("ETag: \"v1\"", "Last-Modified: " + Modified)) is ConditionVerdict.ProceedWithoutRange;
        }).QuickCheckThrowOnFailure();

    private static ConditionVerdict Evaluate(params string[] conditions) =>
        Conditions.Evaluate(Sample.Headers(conditions), Sample.Headers("ETag: \"v1\"", "Last-Modified: " + Modified));
}
