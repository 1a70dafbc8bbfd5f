// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Deployment;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Deployment;

/// <summary>§28: which side serves, as a function of policy, request, lot and time.</summary>
public sealed class StagingChoiceTests
{
    private static readonly SessionsConfig Sessions = new("E1", IdleSeconds: 300, MaximumSeconds: 600);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Theory]
    [InlineData(true, StagingReason.Header, "aws-cf-cd-try: yes")]
    [InlineData(true, StagingReason.Header, "AWS-CF-CD-Try: yes", "Other: 1")]
    [InlineData(false, StagingReason.NoHeader)]
    [InlineData(false, StagingReason.NoHeader, "aws-cf-cd-try: Yes")]
    [InlineData(false, StagingReason.NoHeader, "aws-cf-cd-try: ")]
    [InlineData(false, StagingReason.NoHeader, "aws-cf-cd-other: yes")]
    [InlineData(false, StagingReason.NoHeader, "aws-cf-cd-try: yes", "aws-cf-cd-try: yes")]
    [InlineData(false, StagingReason.NoHeader, "aws-cf-cd-try: yes, yes")]
    public void A_header_decides_by_its_exact_value_DP_28_1(bool isStaging, StagingReason reason, params string[] headers)
    {
        var policy = Policy(new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = "s", HeaderName = "aws-cf-cd-try", HeaderValue = "yes" });
        foreach (var draw in new[] { 0, 0.999 })
        {
            Assert.Equal(new StagingVerdict(isStaging, reason, null), StagingChoice.Decide(policy, Headers(headers), draw, Now));
        }
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0.15, 0, true)]
    [InlineData(0.15, 0.1499, true)]
    [InlineData(0.15, 0.15, false)]
    [InlineData(0.15, 0.9999, false)]
    [InlineData(1, 0.9999, true)]
    public void A_weight_decides_by_lot_and_the_header_means_nothing_then_DP_28_1(double weight, double draw, bool isStaging) =>
        Assert.Equal(
            new StagingVerdict(isStaging, StagingReason.Lot, null),
            StagingChoice.Decide(Weighed(weight, null), Headers("aws-cf-cd-try: yes", "Cookie: aws-cf-cd-session=E1.s.999900.999990"), draw, Now));

    [Fact]
    public void A_session_begins_by_lot_and_goes_on_whatever_is_drawn_later_DP_28_2()
    {
        var policy = Weighed(0.15, Sessions);
        foreach (var (draw, isStaging) in new[] { (0.1, true), (0.2, false) })
        {
            var first = StagingChoice.Decide(policy, Headers(), draw, Now);
            Assert.Equal((isStaging, StagingReason.Lot), (first.IsStaging, first.Reason));

            var cookie = first.Session!.Value.ToSetCookie(Sessions, isHttps: true);
            Assert.Equal($"aws-cf-cd-session=E1.{(isStaging ? 's' : 'p')}.1000000.1000000; Path=/; Max-Age=300; HttpOnly; Secure", cookie);
            foreach (var other in new[] { 0, 0.5, 0.9999 })
            {
                var next = StagingChoice.Decide(policy, Headers($"Cookie: a=b; {cookie.Split(';')[0]}"), other, Now.AddSeconds(299));
                Assert.Equal(new StagingVerdict(isStaging, StagingReason.Session, new DeploymentSession(isStaging, 1_000_000, 1_000_299)), next);
            }
        }
    }

    /// <summary>Idle 300 s, at most 600 s: the sliding end never passes the fixed one.</summary>
    [Theory]
    [InlineData(299, 299, true, 300)]
    [InlineData(300, 300, false, 300)]
    [InlineData(550, 10, true, 50)]
    [InlineData(599, 299, true, 1)]
    [InlineData(600, 1, false, 300)]
    [InlineData(-1, -1, false, 300)]
    [InlineData(10, 20, false, 300)]
    public void A_session_ends_when_it_was_idle_or_grew_old_DP_28_2(int began, int seen, bool holds, int maxAge)
    {
        var cookie = $"Cookie: aws-cf-cd-session=E1.s.{1_000_000 - began}.{1_000_000 - seen}";

        var verdict = StagingChoice.Decide(Weighed(0, Sessions), Headers(cookie), 0.5, Now);

        Assert.Equal(holds ? (true, StagingReason.Session) : (false, StagingReason.Lot), (verdict.IsStaging, verdict.Reason));
        Assert.Contains($"Max-Age={maxAge}; HttpOnly", verdict.Session!.Value.ToSetCookie(Sessions, isHttps: false), StringComparison.Ordinal);
        Assert.DoesNotContain("Secure", verdict.Session.Value.ToSetCookie(Sessions, isHttps: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("E2.s.999900.999990")]
    [InlineData("E1.x.999900.999990")]
    [InlineData("E1.s.999900")]
    [InlineData("E1.s.999900.999990.1")]
    [InlineData("E1.s.-5.999990")]
    [InlineData("E1.s.999900.99999999999999999999")]
    [InlineData("E1.s.999900.+999990")]
    [InlineData("E1.s..")]
    [InlineData("")]
    public void A_cookie_of_another_epoch_or_of_no_sense_is_none_DP_28_2(string value) =>
        Assert.Equal(StagingReason.Lot, StagingChoice.Decide(Weighed(0, Sessions), Headers($"Cookie: aws-cf-cd-session={value}"), 0.5, Now).Reason);

    [Fact]
    public void The_share_of_sessions_that_go_to_staging_is_the_weight()
    {
        var random = new Random(7);
        var policy = Weighed(0.15, null);
        var staged = Enumerable.Range(0, 20_000).Count(_ => StagingChoice.Decide(policy, Headers(), random.NextDouble(), Now).IsStaging);
        Assert.InRange(staged, 2_700, 3_300);
    }

    [Theory]
    [InlineData("", "Cookie: aws-cf-cd-session=E1.s.1.2")]
    [InlineData("Cookie: a=b; c=d", "Cookie: a=b; aws-cf-cd-session=E1.s.1.2; c=d")]
    [InlineData("Cookie: a=b", "Cookie: aws-cf-cd-session=1;aws-cf-cd-session;  a=b")]
    [InlineData("Cookie: aws-cf-cd-sessions=1; x-aws-cf-cd-session=2", "Cookie: aws-cf-cd-sessions=1; x-aws-cf-cd-session=2")]
    [InlineData("Cookie: b=1|Cookie: a=1", "Cookie: aws-cf-cd-session=1; a=1", "Cookie: b=1", "Cookie: aws-cf-cd-session=2")]
    public void The_cookie_is_taken_out_of_the_request_and_no_other_is_DP_28_2(string left, params string[] headers)
    {
        var request = Headers(headers);
        DeploymentSession.RemoveFrom(request);
        Assert.Equal(left, string.Join('|', Enumerable.Range(0, request.Count).Select(i => $"{request.NameText(i)}: {request.ValueText(i)}")));
    }

    [Fact]
    public void Reading_never_fails_and_a_written_session_is_read_back() =>
        Prop.ForAll<NonNull<string>, PositiveInt, PositiveInt>((noise, age, idle) =>
        {
            var latin = new string([.. noise.Get.Where(static character => character is > ' ' and < '\u007F' and not ';')]);
            _ = StagingChoice.Decide(Weighed(0.1, Sessions), Headers($"Cookie: aws-cf-cd-session={latin}"), 0.5, Now);

            var session = new DeploymentSession(age.Get % 2 == 0, 1_000_000 - (age.Get % 600) - 1, 1_000_000 - Math.Min(idle.Get % 299, age.Get % 600) - 1);
            var cookie = session.ToSetCookie(Sessions, true).Split(';')[0];
            return !DeploymentSession.TryRead(Headers($"Cookie: {cookie}"), Sessions, 1_000_000, out var again) ? 1_000_000 - session.Began >= 600 : again == session;
        }).QuickCheckThrowOnFailure();

    private static ContinuousDeploymentModel Weighed(double weight, SessionsConfig? sessions) =>
        Policy(new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = "s", Weight = weight, Sessions = sessions });

    private static ContinuousDeploymentModel Policy(ContinuousDeploymentConfig config) => new(config, Sample.Distribution());

    private static HeaderList Headers(params string[] headers) => Sample.Answer(200, headers).Headers;
}
