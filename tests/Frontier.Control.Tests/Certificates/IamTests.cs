// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Certificates;

/// <summary>Server certificates, the older way (NB-6.5).</summary>
public sealed class IamTests
{
    [Fact]
    public async Task A_server_certificate_is_uploaded_given_back_moved_and_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var made = await UploadAsync(control, "site", "/cloudfront/site/");
        var id = made.IamText("ServerCertificateId")!;
        Assert.Matches("^ASCA[A-Z0-9]{17}$", id);
        Assert.Equal(("site", "/cloudfront/site/", "arn:aws:iam::000000000000:server-certificate/cloudfront/site/site"), (made.IamText("ServerCertificateName"), made.IamText("Path"), made.IamText("Arn")));

        var got = (await control.IamAsync("GetServerCertificate", ("ServerCertificateName", "site"))).Expect(200);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", got.IamText("CertificateBody"), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", got.Body, StringComparison.Ordinal);

        (await control.IamAsync("UpdateServerCertificate", ("ServerCertificateName", "site"), ("NewServerCertificateName", "moved"), ("NewPath", "/x/"))).Expect(200);
        got = (await control.IamAsync("GetServerCertificate", ("ServerCertificateName", "moved"))).Expect(200);
        Assert.Equal((id, "/x/"), (got.IamText("ServerCertificateId"), got.IamText("Path")));
        (await control.IamAsync("DeleteServerCertificate", ("ServerCertificateName", "moved"))).Expect(200);
        (await control.IamAsync("GetServerCertificate", ("ServerCertificateName", "moved"))).ExpectIamError(404, "NoSuchEntity", "moved");
    }

    [Fact]
    public async Task They_are_listed_by_name_page_by_page_below_a_path()
    {
        await using var control = await TestControl.StartAsync();
        foreach (var (name, path) in new[] { ("c", "/cloudfront/"), ("a", "/cloudfront/"), ("b", "/other/") })
        {
            await UploadAsync(control, name, path);
        }

        var page = (await control.IamAsync("ListServerCertificates", ("MaxItems", "2"))).Expect(200);
        Assert.Equal(("true", "b"), (page.IamText("IsTruncated"), page.IamText("Marker")));
        page = (await control.IamAsync("ListServerCertificates", ("MaxItems", "2"), ("Marker", "b"))).Expect(200);
        Assert.Equal(("false", "c"), (page.IamText("IsTruncated"), page.IamText("ServerCertificateName")));
        page = (await control.IamAsync("ListServerCertificates", ("PathPrefix", "/other/"))).Expect(200);
        Assert.Equal("b", page.IamText("ServerCertificateName"));
    }

    [Fact]
    public async Task A_distribution_uses_it_by_its_id_and_keeps_it_from_being_deleted()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await UploadAsync(control, "site", "/cloudfront/")).IamText("ServerCertificateId")!;
        var elsewhere = (await UploadAsync(control, "elsewhere", "/")).IamText("ServerCertificateId")!;
        (await control.CallAsync("POST", "distribution", Distribution("r", Certified(elsewhere, aliases: "www.example.com")))).ExpectError(400, "InvalidViewerCertificate");

        (await control.CallAsync("POST", "distribution", Distribution("r", Certified(id, aliases: "www.example.com")))).Expect(201);
        Assert.Equal(id, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().CertificateId);
        (await control.IamAsync("DeleteServerCertificate", ("ServerCertificateName", "site"))).ExpectIamError(409, "DeleteConflict");
        (await control.IamAsync("UpdateServerCertificate", ("ServerCertificateName", "site"), ("NewPath", "/"))).ExpectIamError(409, "DeleteConflict", "/cloudfront/");
        (await control.IamAsync("UpdateServerCertificate", ("ServerCertificateName", "site"), ("NewServerCertificateName", "renamed"))).Expect(200);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_what_to_do()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { ServerCertificates = 1 } });
        using var certificate = Authority.Issue("a.example");
        using var other = Authority.Issue("a.example");
        (string, string)[] good = [("ServerCertificateName", "a"), ("CertificateBody", PemText.Of(certificate)), ("PrivateKey", PemText.OfKey(certificate))];

        (await control.IamAsync("UploadServerCertificate", ("ServerCertificateName", "a b"))).ExpectIamError(400, "ValidationError", "ServerCertificateName");
        (await control.IamAsync("UploadServerCertificate", [.. good, ("Path", "cloudfront")])).ExpectIamError(400, "ValidationError", "/cloudfront/");
        (await control.IamAsync("UploadServerCertificate", [.. good[..2]])).ExpectIamError(400, "ValidationError", "PrivateKey");
        (await control.IamAsync("UploadServerCertificate", [.. good[..2], ("PrivateKey", PemText.OfKey(other))])).ExpectIamError(400, "KeyPairMismatch", "does not match");
        (await control.IamAsync("UploadServerCertificate", [good[0], ("CertificateBody", "x"), good[2]])).ExpectIamError(400, "MalformedCertificate", "PEM");
        (await control.IamAsync("UploadServerCertificate", [.. good, ("CertificateChain", PemText.Of(other))])).ExpectIamError(400, "MalformedCertificate", "chain");
        (await control.IamAsync("UploadServerCertificate", good)).Expect(200);
        (await control.IamAsync("UploadServerCertificate", good)).ExpectIamError(409, "EntityAlreadyExists", "a");
        (await control.IamAsync("UploadServerCertificate", [("ServerCertificateName", "b"), .. good[1..]])).ExpectIamError(409, "LimitExceeded");
        (await control.IamAsync("CreateUser", ("UserName", "x"))).ExpectIamError(501, "NotImplemented", "CreateUser");
    }

    private static async Task<Answer> UploadAsync(TestControl control, string name, string path)
    {
        using var certificate = Authority.Issue("www.example.com");
        return (await control.IamAsync(
            "UploadServerCertificate", ("ServerCertificateName", name), ("Path", path), ("CertificateBody", PemText.Of(certificate)), ("PrivateKey", PemText.OfKey(certificate)))).Expect(200);
    }
}
