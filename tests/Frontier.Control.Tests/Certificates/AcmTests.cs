// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Certificates;

/// <summary>The API of certificates (<c>neighbours.md</c> §6).</summary>
public sealed class AcmTests
{
    [Fact]
    public async Task An_imported_certificate_is_described_and_given_back_without_its_key_NB_6_2()
    {
        await using var control = await TestControl.StartAsync();
        var (issuer, leaf) = Authority.IssueByIntermediate("www.example.com", "*.example.com");
        using (issuer)
        using (leaf)
        {
            var arn = (await control.AcmAsync("ImportCertificate", ToImport(leaf, issuer))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
            Assert.Matches("^arn:aws:acm:us-east-1:000000000000:certificate/[0-9a-f-]{36}$", arn);

            var described = (await control.AcmAsync("DescribeCertificate", Named(arn))).Expect(200).Json().GetProperty("Certificate");
            Assert.Equal(
                (arn, "www.example.com", "ISSUED", "IMPORTED", "EC_prime256v1", "SHA256WITHECDSA", "CN=Frontier test intermediate"),
                (Text(described, "CertificateArn"), Text(described, "DomainName"), Text(described, "Status"), Text(described, "Type"), Text(described, "KeyAlgorithm"), Text(described, "SignatureAlgorithm"), Text(described, "Issuer")));
            Assert.Equal(["www.example.com", "*.example.com"], described.GetProperty("SubjectAlternativeNames").EnumerateArray().Select(static name => name.GetString()));
            Assert.Equal(leaf.SerialNumber, Text(described, "Serial")!.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
            Assert.Equal(((DateTimeOffset)leaf.NotAfter).ToUnixTimeSeconds(), described.GetProperty("NotAfter").GetInt64());
            Assert.Equal(control.Clock.GetUtcNow().ToUnixTimeSeconds(), described.GetProperty("ImportedAt").GetDouble());
            Assert.Empty(described.GetProperty("InUseBy").EnumerateArray());

            var given = (await control.AcmAsync("GetCertificate", Named(arn))).Expect(200);
            Assert.Equal((PemText.Of(leaf), PemText.Of(issuer)), (Text(given.Json(), "Certificate"), Text(given.Json(), "CertificateChain")));
            Assert.DoesNotContain("PRIVATE", given.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Certificates_are_listed_page_by_page_and_by_what_they_are()
    {
        await using var control = await TestControl.StartAsync();
        var first = await control.ImportAsync("a.example");
        using var rsa = Authority.IssueOfRsa(2048, "b.example");
        var second = (await control.AcmAsync("ImportCertificate", ToImport(rsa))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
        var third = await control.ImportAsync("c.example");

        Assert.Equal([first, second, third], await ListAsync(control, []));
        Assert.Equal([third, second, first], await ListAsync(control, new() { ["SortBy"] = "CREATED_AT", ["SortOrder"] = "DESCENDING" }));
        Assert.Equal([second], await ListAsync(control, new() { ["Includes"] = new JsonObject { ["keyTypes"] = new JsonArray("RSA_2048") } }));
        Assert.Equal([first, third], await ListAsync(control, new() { ["Includes"] = new JsonObject { ["keyTypes"] = new JsonArray("EC_prime256v1"), ["extendedKeyUsage"] = new JsonArray("TLS_WEB_SERVER_AUTHENTICATION") } }));
        Assert.Empty(await ListAsync(control, new() { ["Includes"] = new JsonObject { ["extendedKeyUsage"] = new JsonArray("CODE_SIGNING") } }));
        Assert.Empty(await ListAsync(control, new() { ["CertificateStatuses"] = new JsonArray("EXPIRED") }));
        Assert.Equal([first, second, third], await ListAsync(control, new() { ["CertificateStatuses"] = new JsonArray("ISSUED") }));

        var page = (await control.AcmAsync("ListCertificates", new() { ["MaxItems"] = 2 })).Expect(200).Json();
        Assert.Equal(2, page.GetProperty("CertificateSummaryList").GetArrayLength());
        Assert.Equal([third], await ListAsync(control, new() { ["MaxItems"] = 2, ["NextToken"] = Text(page, "NextToken") }));
        (await control.AcmAsync("ListCertificates", new() { ["MaxItems"] = 0 })).ExpectTargetError(400, "ValidationException", "1 to 1000");
        (await control.AcmAsync("ListCertificates", new() { ["NextToken"] = "?" })).ExpectTargetError(400, "ValidationException", "NextToken");

        control.Clock.Advance(TimeSpan.FromDays(21));
        Assert.Equal([first, second, third], await ListAsync(control, new() { ["CertificateStatuses"] = new JsonArray("EXPIRED") }));
    }

    [Fact]
    public async Task A_certificate_is_deleted_when_no_distribution_uses_it()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("www.example.com");
        var made = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "www.example.com")))).Expect(201);

        var described = (await control.AcmAsync("DescribeCertificate", Named(arn))).Json().GetProperty("Certificate");
        Assert.Equal([made.Text("ARN")], described.GetProperty("InUseBy").EnumerateArray().Select(static user => user.GetString()));
        (await control.AcmAsync("DeleteCertificate", Named(arn))).ExpectTargetError(400, "ResourceInUseException", made.Text("Id")!);

        (await control.CallAsync("PUT", $"distribution/{made.Text("Id")}/config", Distribution("r"), made.ETag)).Expect(200);
        Assert.Equal("{}", (await control.AcmAsync("DeleteCertificate", Named(arn))).Expect(200).Body);
        (await control.AcmAsync("DescribeCertificate", Named(arn))).ExpectTargetError(400, "ResourceNotFoundException", arn);
        (await control.AcmAsync("DeleteCertificate", Named(arn))).ExpectTargetError(400, "ResourceNotFoundException");
    }

    /// <summary>NB-6.3.</summary>
    [Fact]
    public async Task An_import_under_an_ARN_keeps_it_and_edges_are_told_without_a_change_of_the_distribution()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("www.example.com");
        var made = (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "www.example.com")))).Expect(201);
        var before = (await control.ReportAsync("e", 0, 0)).Snapshot!;

        using var renewed = Authority.Issue("www.example.com", "img.example.com");
        var body = ToImport(renewed);
        body["CertificateArn"] = arn;
        Assert.Equal(arn, (await control.AcmAsync("ImportCertificate", body)).Expect(200).Json().GetProperty("CertificateArn").GetString());

        var after = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(before.Version + 1, after.Version);
        Assert.NotEqual(before.Certificates.Single().Fingerprint, after.Certificates.Single().Fingerprint);
        Assert.Equal(["www.example.com", "img.example.com"], after.Certificates.Single().Names);
        Assert.Equal(made.ETag, (await control.CallAsync("GET", $"distribution/{made.Text("Id")}")).ETag);
        Assert.Equal(PemText.Of(renewed), (await control.AcmAsync("GetCertificate", Named(arn))).Json().GetProperty("Certificate").GetString());
    }

    [Fact]
    public async Task One_that_would_not_do_for_the_distributions_that_use_it_is_not_taken()
    {
        await using var control = await TestControl.StartAsync();
        var arn = await control.ImportAsync("www.example.com");
        (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "www.example.com")))).Expect(201);

        using var other = Authority.Issue("other.example.com");
        var body = ToImport(other);
        body["CertificateArn"] = arn;
        (await control.AcmAsync("ImportCertificate", body)).ExpectTargetError(400, "ValidationException", "not www.example.com");
    }

    [Fact]
    public async Task Tags_are_added_listed_and_removed()
    {
        await using var control = await TestControl.StartAsync();
        using var certificate = Authority.Issue("a.example");
        var body = ToImport(certificate);
        body["Tags"] = Tags(("team", "web"));
        var arn = (await control.AcmAsync("ImportCertificate", body)).Expect(200).Json().GetProperty("CertificateArn").GetString()!;

        (await control.AcmAsync("AddTagsToCertificate", new() { ["CertificateArn"] = arn, ["Tags"] = Tags(("stage", "live"), ("cost", "7")) })).Expect(200);
        (await control.AcmAsync("RemoveTagsFromCertificate", new() { ["CertificateArn"] = arn, ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "cost" }, new JsonObject { ["Key"] = "stage", ["Value"] = "other" }) })).Expect(200);
        Assert.Equal(
            ["stage=live", "team=web"],
            (await control.AcmAsync("ListTagsForCertificate", Named(arn))).Expect(200).Json().GetProperty("Tags").EnumerateArray().Select(static tag => $"{Text(tag, "Key")}={Text(tag, "Value")}"));

        (await control.AcmAsync("AddTagsToCertificate", new() { ["CertificateArn"] = arn, ["Tags"] = Tags(("aws:x", "y")) })).ExpectTargetError(400, "InvalidTagException", "reserved");
        (await control.AcmAsync("AddTagsToCertificate", new() { ["CertificateArn"] = arn, ["Tags"] = Tags([.. Enumerable.Range(0, 49).Select(static i => ($"k{i}", ""))]) })).ExpectTargetError(400, "TooManyTagsException", "50");
        body["CertificateArn"] = arn;
        (await control.AcmAsync("ImportCertificate", body)).ExpectTargetError(400, "InvalidParameterException", "AddTagsToCertificate");

        static JsonArray Tags(params (string Key, string Value)[] tags) => [.. tags.Select(static tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];
    }

    [Fact]
    public async Task What_is_no_certificate_is_refused_with_what_to_do()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { Certificates = 1 } });
        using var certificate = Authority.Issue("a.example");
        using var other = Authority.Issue("a.example");
        var body = ToImport(certificate);
        body["PrivateKey"] = Base64(PemText.OfKey(other));
        (await control.AcmAsync("ImportCertificate", body)).ExpectTargetError(400, "ValidationException", "does not match");
        (await control.AcmAsync("ImportCertificate", new() { ["Certificate"] = "%" })).ExpectTargetError(400, "ValidationException", "JSON");
        (await control.AcmAsync("ImportCertificate")).ExpectTargetError(400, "ValidationException", "required");
        foreach (var (arn, type) in new[]
        {
            ("x", "InvalidArnException"), ("arn:aws:iam::000000000000:server-certificate/x", "InvalidArnException"), ("arn:aws:acm:eu-west-1:000000000000:certificate/x", "ResourceNotFoundException"),
            ("arn:aws:acm:us-east-1:111111111111:certificate/x", "ResourceNotFoundException"), ("arn:aws:acm:us-east-1:000000000000:certificate/x", "ResourceNotFoundException"),
        })
        {
            var again = ToImport(certificate);
            again["CertificateArn"] = arn;
            (await control.AcmAsync("ImportCertificate", again)).ExpectTargetError(400, type);
            (await control.AcmAsync("DescribeCertificate", Named(arn))).ExpectTargetError(400, type);
        }

        await control.ImportAsync("a.example");
        (await control.AcmAsync("ImportCertificate", ToImport(certificate))).ExpectTargetError(400, "LimitExceededException", "Delete those");
    }

    [Theory]
    [InlineData("RevokeCertificate")]
    [InlineData("ExportCertificate")]
    [InlineData("UpdateCertificateOptions")]
    public async Task Operations_that_are_not_built_are_refused_by_name(string operation)
    {
        await using var control = await TestControl.StartAsync();
        (await control.AcmAsync(operation)).ExpectTargetError(501, "NotImplemented", operation);
        (await control.AcmAsync("<nothing>")).ExpectTargetError(404, "UnknownOperationException");
    }

    [Fact]
    public async Task Only_admins_change_and_only_with_a_signature_for_this_service()
    {
        await using var control = await TestControl.StartAsync();
        using var certificate = Authority.Issue("a.example");
        var reader = await control.CreateKeyAsync("ReadOnly");
        (await control.AcmAsync("ImportCertificate", ToImport(certificate), reader)).ExpectTargetError(403, "AccessDeniedException", "acm:ImportCertificate");
        (await control.AcmAsync("ListCertificates", key: reader)).Expect(200);
        (await control.AcmAsync("ImportCertificate", ToImport(certificate), service: "cloudfront")).ExpectTargetError(403, "InvalidSignatureException", "'acm'");
        (await control.AcmAsync("ImportCertificate", ToImport(certificate), TestControl.Key with { Secret = "guessed" })).ExpectTargetError(403, "InvalidSignatureException");
        Assert.Empty(await ListAsync(control, []));
    }

    private static async Task<IEnumerable<string?>> ListAsync(TestControl control, JsonObject body) =>
        (await control.AcmAsync("ListCertificates", body)).Expect(200).Json().GetProperty("CertificateSummaryList").EnumerateArray().Select(static item => Text(item, "CertificateArn"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
