// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Control.Tests.Harness;

/// <summary>Calls of the two APIs that import certificates.</summary>
internal static class CertificateCalls
{
    /// <summary>Valid around the moment at which the clocks of tests stand.</summary>
    public static readonly TestAuthority Authority = new(new ManualTimeProvider().GetUtcNow());

    public static async Task<Answer> AcmAsync(this TestControl control, string operation, JsonObject? body = null, AccessKey? key = null, string service = "acm")
    {
        var bytes = Encoding.UTF8.GetBytes((body ?? []).ToJsonString());
        var request = control.NewRequest("POST", "/", bytes);
        request.Content!.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "CertificateManager." + operation);
        return await control.SendAsync(control.Sign(request, bytes, key, service));
    }

    public static async Task<Answer> IamAsync(this TestControl control, string action, params (string Name, string Value)[] fields)
    {
        var form = string.Join('&', fields.Prepend(("Version", "2010-05-08")).Prepend(("Action", action)).Select(static field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));
        var bytes = Encoding.UTF8.GetBytes(form);
        var request = control.NewRequest("POST", "/", bytes);
        request.Content!.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await control.SendAsync(control.Sign(request, bytes, service: "iam"));
    }

    public static JsonObject ToImport(X509Certificate2 certificate, params X509Certificate2[] chain)
    {
        var body = new JsonObject { ["Certificate"] = Base64(PemText.Of(certificate)), ["PrivateKey"] = Base64(PemText.OfKey(certificate)) };
        if (chain.Length > 0)
        {
            body["CertificateChain"] = Base64(string.Concat(chain.Select(PemText.Of)));
        }

        return body;
    }

    /// <summary>Imports one for these names.</summary>
    /// <returns>Its ARN.</returns>
    public static async Task<string> ImportAsync(this TestControl control, params string[] names)
    {
        using var certificate = Authority.Issue(names);
        return (await control.AcmAsync("ImportCertificate", ToImport(certificate))).Expect(200).Json().GetProperty("CertificateArn").GetString()!;
    }

    public static JsonObject Named(string arn) => new() { ["CertificateArn"] = arn };

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>An error in AWS's protocol JSON 1.1.</summary>
    public static void ExpectTargetError(this Answer answer, int status, string type, string words = "")
    {
        answer.Expect(status);
        Assert.Equal("application/x-amz-json-1.1", answer.ContentType);
        Assert.Equal(type, answer.Json().GetProperty("__type").GetString());
        Assert.Contains(words, answer.Json().GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>An error of IAM.</summary>
    public static void ExpectIamError(this Answer answer, int status, string code, string words = "")
    {
        answer.Expect(status);
        Assert.Equal(code, answer.IamText("Code"));
        Assert.Contains(words, answer.IamText("Message"), StringComparison.Ordinal);
    }

    public static string? IamText(this Answer answer, string name) => answer.Root.Descendants(XName.Get(name, "https://iam.amazonaws.com/doc/2010-05-08/")).FirstOrDefault()?.Value;

    /// <summary>A distribution's own certificate, and aliases for it.</summary>
    public static (string Path, string? Xml)[] Certified(string certificate, string policy = "TLSv1.2_2021", params string[] aliases) =>
    [
        ("", "+" + Documents.Aliases(aliases)),
        ("", $"+<ViewerCertificate>{(certificate.StartsWith("arn:", StringComparison.Ordinal) ? $"<ACMCertificateArn>{certificate}</ACMCertificateArn>" : $"<IAMCertificateId>{certificate}</IAMCertificateId>")}<SSLSupportMethod>sni-only</SSLSupportMethod><MinimumProtocolVersion>{policy}</MinimumProtocolVersion></ViewerCertificate>"),
    ];
}
