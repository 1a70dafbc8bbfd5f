// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Acme;

/// <summary>A certificate is requested, shown to be the edges' business, and issued (NB-6.4, NB-6.5).</summary>
public sealed class IssuanceTests
{
    private const string Name = AcmeWorld.Name;

    [Theory]
    [InlineData("EC_prime256v1")]
    [InlineData("RSA_2048")]
    public async Task A_certificate_is_issued_for_all_its_names_and_serves_a_distribution(string algorithm)
    {
        await using var world = await AcmeWorld.StartAsync();
        var body = AcmeWorld.Body(Name, "IMG.example.com", Name);
        body["KeyAlgorithm"] = algorithm;
        var arn = (await world.Control.AcmAsync("RequestCertificate", body)).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
        var pending = await world.DescribeAsync(arn);
        Assert.Equal(("PENDING_VALIDATION", "AMAZON_ISSUED", Name), (pending.GetProperty("Status").GetString(), pending.GetProperty("Type").GetString(), pending.GetProperty("DomainName").GetString()));
        var validation = pending.GetProperty("DomainValidationOptions")[0];
        Assert.Equal(("PENDING_VALIDATION", "DNS", "CNAME"), (validation.GetProperty("ValidationStatus").GetString(), validation.GetProperty("ValidationMethod").GetString(), validation.GetProperty("ResourceRecord").GetProperty("Type").GetString()));
        (await world.Control.AcmAsync("GetCertificate", Named(arn))).ExpectTargetError(400, "RequestInProgressException");

        await world.StatusComesAsync(arn, "ISSUED");

        Assert.Equal([Name, "img.example.com"], Assert.Single(world.Authority.Orders));
        var issued = await world.DescribeAsync(arn);
        Assert.Equal((algorithm, "SUCCESS"), (issued.GetProperty("KeyAlgorithm").GetString(), issued.GetProperty("DomainValidationOptions")[1].GetProperty("ValidationStatus").GetString()));
        Assert.False(issued.TryGetProperty("ImportedAt", out _));
        Assert.False(issued.TryGetProperty("FailureReason", out _));
        var text = (await world.Control.AcmAsync("GetCertificate", Named(arn))).Expect(200).Json();
        using var leaf = X509Certificate2.CreateFromPem(text.GetProperty("Certificate").GetString());
        Assert.True(leaf.MatchesHostname("img.example.com"));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", text.GetProperty("CertificateChain").GetString(), StringComparison.Ordinal);
        (await world.Control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: [Name, "img.example.com"])))).Expect(201);
        await world.PassUntilAsync(() => world.Edge.Challenges.IsEmpty && world.Edge.Snapshot is { Certificates.Length: 1 }); // nothing is answered any more
    }

    /// <summary>The authority may come to any edge.</summary>
    [Fact]
    public async Task The_authority_is_told_to_look_when_every_edge_in_service_knows_the_answer_and_no_sooner()
    {
        await using var world = await AcmeWorld.StartAsync();
        await using var other = new ListeningEdge(world.Control.Address, "other") { TakesChallenges = false };
        await world.PassUntilAsync(async () => (await world.Control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default)).Length == 2);
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Edge.Challenges.Length == 1);
        for (var i = 0; i < 100; i++)
        {
            world.Control.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await world.StatusAsync(arn);
        }

        Assert.DoesNotContain(world.Authority.Log, static call => call.Contains("/challenge/", StringComparison.Ordinal));
        Assert.Equal("PENDING_VALIDATION", await world.StatusAsync(arn));

        other.TakesChallenges = true;
        await world.StatusComesAsync(arn, "ISSUED");
        Assert.Single(world.Authority.Orders);
    }

    [Fact]
    public async Task Edges_that_never_hear_cost_the_order_and_the_message_names_them()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Edge.TakesChallenges = false;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Authority.Orders.Count == 1);
        await Eventually.IsTrueAsync(async () =>
        {
            world.Control.Clock.Advance(TimeSpan.FromSeconds(10));
            return (await world.DescribeAsync(arn)).TryGetProperty("FailureReason", out _);
        });
        Assert.Contains("have not heard what to answer the ACME server: edge.", await world.ProblemComesAsync(arn, "Edges"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_token_stands_for_the_same_request_for_an_hour()
    {
        await using var world = await AcmeWorld.StartAsync();
        async Task<string> AskAsync(string token, params string[] names)
        {
            var body = AcmeWorld.Body(names);
            body["IdempotencyToken"] = token;
            return (await world.Control.AcmAsync("RequestCertificate", body)).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
        }

        var first = await AskAsync("t1", Name);
        Assert.Equal(first, await AskAsync("t1", Name));
        Assert.NotEqual(first, await AskAsync("t1", "other.example.com"));
        Assert.NotEqual(first, await AskAsync("t2", Name));
        world.Control.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.NotEqual(first, await AskAsync("t1", Name));
    }

    [Theory]
    [InlineData("DomainName", "*.example.com", "wildcard")]
    [InlineData("DomainName", "example", "not a host name")]
    [InlineData("DomainName", "exa mple.com", "not a host name")]
    [InlineData("DomainName", "a..example.com", "not a host name")]
    [InlineData("DomainName", "münchen.example", "xn--")]
    [InlineData("ValidationMethod", "EMAIL", "ValidationMethod EMAIL is not supported")]
    [InlineData("KeyAlgorithm", "RSA_4096", "KeyAlgorithm RSA_4096 is not supported")]
    [InlineData("IdempotencyToken", "a b", "IdempotencyToken")]
    [InlineData("CertificateAuthorityArn", "arn:aws:acm-pca:us-east-1:1:certificate-authority/x", "CertificateAuthorityArn is not supported")]
    [InlineData("ManagedBy", "CLOUDFRONT", "ManagedBy is not supported")]
    public async Task What_cannot_be_had_is_refused_by_its_name(string member, string value, string words)
    {
        await using var world = await AcmeWorld.StartAsync();
        var body = AcmeWorld.Body();
        body[member] = value;
        var refused = (await world.Control.AcmAsync("RequestCertificate", body)).Expect(400);
        Assert.Contains(words, refused.Json().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("[]", (await world.Control.AcmAsync("ListCertificates")).Expect(200).Json().GetProperty("CertificateSummaryList").GetRawText());
        Assert.Empty(world.Authority.Orders);
    }

    [Fact]
    public async Task Without_an_authority_the_answer_says_which_flag_names_one()
    {
        await using var control = await TestControl.StartAsync();
        (await control.AcmAsync("RequestCertificate", AcmeWorld.Body())).ExpectTargetError(400, "ValidationException", "--acme-directory");
    }

    [Fact]
    public async Task Only_an_issued_certificate_can_be_attached_NB_6_4_and_what_was_requested_is_not_imported_over()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.Problem = "urn:ietf:params:acme:error:caa";
        world.Authority.Finds = static (_, _, _) => false;
        var arn = await world.RequestAsync();
        var attached = Distribution("r", Certified(arn, aliases: Name));
        Assert.Contains("not issued yet", (await world.Control.CallAsync("POST", "distribution", attached)).ExpectError(400, "InvalidViewerCertificate").ErrorMessage, StringComparison.Ordinal);

        await world.StatusComesAsync(arn, "FAILED");
        Assert.StartsWith("CAA_ERROR: www.example.com: looked in vain", await world.ProblemComesAsync(arn, "CAA"), StringComparison.Ordinal);
        Assert.Contains("never issued", (await world.Control.CallAsync("POST", "distribution", attached)).ExpectError(400, "InvalidViewerCertificate").ErrorMessage, StringComparison.Ordinal);
        using var own = Authority.Issue(Name);
        var import = ToImport(own);
        import["CertificateArn"] = arn;
        (await world.Control.AcmAsync("ImportCertificate", import)).ExpectTargetError(400, "ValidationException", "was requested");
        (await world.Control.AcmAsync("ResendValidationEmail", Named(arn))).ExpectTargetError(400, "InvalidStateException");
        (await world.Control.AcmAsync("RenewCertificate", Named(arn))).ExpectTargetError(400, "RequestInProgressException");
        (await world.Control.AcmAsync("DeleteCertificate", Named(arn))).Expect(200);
        Assert.Single(world.Authority.Orders); // what will never be issued is not asked for again
    }

    [Fact]
    public async Task A_certificate_that_is_deleted_in_the_middle_is_answered_for_no_more()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsSlow = true;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Edge.Challenges.Length == 1);
        (await world.Control.AcmAsync("DeleteCertificate", Named(arn))).Expect(200);
        await world.PassUntilAsync(() => world.Edge.Challenges.IsEmpty);
        (await world.Control.AcmAsync("DescribeCertificate", Named(arn))).ExpectTargetError(400, "ResourceNotFoundException");
    }
}
