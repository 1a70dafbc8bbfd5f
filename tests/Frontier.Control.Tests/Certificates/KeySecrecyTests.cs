// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Certificates;

/// <summary>A private key leaves the store for edges alone, and lies nowhere in the clear.</summary>
public sealed class KeySecrecyTests
{
    [Fact]
    public async Task The_key_is_in_the_clear_neither_in_the_store_nor_in_snapshots_nor_in_the_audit_log()
    {
        await using var control = await TestControl.StartAsync();
        using var certificate = Authority.Issue("www.example.com");
        var arn = (await control.AcmAsync("ImportCertificate", ToImport(certificate))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
        (await control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: "www.example.com")))).Expect(201);
        var again = ToImport(certificate);
        again["CertificateArn"] = arn;
        (await control.AcmAsync("ImportCertificate", again)).Expect(200);
        (await control.IamAsync("UploadServerCertificate", ("ServerCertificateName", "a"), ("CertificateBody", PemText.Of(certificate)), ("PrivateKey", PemText.OfKey(certificate)))).Expect(200);

        var audit = (await control.CallOwnAsync("GET", "audit")).Expect(200).Body;
        Assert.Contains("ImportCertificate", audit, StringComparison.Ordinal);
        Assert.Contains("(withheld)", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("1:", System.Text.RegularExpressions.Regex.Match(audit, "SealedKey.{0,40}").Value, StringComparison.Ordinal);
        var snapshots = string.Concat((await control.StoredSnapshotsAsync()).Select(static row => row.Json));
        Assert.Contains(arn.Split('/')[1], snapshots, StringComparison.Ordinal);

        var everywhere = audit + snapshots + await control.FileTextAsync();
        Assert.Contains("SealedKey", everywhere, StringComparison.Ordinal);
        foreach (var line in PemText.OfKey(certificate).Split('\n').Where(static line => line.Length > 0))
        {
            Assert.DoesNotContain(line, everywhere, StringComparison.Ordinal);
        }
    }

    /// <summary>A refused call is put on record, and what it sent may be a key.</summary>
    [Fact]
    public async Task A_refused_upload_leaves_its_name_and_no_key_in_the_audit_log()
    {
        await using var control = await TestControl.StartAsync();
        var reader = await control.CreateKeyAsync("ReadOnly");
        var form = Encoding.UTF8.GetBytes("Action=UploadServerCertificate&Version=2010-05-08&PrivateKey=top-secret&ServerCertificateName=site&CertificateBody=x");
        var request = control.NewRequest("POST", "/", form);
        request.Content!.Headers.ContentType = new("application/x-www-form-urlencoded");
        (await control.SendAsync(control.Sign(request, form, reader, "iam"))).ExpectIamError(403, "AccessDenied", "iam:UploadServerCertificate");

        var audit = (await control.CallOwnAsync("GET", "audit")).Expect(200).Body;
        Assert.Contains("site", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edges_get_certificate_and_key_and_nobody_else_does()
    {
        await using var control = await TestControl.StartAsync();
        var (issuer, leaf) = Authority.IssueByIntermediate("www.example.com");
        using (issuer)
        using (leaf)
        {
            var id = (await control.AcmAsync("ImportCertificate", ToImport(leaf, issuer))).Expect(200).Json().GetProperty("CertificateArn").GetString()!.Split('/')[1];
            using var given = await AskAsync(control, TestControl.EdgeToken, id, "none");
            var material = Assert.Single((await given.Content.ReadFromJsonAsync(ContractsJson.Default.CertificateAnswer))!.Certificates);
            Assert.Equal((id, PemText.Of(leaf) + PemText.Of(issuer), PemText.OfKey(leaf)), (material.Id, material.Certificates, material.PrivateKey));

            using var guessed = await AskAsync(control, "edge-token-of-nobody", id);
            Assert.Equal(HttpStatusCode.Unauthorized, guessed.StatusCode);
            Assert.StartsWith("Machines call the listener of the fleet", await guessed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var looked = await control.GetAsync(CertificateRequest.Path);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, looked.StatusCode);
            using var flood = await AskAsync(control, TestControl.EdgeToken, [.. Enumerable.Repeat("x", CertificateRequest.MostIds + 1)]);
            Assert.Equal(HttpStatusCode.BadRequest, flood.StatusCode);
        }
    }

    /// <summary>A key that was sealed for one certificate opens for no other.</summary>
    [Fact]
    public async Task With_another_key_file_no_edge_is_given_anything()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.ImportAsync("www.example.com")).Split('/')[1];
        await control.RestartAsync(static options => options with { SecretsKey = [.. Enumerable.Range(7, 32).Select(static value => (byte)value)] });
        using var given = await AskAsync(control, TestControl.EdgeToken, id);
        Assert.Empty((await given.Content.ReadFromJsonAsync(ContractsJson.Default.CertificateAnswer))!.Certificates);
    }

    private static async Task<HttpResponseMessage> AskAsync(TestControl control, string token, params string[] ids)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(control.Address, CertificateRequest.Path));
        request.Headers.Authorization = new("Bearer", token);
        request.Content = JsonContent.Create(new CertificateRequest { Ids = [.. ids] }, ContractsJson.Default.CertificateRequest);
        return await client.SendAsync(request);
    }
}
