// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>A certificate of one's own with the tools that people have: the AWS CLI brings it and renews it, curl looks at it (NB-6.1 to NB-6.5).</summary>
public sealed class CertificateStoryTests
{
    private const string Alias = "www.example.com";

    [Fact]
    public async Task The_AWS_CLI_brings_certificates_by_both_its_ways_and_curl_trusts_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "The AWS CLI of Debian is not installed.");
        Assert.SkipUnless(Command.Exists("curl"), "curl is not installed.");
        using var directory = new TemporaryDirectory();
        using var authority = new TestAuthority();
        var (issuer, leaf) = authority.IssueByIntermediate(Alias);
        var (otherIssuer, renewed) = authority.IssueByIntermediate(Alias);
        using (issuer)
        using (leaf)
        using (otherIssuer)
        using (renewed)
        {
            foreach (var (name, text) in new[]
            {
                ("root.pem", PemText.Of(authority.Root)),
                ("leaf.pem", PemText.Of(leaf)), ("leaf.key", PemText.OfKey(leaf)), ("chain.pem", PemText.Of(issuer)),
                ("new.pem", PemText.Of(renewed)), ("new.key", PemText.OfKey(renewed)), ("newchain.pem", PemText.Of(otherIssuer)),
            })
            {
                await File.WriteAllTextAsync(directory[name], text);
            }

            await using var origin = ScriptedOrigin.Start();
            origin.On("/").Reply(200, "by a certificate of our own");
            await using var frontier = await FrontierProcess.UpAsync(directory["data"], "--local-certificates", "false");
            var cli = new Cli(frontier, directory);

            // ACM: import, attach, look, renew, look again, delete.
            var arn = (await cli.RunAsync("acm", "import-certificate", "--certificate", cli.File("leaf.pem"), "--private-key", cli.File("leaf.key"), "--certificate-chain", cli.File("chain.pem"))).GetProperty("CertificateArn").GetString()!;
            var made = await cli.CreateAsync("acm", origin.Port, $$"""{"ACMCertificateArn":"{{arn}}","SSLSupportMethod":"sni-only","MinimumProtocolVersion":"TLSv1.2_2021"}""");
            await cli.DeployedAsync(made);
            Assert.Equal("by a certificate of our own", await cli.FetchAsync());
            Assert.Contains("strict-transport-security: max-age=31536000", await cli.HeadAsync("https"), StringComparison.OrdinalIgnoreCase); // the managed SecurityHeadersPolicy
            var moved = await cli.HeadAsync("http");
            Assert.StartsWith("HTTP/1.1 301 ", moved, StringComparison.Ordinal);
            Assert.Contains($"location: https://{Alias}", moved, StringComparison.OrdinalIgnoreCase);
            var described = (await cli.RunAsync("acm", "describe-certificate", "--certificate-arn", arn)).GetProperty("Certificate");
            Assert.EndsWith(made, described.GetProperty("InUseBy")[0].GetString(), StringComparison.Ordinal);
            Assert.Contains("ResourceInUseException", await cli.FailAsync("acm", "delete-certificate", "--certificate-arn", arn), StringComparison.Ordinal);

            Assert.Equal(arn, (await cli.RunAsync("acm", "import-certificate", "--certificate-arn", arn, "--certificate", cli.File("new.pem"), "--private-key", cli.File("new.key"), "--certificate-chain", cli.File("newchain.pem"))).GetProperty("CertificateArn").GetString());
            await Eventually.IsTrueAsync(async () => (await cli.ShownAsync()).Contains(renewed.SerialNumber.TrimStart('0'), StringComparison.OrdinalIgnoreCase));
            Assert.Equal("by a certificate of our own", await cli.FetchAsync());

            await cli.RunAsync("acm", "add-tags-to-certificate", "--certificate-arn", arn, "--tags", "Key=team,Value=web");
            Assert.Equal("web", (await cli.RunAsync("acm", "list-tags-for-certificate", "--certificate-arn", arn)).GetProperty("Tags")[0].GetProperty("Value").GetString());
            Assert.Equal(arn, (await cli.RunAsync("acm", "list-certificates")).GetProperty("CertificateSummaryList")[0].GetProperty("CertificateArn").GetString());
            Assert.StartsWith("-----BEGIN CERTIFICATE-----", (await cli.RunAsync("acm", "get-certificate", "--certificate-arn", arn)).GetProperty("Certificate").GetString(), StringComparison.Ordinal);
            Assert.Contains("does not match", await cli.FailAsync("acm", "import-certificate", "--certificate", cli.File("leaf.pem"), "--private-key", cli.File("new.key")), StringComparison.Ordinal);
            Assert.Contains("--acme-directory", await cli.FailAsync("acm", "request-certificate", "--domain-name", Alias), StringComparison.Ordinal);

            // IAM: the older way, for a wildcard's sake with another name.
            var uploaded = (await cli.RunAsync("iam", "upload-server-certificate", "--server-certificate-name", "old", "--path", "/cloudfront/", "--certificate-body", "file://" + directory["leaf.pem"], "--private-key", "file://" + directory["leaf.key"], "--certificate-chain", "file://" + directory["chain.pem"])).GetProperty("ServerCertificateMetadata");
            var id = uploaded.GetProperty("ServerCertificateId").GetString()!;
            Assert.Contains("CNAMEAlreadyExists", await cli.FailAsync(cli.Create("iam", origin.Port, $$"""{"IAMCertificateId":"{{id}}","SSLSupportMethod":"sni-only"}""")), StringComparison.Ordinal);
            Assert.Equal("old", (await cli.RunAsync("iam", "list-server-certificates", "--path-prefix", "/cloudfront/")).GetProperty("ServerCertificateMetadataList")[0].GetProperty("ServerCertificateName").GetString());
            Assert.Equal(id, (await cli.RunAsync("iam", "get-server-certificate", "--server-certificate-name", "old")).GetProperty("ServerCertificate").GetProperty("ServerCertificateMetadata").GetProperty("ServerCertificateId").GetString());
            await cli.RunAsync("iam", "update-server-certificate", "--server-certificate-name", "old", "--new-server-certificate-name", "older");
            await cli.RunAsync("iam", "delete-server-certificate", "--server-certificate-name", "older");
            Assert.Contains("NoSuchEntity", await cli.FailAsync("iam", "get-server-certificate", "--server-certificate-name", "older"), StringComparison.Ordinal);
        }
    }

    /// <summary>DP-22.8: with a machine that still speaks them, and a key of RSA, the policies that list TLS 1.0 and 1.1 have them, and the others do not.</summary>
    [Fact]
    public async Task Old_versions_are_spoken_where_the_policy_lists_them_and_the_machine_allows_them()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/aws"), "The AWS CLI of Debian is not installed.");
        Assert.SkipUnless(Command.Exists("openssl"), "openssl is not installed.");
        using var directory = new TemporaryDirectory();
        using var authority = new TestAuthority();
        using var leaf = authority.IssueOfRsa(2048, Alias);
        await File.WriteAllTextAsync(directory["leaf.pem"], PemText.Of(leaf));
        await File.WriteAllTextAsync(directory["leaf.key"], PemText.OfKey(leaf));
        await File.WriteAllTextAsync(directory["openssl.cnf"], """
            openssl_conf = all
            [all]
            ssl_conf = tls
            [tls]
            system_default = old
            [old]
            MinProtocol = TLSv1
            CipherString = DEFAULT@SECLEVEL=0
            """);
        await using var origin = ScriptedOrigin.Start();
        await using var frontier = await FrontierProcess.UpAsync(
            directory["data"], new Dictionary<string, string> { ["OPENSSL_CONF"] = directory["openssl.cnf"] }, "--local-certificates", "false");
        var cli = new Cli(frontier, directory);
        var arn = (await cli.RunAsync("acm", "import-certificate", "--certificate", cli.File("leaf.pem"), "--private-key", cli.File("leaf.key"))).GetProperty("CertificateArn").GetString()!;
        var made = await cli.CreateAsync("old", origin.Port, $$"""{"ACMCertificateArn":"{{arn}}","SSLSupportMethod":"sni-only","MinimumProtocolVersion":"TLSv1_2016"}""");
        await cli.DeployedAsync(made);

        Assert.Equal(("TLSv1", "TLSv1.1", "TLSv1.2"), (await cli.SpokenAsync("-tls1"), await cli.SpokenAsync("-tls1_1"), await cli.SpokenAsync("-tls1_2")));
        await cli.RunAsync(await cli.ChangeAsync(made, "TLSv1.1_2016"));
        await cli.DeployedAsync(made);
        Assert.Equal((null, "TLSv1.1", "TLSv1.2"), (await cli.SpokenAsync("-tls1"), await cli.SpokenAsync("-tls1_1"), await cli.SpokenAsync("-tls1_2")));
        await cli.RunAsync(await cli.ChangeAsync(made, "TLSv1.2_2021"));
        await cli.DeployedAsync(made);
        Assert.Equal((null, null, "TLSv1.2"), (await cli.SpokenAsync("-tls1"), await cli.SpokenAsync("-tls1_1"), await cli.SpokenAsync("-tls1_2")));
    }

    private sealed class Cli(FrontierProcess frontier, TemporaryDirectory directory)
    {
        public string File(string name) => "fileb://" + directory[name];

        public async Task<JsonElement> RunAsync(params IReadOnlyList<string> arguments)
        {
            var run = await CallAsync(arguments);
            Assert.True(run.ExitCode == 0, run.Everything);
            return run.Output.Trim().Length == 0 ? default : JsonDocument.Parse(run.Output).RootElement;
        }

        public async Task<string> FailAsync(params IReadOnlyList<string> arguments)
        {
            var run = await CallAsync(arguments);
            Assert.NotEqual(0, run.ExitCode);
            return run.Error;
        }

        public IReadOnlyList<string> Create(string reference, int port, string certificate) =>
        [
            "cloudfront", "create-distribution", "--distribution-config", $$$"""
            {"CallerReference":"{{{reference}}}","Comment":"","Enabled":true,"Aliases":{"Quantity":1,"Items":["{{{Alias}}}"]},"ViewerCertificate":{{{certificate}}},
             "Origins":{"Quantity":1,"Items":[{"Id":"o","DomainName":"localhost","CustomOriginConfig":{"HTTPPort":{{{port}}},"HTTPSPort":443,"OriginProtocolPolicy":"http-only"}}]},
             "DefaultCacheBehavior":{"TargetOriginId":"o","ViewerProtocolPolicy":"redirect-to-https","CachePolicyId":"658327ea-f89d-4fab-a63d-7e88639e58f6","ResponseHeadersPolicyId":"67f7725c-6f97-4210-82d7-5512b31e9d03"}}
            """,
        ];

        public async Task<string> CreateAsync(string reference, int port, string certificate) => (await RunAsync(Create(reference, port, certificate))).GetProperty("Distribution").GetProperty("Id").GetString()!;

        public Task DeployedAsync(string id) =>
            Eventually.IsTrueAsync(async () => (await RunAsync("cloudfront", "get-distribution", "--id", id)).GetProperty("Distribution").GetProperty("Status").GetString() == "Deployed");

        /// <summary>The call that gives a distribution another security policy.</summary>
        public async Task<IReadOnlyList<string>> ChangeAsync(string id, string policy)
        {
            var read = await RunAsync("cloudfront", "get-distribution-config", "--id", id);
            var config = JsonNode.Parse(read.GetProperty("DistributionConfig").GetRawText())!;
            config["ViewerCertificate"]!["MinimumProtocolVersion"] = policy;
            return ["cloudfront", "update-distribution", "--id", id, "--if-match", read.GetProperty("ETag").GetString()!, "--distribution-config", config.ToJsonString()];
        }

        /// <summary>The version that a viewer who wants just this one gets; null for a handshake that fails.</summary>
        public async Task<string?> SpokenAsync(string version)
        {
            var edge = new Uri(frontier.Addresses.GetProperty("https").GetString()!);
            var run = await Command.RunAsync(
                "sh", ["-c", $"openssl s_client -connect {edge.Host}:{edge.Port} -servername {Alias} {version} -cipher DEFAULT@SECLEVEL=0 </dev/null 2>&1"], FrontierProcess.Patience);
            return Regex.Match(run.Output, @"^New, \S+, Cipher is (?!\(NONE\))[\s\S]*^ +Protocol +: (\S+)", RegexOptions.Multiline) is { Success: true } match ? match.Groups[1].Value : null;
        }

        /// <summary>As a viewer who trusts the root of our own, and nobody else.</summary>
        public async Task<string> FetchAsync()
        {
            var run = await Command.RunAsync("curl", ["-sS", "--cacert", directory["root.pem"], .. Address("https")], FrontierProcess.Patience);
            Assert.True(run.ExitCode == 0, run.Everything);
            return run.Output;
        }

        public async Task<string> HeadAsync(string scheme) => (await Command.RunAsync("curl", ["-sS", "--cacert", directory["root.pem"], "-o", "/dev/null", "-D", "-", .. Address(scheme)], FrontierProcess.Patience)).Output;

        /// <summary>What viewers are shown, as text; serial numbers without their colons.</summary>
        public async Task<string> ShownAsync() => (await Command.RunAsync("curl", ["-sS", "-k", "-o", "/dev/null", "-w", "%{certs}", .. Address("https")], FrontierProcess.Patience)).Output.Replace(":", "", StringComparison.Ordinal);

        private string[] Address(string scheme)
        {
            var edge = new Uri(frontier.Addresses.GetProperty(scheme).GetString()!);
            return ["--connect-to", $"{Alias}::{edge.Host}:{edge.Port}", $"{scheme}://{Alias}/"];
        }

        private Task<CommandResult> CallAsync(IReadOnlyList<string> arguments) => Command.RunAsync(
            "/usr/bin/aws", [.. arguments, "--endpoint-url", frontier.Addresses.GetProperty("api").GetString()!, "--output", "json", "--no-cli-pager"], FrontierProcess.Patience,
            new Dictionary<string, string>
            {
                ["AWS_SHARED_CREDENTIALS_FILE"] = frontier.Addresses.GetProperty("credentials").GetString()!,
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_REGION"] = "us-east-1",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
            });
    }
}
