// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Certificates;

/// <summary>Which certificates a distribution may show its viewers (API-10.7, API-10.8, NB-6.2, NB-6.4).</summary>
public sealed class ViewerCertificateTests
{
    [Fact]
    public async Task Aliases_need_a_certificate_where_no_local_authority_certifies_them_API_10_7()
    {
        await using var control = await TestControl.StartAsync(static options => options with { EdgesCertifyAliases = false });
        var refused = (await control.CallAsync("POST", "distribution", Distribution("r", ("", "+" + Aliases("www.example.com"))))).ExpectError(400, "InvalidViewerCertificate");
        Assert.Contains("you must attach a trusted certificate", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("aws acm import-certificate", refused.ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("POST", "distribution", Distribution("r"))).Expect(201);

        var arn = await control.ImportAsync("www.example.com");
        (await control.CallAsync("POST", "distribution", Distribution("s", Certified(arn, aliases: "www.example.com")))).Expect(201);
    }

    [Fact]
    public async Task What_is_chosen_reaches_the_edges_and_comes_back_as_it_was()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("*.example.com");
        await control.ImportAsync("unused.example.com");
        var made = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, "TLSv1.3_2025", "a.example.com", "*.example.com")))).Expect(201);
        Assert.Equal((arn, "acm", "TLSv1.3_2025", "sni-only"), (made.Text("ACMCertificateArn"), made.Text("CertificateSource"), made.Text("MinimumProtocolVersion"), made.Text("SSLSupportMethod")));

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal((arn.Split('/')[1], "TLSv1.3_2025", 3), (snapshot.Distributions.Single().CertificateId, snapshot.Distributions.Single().SecurityPolicy, snapshot.Format));
        Assert.Equal(arn.Split('/')[1], snapshot.Certificates.Single().Id); // one that nobody uses is told to nobody
    }

    [Theory]
    [InlineData("*.example.com", "example.com")]
    [InlineData("*.example.com", "b.a.example.com")]
    [InlineData("*.example.com", "*.a.example.com")]
    [InlineData("www.example.com", "*.example.com")]
    [InlineData("www.example.com", "www.example.org")]
    public async Task Every_alias_must_be_covered_and_a_wildcard_covers_one_label_API_10_7(string certified, string alias)
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync(certified);
        var refused = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: alias)))).ExpectError(400, "InvalidViewerCertificate");
        Assert.Contains("doesn't cover the alternate domain name", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(alias, refused.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_that_is_moved_to_a_distribution_must_be_covered_there_as_well_API_6_6()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("*.example.com");
        var made = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "a.example.com")))).Expect(201);
        (await control.CallAsync("PUT", $"distribution/{made.Text("Id")}/associate-alias?Alias=www.example.org", [])).ExpectError(400, "InvalidViewerCertificate");
        (await control.CallAsync("PUT", $"distribution/{made.Text("Id")}/associate-alias?Alias=b.example.com", [])).Expect(200);
    }

    [Theory]
    [InlineData("arn:aws:acm:eu-west-1:000000000000:certificate/@", "us-east-1")]
    [InlineData("arn:aws:acm:us-east-1:111111111111:certificate/@", "another account")]
    [InlineData("arn:aws:acm:us-east-1:000000000000:certificate/none", "There is no certificate")]
    [InlineData("arn:aws:acm:us-east-1:000000000000:key/@", "not the ARN")]
    [InlineData("@", "There is no certificate")] // of ACM's, called as one of IAM's
    public async Task The_certificate_must_be_there_NB_6_2(string reference, string words)
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.ImportAsync("www.example.com")).Split('/')[1];
        var refused = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(reference.Replace("@", id, StringComparison.Ordinal), aliases: "www.example.com")))).ExpectError(400, "InvalidViewerCertificate");
        Assert.Contains(words, refused.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RSA_1024", false)]
    [InlineData("RSA_2048", true)]
    [InlineData("RSA_4096", true)]
    [InlineData("EC_prime256v1", true)]
    [InlineData("EC_secp384r1", false)]
    public async Task Its_key_must_be_of_a_kind_that_edges_serve_with_API_10_8(string kind, bool isTaken)
    {
        await using var control = await TestControl.StartAsync();
        using var certificate = kind switch
        {
            "EC_prime256v1" => Authority.Issue("www.example.com"),
            "EC_secp384r1" => Authority.IssueOfCurve(ECCurve.NamedCurves.nistP384, "www.example.com"),
            _ => Authority.IssueOfRsa(int.Parse(kind[4..], System.Globalization.CultureInfo.InvariantCulture), "www.example.com"),
        };
        var arn = (await control.AcmAsync("ImportCertificate", ToImport(certificate))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
        var answer = await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "www.example.com")));
        if (isTaken)
        {
            answer.Expect(201);
        }
        else
        {
            Assert.Contains(kind, answer.ExpectError(400, "InvalidViewerCertificate").ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_expired_one_is_not_attached_and_does_not_keep_its_distribution_from_changing_NB_6_4()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("*.example.com");
        var made = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "a.example.com")))).Expect(201);
        control.Clock.Advance(TimeSpan.FromDays(21));

        var refused = (await control.CallAsync("POST", "distribution", Distribution("s", Certified(arn, aliases: "b.example.com")))).ExpectError(400, "InvalidViewerCertificate");
        Assert.Contains("has expired", refused.ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("PUT", $"distribution/{made.Text("Id")}/config", Distribution("r", [.. Certified(arn, aliases: "a.example.com"), ("Comment", "changed")]), made.ETag)).Expect(200);
    }
}
