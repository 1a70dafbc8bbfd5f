// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>A certificate from request to renewal, with a real ACME server and the tools that people have (NB-6.4, NB-6.5).</summary>
public sealed class AcmeStoryTests
{
    private const string Alias = "www.example.com";

    [Theory]
    [InlineData("http-01")]
    [InlineData("tls-alpn-01")]
    public async Task The_AWS_CLI_requests_a_certificate_a_real_authority_issues_it_and_curl_trusts_it(string challenge)
    {
        Assert.SkipUnless(Pebble.IsInstalled, "pebble and pebble-challtestsrv are not installed.");
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "The AWS CLI of Debian is not installed.");
        Assert.SkipUnless(Command.Exists("curl"), "curl is not installed.");
        using var directory = new TemporaryDirectory();
        await using var pebble = new Pebble();
        await using var origin = ScriptedOrigin.Start();
        origin.On("/").Reply(200, "by a certificate that was issued");
        await using var frontier = await FrontierProcess.UpAsync(
            directory["data"], "--local-certificates", "false", "--acme-directory", pebble.Directory, "--acme-ca", pebble.Authority, "--acme-email", "operator@example.com", "--acme-challenge", challenge);
        await pebble.StartAsync(Port(frontier, "http"), Port(frontier, "https"));
        await File.WriteAllTextAsync(directory["root.pem"], await pebble.RootAsync());

        // The name is answered for before any distribution has it.
        var arn = (await AwsAsync(frontier, "acm", "request-certificate", "--domain-name", Alias, "--subject-alternative-names", "img.example.com", "--validation-method", "DNS", "--idempotency-token", "once", "--key-algorithm", "EC_prime256v1"))
            .GetProperty("CertificateArn").GetString()!;
        await Eventually.IsTrueAsync(async () => (await DescribeAsync(frontier, arn)).GetProperty("Status").GetString() == "ISSUED");
        await AwsAsync(frontier, "acm", "wait", "certificate-validated", "--certificate-arn", arn);

        var made = (await AwsAsync(frontier, "cloudfront", "create-distribution", "--distribution-config", $$$"""
            {"CallerReference":"acme","Comment":"","Enabled":true,"Aliases":{"Quantity":1,"Items":["{{{Alias}}}"]},
             "ViewerCertificate":{"ACMCertificateArn":"{{{arn}}}","SSLSupportMethod":"sni-only","MinimumProtocolVersion":"TLSv1.2_2021"},
             "Origins":{"Quantity":1,"Items":[{"Id":"o","DomainName":"localhost","CustomOriginConfig":{"HTTPPort":{{{origin.Port}}},"HTTPSPort":443,"OriginProtocolPolicy":"http-only"}}]},
             "DefaultCacheBehavior":{"TargetOriginId":"o","ViewerProtocolPolicy":"redirect-to-https","CachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f6"}}
            """)).GetProperty("Distribution").GetProperty("Id").GetString()!;
        await Eventually.IsTrueAsync(async () => (await AwsAsync(frontier, "cloudfront", "get-distribution", "--id", made)).GetProperty("Distribution").GetProperty("Status").GetString() == "Deployed");
        Assert.Equal("by a certificate that was issued", await CurlAsync(frontier, "--cacert", directory["root.pem"]));
        var first = await ShownAsync(frontier);

        // The distribution redirects to HTTPS by now; the renewal is answered all the same.
        await AwsAsync(frontier, "acm", "renew-certificate", "--certificate-arn", arn);
        await Eventually.IsTrueAsync(async () => await ShownAsync(frontier) != first);
        Assert.Equal("by a certificate that was issued", await CurlAsync(frontier, "--cacert", directory["root.pem"]));
        Assert.Equal("SUCCESS", (await DescribeAsync(frontier, arn)).GetProperty("RenewalSummary").GetProperty("RenewalStatus").GetString());

        // A name that is elsewhere is not certified, and its owner learns why.
        await pebble.MisleadAsync("elsewhere.example.com");
        var stray = (await AwsAsync(frontier, "acm", "request-certificate", "--domain-name", "elsewhere.example.com")).GetProperty("CertificateArn").GetString()!;
        await Eventually.IsTrueAsync(async () => (await DescribeAsync(frontier, stray)).TryGetProperty("FailureReason", out var reason) && reason.GetString()!.StartsWith("DOMAIN_VALIDATION_DENIED", StringComparison.Ordinal));
        Assert.Equal("PENDING_VALIDATION", (await DescribeAsync(frontier, stray)).GetProperty("Status").GetString());
        await AwsAsync(frontier, "acm", "delete-certificate", "--certificate-arn", stray);
    }

    private static int Port(FrontierProcess frontier, string role) => new Uri(frontier.Addresses.GetProperty(role).GetString()!).Port;

    private static async Task<JsonElement> DescribeAsync(FrontierProcess frontier, string arn) =>
        (await AwsAsync(frontier, "acm", "describe-certificate", "--certificate-arn", arn)).GetProperty("Certificate");

    private static async Task<JsonElement> AwsAsync(FrontierProcess frontier, params IReadOnlyList<string> arguments)
    {
        var run = await Command.RunAsync(
            "/usr/bin/aws", [.. arguments, "--endpoint-url", frontier.Addresses.GetProperty("api").GetString()!, "--output", "json", "--no-cli-pager"], FrontierProcess.Patience,
            new Dictionary<string, string>
            {
                ["AWS_SHARED_CREDENTIALS_FILE"] = frontier.Addresses.GetProperty("credentials").GetString()!,
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_REGION"] = "us-east-1",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
            });
        Assert.True(run.ExitCode == 0, run.Everything + "\n" + frontier.Errors);
        return run.Output.Trim().Length == 0 ? default : JsonDocument.Parse(run.Output).RootElement;
    }

    private static Task<string> ShownAsync(FrontierProcess frontier) => CurlAsync(frontier, "-k", "-o", "/dev/null", "-w", "%{certs}");

    private static async Task<string> CurlAsync(FrontierProcess frontier, params IReadOnlyList<string> options)
    {
        var run = await Command.RunAsync("curl", ["-sS", "--connect-to", $"{Alias}::127.0.0.1:{Port(frontier, "https")}", .. options, $"https://{Alias}/"], FrontierProcess.Patience);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Output;
    }
}
