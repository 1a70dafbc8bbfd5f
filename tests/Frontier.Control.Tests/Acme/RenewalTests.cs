// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Acme;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Acme;

/// <summary>What was issued is renewed with a third of its life left, and edges are told by the fingerprint alone (NB-6.3).</summary>
public sealed class RenewalTests
{
    private const string Name = AcmeWorld.Name;

    [Fact]
    public async Task A_certificate_in_use_is_renewed_in_time_and_one_that_nobody_uses_is_not()
    {
        await using var world = await AcmeWorld.StartAsync();
        var arn = await world.IssueAsync();
        var unused = await world.IssueAsync("unused.example.com");
        (await world.Control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: Name)))).Expect(201);
        await world.PassUntilAsync(() => world.Edge.Snapshot is { Certificates.Length: 1 });
        var before = world.Edge.Snapshot!;
        Assert.Equal(("ELIGIBLE", "INELIGIBLE"), ((await world.DescribeAsync(arn)).GetProperty("RenewalEligibility").GetString(), (await world.DescribeAsync(unused)).GetProperty("RenewalEligibility").GetString()));

        world.Control.Clock.Advance(TimeSpan.FromDays(5.9)); // of nine
        await world.StatusAsync(arn);
        Assert.Equal(2, world.Authority.Orders.Count);
        world.Control.Clock.Advance(TimeSpan.FromDays(0.2));
        await world.PassUntilAsync(() => world.Edge.Snapshot!.Certificates.Single().Fingerprint != before.Certificates.Single().Fingerprint);

        Assert.Equal([[Name], ["unused.example.com"], [Name]], world.Authority.Orders);
        Assert.Equal(before.Certificates.Single().Id, world.Edge.Snapshot!.Certificates.Single().Id);
        Assert.Equal("SUCCESS", (await world.DescribeAsync(arn)).GetProperty("RenewalSummary").GetProperty("RenewalStatus").GetString());
        world.Control.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(("ISSUED", "EXPIRED"), (await world.StatusAsync(arn), await world.StatusAsync(unused)));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_certificate_as_it_is_and_is_tried_again()
    {
        await using var world = await AcmeWorld.StartAsync();
        var arn = await world.IssueAsync();
        (await world.Control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: Name)))).Expect(201);
        world.Authority.Problem = "urn:ietf:params:acme:error:caa"; // which a first issue would end
        world.Authority.Finds = static (_, _, _) => false;
        (await world.Control.AcmAsync("RenewCertificate", Named(arn))).Expect(200);
        Assert.StartsWith("CAA_ERROR", await world.ProblemComesAsync(arn, "CAA"), StringComparison.Ordinal);
        Assert.Equal("ISSUED", await world.StatusAsync(arn));

        world.Authority.Finds = world.Edge.Answers;
        world.Control.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.PassUntilAsync(async () => (await world.DescribeAsync(arn)).GetProperty("RenewalSummary").GetProperty("RenewalStatus").GetString() == "SUCCESS");
        Assert.Equal(3, world.Authority.Orders.Count);
    }

    [Fact]
    public async Task What_was_imported_is_not_renewed()
    {
        await using var world = await AcmeWorld.StartAsync();
        var arn = await world.Control.ImportAsync(Name);
        (await world.Control.AcmAsync("RenewCertificate", Named(arn))).ExpectTargetError(400, "ValidationException", "import-certificate");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(5, 160)]
    [InlineData(6, 180)]
    [InlineData(1_000, 180)]
    public void Orders_that_come_to_nothing_are_made_again_less_and_less_often(int failures, int minutes)
    {
        var now = new DateTimeOffset(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
        var settings = CertificateSettings.Of(new Issuance { Names = [Name], KeyAlgorithm = "RSA_2048", RequestedAt = now, NextAt = now, Failures = failures });
        var next = IssuanceSchedule.After(settings, AcmeFault.OfOrder("no"), now);
        Assert.Equal((now.AddMinutes(minutes), failures + 1), (next.NextAt, next.Failures));
        Assert.False(IssuanceSchedule.IsDue(settings with { Issuance = next }, isUsed: false, now.AddMinutes(minutes).AddTicks(-1)));
        Assert.True(IssuanceSchedule.IsDue(settings with { Issuance = next }, isUsed: false, now.AddMinutes(minutes)));
    }
}
