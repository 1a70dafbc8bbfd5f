// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>Signed URLs and cookies against a node in a process of its own, made by this program and by signers that are none of ours (§24).</summary>
public sealed class SignTests
{
    private static readonly string Clients = Path.Combine(Repository.Root, "tests", "javascript");

    [Fact]
    public async Task What_independent_signers_sign_is_served_and_everything_else_refused()
    {
        Assert.SkipUnless(Command.Exists("aws"), "The AWS CLI is not installed.");
        Assert.SkipUnless(Command.Exists("node") && Directory.Exists(Path.Combine(Clients, "node_modules")), "AWS's signer for JavaScript is not installed: npm ci --prefix tests/javascript");
        await using var story = await SignedStory.StartAsync();
        var (url, soon) = (story.Url("/page?v=1"), DateTimeOffset.UtcNow.AddHours(1));

        foreach (var key in new[] { story.Rsa, story.Ecdsa })
        {
            await story.ExpectAsync(200, await OursAsync(key, "--url", url, "--expires", "1h"));
            await story.ExpectAsync(200, await OursAsync(key, "--url", url, "--expires", "1h", "--hash", "sha256"));
            await story.ExpectAsync(200, await OursAsync(key, "--url", url, "--expires", "1h", "--ip", "127.0.0.0/8", "--not-before", "0"));
            await story.ExpectAsync(403, await OursAsync(key, "--url", url, "--expires", "1h", "--ip", "192.0.2.0/24"));
            await story.ExpectAsync(403, await OursAsync(key, "--url", url, "--expires", "2h", "--not-before", "1h"));
            await story.ExpectAsync(403, await OursAsync(key, "--url", story.Url("/page?v=2"), "--expires", "1h"), "v=2", "v=1");
        }

        var canned = await AwsAsync(story.Rsa, url, soon);
        await story.ExpectAsync(200, canned);
        await story.ExpectAsync(403, canned, "v=1", "v=2");
        await story.ExpectAsync(403, canned, "Signature=", "Signature=A");
        await story.ExpectAsync(200, await AwsAsync(story.Rsa, url, soon, "--ip-address", "127.0.0.1/32", "--date-greater-than", "2026-01-01"));
        await story.ExpectAsync(403, await AwsAsync(story.Rsa, url, soon, "--ip-address", "192.0.2.1/32"));

        foreach (var algorithm in new[] { "SHA1", "SHA256" })
        {
            foreach (var key in new[] { story.Rsa, story.Ecdsa })
            {
                var (signed, cookies) = await JavaScriptAsync(key, $$"""{"url":"{{url}}","dateLessThan":"{{soon:o}}","algorithm":"{{algorithm}}" """);
                await story.ExpectAsync(200, signed);
                await story.ExpectAsync(403, signed + "&more=1");
                await story.ExpectAsync(200, url, cookies: cookies);
                (signed, cookies) = await JavaScriptAsync(key, $$"""{"url":"{{url}}","dateLessThan":"{{soon:o}}","algorithm":"{{algorithm}}","ipAddress":"127.0.0.1/32" """);
                await story.ExpectAsync(200, signed);
                await story.ExpectAsync(200, url, cookies: cookies);
            }
        }

        var all = $$$"""{\"Statement\":[{\"Resource\":\"http*://{{{story.Domain}}}/*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":{{{soon.ToUnixTimeSeconds()}}} } } }]}""";
        var (anyUrl, anyCookies) = await JavaScriptAsync(story.Rsa, $$"""{"url":"{{story.Url("/other")}}","policy":"{{all}}" """);
        await story.ExpectAsync(200, anyUrl);
        await story.ExpectAsync(200, story.Url("/other?x=1"), cookies: anyCookies);
        await story.ExpectAsync(403, story.Url("/other"));
        Assert.All(story.Origin.Log, static request => Assert.DoesNotContain("Signature", request.RawText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookies_and_policies_are_signed_and_what_makes_no_sense_is_told()
    {
        await using var story = await SignedStory.StartAsync();
        var cookies = await OursAsync(story.Rsa, "--cookies", "--resource", $"http://{story.Domain}/films/*", "--expires", "12h");
        var field = string.Join("; ", cookies.Split(Environment.NewLine));
        await story.ExpectAsync(200, story.Url("/films/a"), cookies: field);
        await story.ExpectAsync(403, story.Url("/a"), cookies: field);

        var policy = Path.Combine(story.Directory, "policy.json");
        await File.WriteAllTextAsync(policy, $$$"""{ "Statement": { "Condition": { "DateLessThan": { "AWS:EpochTime": {{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}} } } } }""" + "\n");
        using var told = JsonDocument.Parse(await OursAsync(story.Ecdsa, "--url", story.Url("/a"), "--policy", policy, "--json"));
        await story.ExpectAsync(200, told.RootElement.GetProperty("url").GetString()!);
        Assert.StartsWith("{ \"Statement\"", told.RootElement.GetProperty("policy").GetString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(policy, """{"Statement":[]}""");
        var wrong = await FrontierProcess.RunAsync(
            "sign", "--url", "www.example.com", "--key-pair-id", "K 1", "--private-key", policy, "--policy", policy, "--expires", "never", "--hash", "md5");
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.All(["--url is", "--key-pair-id is", "--private-key", "--policy says", "is no policy", "--hash is"], fault => Assert.Contains(fault, wrong.Error, StringComparison.Ordinal));
        var missing = await FrontierProcess.RunAsync("sign", "--key-pair-id", "K1", "--private-key", "/nowhere.pem", "--ip", "::1");
        Assert.All(["--url is missing", "--expires is missing", "/nowhere.pem cannot be read", "--ip is"], fault => Assert.Contains(fault, missing.Error, StringComparison.Ordinal));
        Assert.Contains("Examples:", (await FrontierProcess.RunAsync("sign", "--help")).Output, StringComparison.Ordinal);
    }

    private static async Task<string> OursAsync(SigningKey key, params IReadOnlyList<string> flags)
    {
        var run = await FrontierProcess.RunAsync(["sign", "--key-pair-id", key.Id, "--private-key", key.File, .. flags]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Output.TrimEnd();
    }

    private static async Task<string> AwsAsync(SigningKey key, string url, DateTimeOffset end, params IReadOnlyList<string> flags)
    {
        var run = await Command.RunAsync(
            "/usr/bin/aws", ["cloudfront", "sign", "--url", url, "--key-pair-id", key.Id, "--private-key", "file://" + key.File, "--date-less-than", end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), .. flags],
            FrontierProcess.Patience);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Output.TrimEnd();
    }

    /// <param name="options">A JSON object without its closing brace.</param>
    private static async Task<(string Url, string Cookies)> JavaScriptAsync(SigningKey key, string options)
    {
        var run = await Command.RunAsync("node", [Path.Combine(Clients, "sign.mjs"), $$"""{{options}},"keyPairId":"{{key.Id}}","privateKeyFile":"{{key.File}}"}"""], FrontierProcess.Patience);
        Assert.True(run.ExitCode == 0, run.Everything);
        using var signed = JsonDocument.Parse(run.Output);
        return (signed.RootElement.GetProperty("url").GetString()!, string.Join("; ", signed.RootElement.GetProperty("cookies").EnumerateObject().Select(static cookie => $"{cookie.Name}={cookie.Value}")));
    }

    private sealed record SigningKey(string Id, string File);

    /// <summary>A running node with a distribution that trusts a key of either algorithm.</summary>
    private sealed class SignedStory : IAsyncDisposable
    {
        private readonly TemporaryDirectory _data = new();
        private FrontierProcess _frontier = null!;
        private Client _client = null!;

        public ScriptedOrigin Origin { get; } = ScriptedOrigin.Start();

        public SigningKey Rsa { get; private set; } = null!;

        public SigningKey Ecdsa { get; private set; } = null!;

        public string Domain { get; private set; } = "";

        public string Directory => _data.Path;

        public static async Task<SignedStory> StartAsync()
        {
            var story = new SignedStory();
            story._frontier = await FrontierProcess.UpAsync(Path.Combine(story.Directory, "data"));
            story._client = Client.Of(story._frontier);
            foreach (var path in new[] { "/page", "/other", "/films/a", "/a" })
            {
                story.Origin.On(path).Reply(200, "for members", ("Cache-Control", "max-age=60"));
            }

            using var rsa = RSA.Create(2_048);
            using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            story.Rsa = await story.AddKeyAsync("rsa", rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPrivateKeyPem()); // as openssl genrsa and the AWS CLI know it
            story.Ecdsa = await story.AddKeyAsync("ecdsa", ecdsa.ExportSubjectPublicKeyInfoPem(), ecdsa.ExportPkcs8PrivateKeyPem());
            var group = (await story.PostAsync("key-group", $"<KeyGroupConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Name>members</Name><Items><PublicKey>{story.Rsa.Id}</PublicKey><PublicKey>{story.Ecdsa.Id}</PublicKey></Items></KeyGroupConfig>")).Element("Id");
            var site = await story._client.MakeSiteAsync(Documents.OfOrigin("signed", story.Origin.Port).Replace(
                "<ViewerProtocolPolicy>", $"<TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>{group}</KeyGroup></Items></TrustedKeyGroups><ViewerProtocolPolicy>", StringComparison.Ordinal));
            story.Domain = site.Domain;
            return story;
        }

        public string Url(string target) => $"http://{Domain}:{new Uri(_frontier.Addresses.GetProperty("http").GetString()!).Port}{target}";

        public async Task ExpectAsync(int status, string url, string replaced = "", string by = "", string? cookies = null)
        {
            var asked = replaced.Length > 0 ? url.Replace(replaced, by, StringComparison.Ordinal) : url;
            var target = asked[asked.IndexOf('/', "http://".Length)..];
            (await _client.GetAsync(Domain, target, cookies)).Expect(status);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _frontier.DisposeAsync();
            await Origin.DisposeAsync();
            _data.Dispose();
        }

        private async Task<SigningKey> AddKeyAsync(string name, string publicKey, string privateKey)
        {
            var file = Path.Combine(Directory, name + ".pem");
            await File.WriteAllTextAsync(file, privateKey);
            var made = await PostAsync("public-key", $"<PublicKeyConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><CallerReference>{name}</CallerReference><Name>{name}</Name><EncodedKey>{publicKey}</EncodedKey></PublicKeyConfig>");
            return new SigningKey(made.Element("Id"), file);
        }

        private async Task<Answer> PostAsync(string path, string document) =>
            (await _client.CloudFront.SendAsync(HttpMethod.Post, "/2020-05-31/" + path, Encoding.UTF8.GetBytes(document))).Expect(201);
    }
}
