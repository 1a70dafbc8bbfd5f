// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text.Json;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Sdk;

/// <summary>
/// Debian's AWS CLI takes every kind of resource that it knows through its life: made, read, refused where a change is stale, listed page
/// by page, tagged, gone. A call costs a second of a processor, so there are some sixty, three at a time.
/// </summary>
public sealed class AwsCliTests : IAsyncDisposable
{
    private const int CallsAtATime = 3;

    private readonly TemporaryDirectory _files = new();
    private readonly SemaphoreSlim _turns = new(CallsAtATime);
    private Node? _node;

    public async ValueTask DisposeAsync()
    {
        await (_node?.DisposeAsync() ?? default);
        _turns.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Every_kind_of_resource_lives_as_it_does_at_CloudFront()
    {
        Assert.SkipUnless(Command.Exists("aws"), "The story needs the AWS CLI.");
        _node = await InProcess.StartAsync(_files["data"], TimeProvider.System);
        await Task.WhenAll(
            LiveAsync("cache-policy", CachePolicy(60), CachePolicy(61)),
            LiveAsync("origin-request-policy", Selection("one"), Selection("two")),
            LiveAsync("response-headers-policy", Frames("DENY"), Frames("SAMEORIGIN")),
            LiveAsync("origin-access-control", AccessControl("always"), AccessControl("never")),
            IdentitiesAsync(), KeysAsync(), FunctionAsync(), RealtimeLogAsync(), DistributionsAsync());
    }

    /// <summary>A kind of which nothing else has to be known.</summary>
    private async Task LiveAsync(string kind, string first, string second) => await EndAsync(kind, await BeginAsync(kind, first, second));

    /// <param name="kind">As the commands call it.</param>
    /// <param name="first">Its configuration.</param>
    /// <param name="second">What it would be changed to, were the ETag not stale.</param>
    private async Task<(string Id, string ETag)> BeginAsync(string kind, string first, string second)
    {
        var configuration = kind.EndsWith("-config", StringComparison.Ordinal) ? kind : kind + "-config";
        var made = await OkAsync($"create-{kind}", "--" + configuration, first);
        var id = made.EnumerateObject().Single(static member => member.Value.ValueKind is JsonValueKind.Object).Value.GetProperty("Id").GetString()!;
        var etag = made.GetProperty("ETag").GetString()!;
        Assert.EndsWith(id, made.GetProperty("Location").GetString(), StringComparison.Ordinal);

        var read = await OkAsync("get-" + configuration, "--id", id);
        Assert.Equal(etag, read.GetProperty("ETag").GetString());

        await RefusedAsync("PreconditionFailed", $"update-{kind}", "--id", id, "--if-match", "E0000000000000", "--" + configuration, second);
        return (id, etag);
    }

    private Task<JsonElement> EndAsync(string kind, (string Id, string ETag) made) => OkAsync($"delete-{kind}", "--id", made.Id, "--if-match", made.ETag);

    /// <summary>Listed one by one: the CLI's own pages, and the server's below them.</summary>
    private async Task IdentitiesAsync()
    {
        const string Kind = "cloud-front-origin-access-identity";
        var made = new[] { await BeginAsync(Kind, Identity("a", "one"), Identity("a", "two")), await BeginAsync(Kind, Identity("b", "one"), Identity("b", "two")) };
        var listed = new List<string>();
        string? token = null;
        do
        {
            var page = await OkAsync(["list-cloud-front-origin-access-identities", "--max-items", "1", "--page-size", "1", .. token is null ? Array.Empty<string>() : ["--starting-token", token]]);
            listed.Add(Assert.Single(page.GetProperty("CloudFrontOriginAccessIdentityList").GetProperty("Items").EnumerateArray()).GetProperty("Id").GetString()!);
            token = page.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        while (token is not null);

        Assert.Equal(made.Select(static one => one.Id).Order(), listed.Order());
        await Task.WhenAll(made.Select(one => EndAsync(Kind, one)));
    }

    /// <summary>Public keys, and what is made of them.</summary>
    private async Task KeysAsync()
    {
        using var rsa = RSA.Create(2048);
        string Key(string comment) => Json(new { CallerReference = "key", Name = "key", EncodedKey = rsa.ExportSubjectPublicKeyInfoPem() + "\n", Comment = comment });
        var key = await BeginAsync("public-key", Key("one"), Key("two"));
        await Task.WhenAll(
            LiveAsync("key-group", Json(new { Name = "group", Items = new[] { key.Id } }), Json(new { Name = "other", Items = new[] { key.Id } })),
            EncryptionAsync(key.Id));
        await EndAsync("public-key", key);
    }

    private async Task EncryptionAsync(string key)
    {
        string Profile(string field) => Json(new
        {
            Name = "profile",
            CallerReference = "profile",
            EncryptionEntities = new { Quantity = 1, Items = new[] { new { PublicKeyId = key, ProviderId = "shop", FieldPatterns = new { Quantity = 1, Items = new[] { field } } } } },
        });
        var profile = await BeginAsync("field-level-encryption-profile", Profile("card*"), Profile("number"));
        string Config(string comment) => Json(new
        {
            CallerReference = "config",
            Comment = comment,
            ContentTypeProfileConfig = new
            {
                ForwardWhenContentTypeIsUnknown = false,
                ContentTypeProfiles = new { Quantity = 1, Items = new[] { new { Format = "URLEncoded", ContentType = "application/x-www-form-urlencoded", ProfileId = profile.Id } } },
            },
        });
        await LiveAsync("field-level-encryption-config", Config("one"), Config("two"));
        await EndAsync("field-level-encryption-profile", profile);
    }

    private async Task FunctionAsync()
    {
        await File.WriteAllTextAsync(_files["function.js"], "function handler(event) { return event.request; }");
        string[] code = ["--function-config", """{"Comment":"","Runtime":"cloudfront-js-2.0"}""", "--function-code", "fileb://" + _files["function.js"]];
        var etag = (await OkAsync(["create-function", "--name", "rewrite", .. code])).GetProperty("ETag").GetString()!;
        Assert.Equal("UNPUBLISHED", (await OkAsync("describe-function", "--name", "rewrite")).GetProperty("FunctionSummary").GetProperty("Status").GetString());
        await RefusedAsync("PreconditionFailed", ["update-function", "--name", "rewrite", "--if-match", "E0000000000000", .. code]);
        await OkAsync("get-function", "--name", "rewrite", _files["read.js"]);
        Assert.Equal(await File.ReadAllTextAsync(_files["function.js"]), await File.ReadAllTextAsync(_files["read.js"]));
        await OkAsync("delete-function", "--name", "rewrite", "--if-match", etag);
    }

    private async Task RealtimeLogAsync()
    {
        string[] Logs(int rate) =>
        [
            "--name", "logs", "--fields", "timestamp", "c-ip", "--sampling-rate", $"{rate}", "--end-points",
            """[{"StreamType":"Kinesis","KinesisStreamConfig":{"RoleARN":"arn:aws:iam::123456789012:role/logs","StreamARN":"arn:aws:kinesis:us-east-1:123456789012:stream/logs"}}]""",
        ];
        await OkAsync(["create-realtime-log-config", .. Logs(50)]);
        await OkAsync(["update-realtime-log-config", .. Logs(7)]);
        Assert.Equal(7, (await OkAsync("get-realtime-log-config", "--name", "logs")).GetProperty("RealtimeLogConfig").GetProperty("SamplingRate").GetInt32());
        await OkAsync("delete-realtime-log-config", "--name", "logs");
    }

    /// <summary>A distribution with its tags, its staging distribution and the policy between them.</summary>
    private async Task DistributionsAsync()
    {
        var made = await OkAsync("create-distribution-with-tags", "--distribution-config-with-tags", Json(new { DistributionConfig = Distribution(), Tags = new { Items = new[] { new { Key = "team", Value = "web" } } } }));
        var (id, arn, etag) = (made.GetProperty("Distribution").GetProperty("Id").GetString()!, made.GetProperty("Distribution").GetProperty("ARN").GetString()!, made.GetProperty("ETag").GetString()!);
        await RefusedAsync("PreconditionFailed", "update-distribution", "--id", id, "--if-match", "E0000000000000", "--distribution-config", Json(Distribution()));
        var changed = await OkAsync("update-distribution", "--id", id, "--if-match", etag, "--distribution-config", Json(Distribution("changed")));
        Assert.Equal("changed", changed.GetProperty("Distribution").GetProperty("DistributionConfig").GetProperty("Comment").GetString());
        etag = changed.GetProperty("ETag").GetString()!;
        await OkAsync("tag-resource", "--resource", arn, "--tags", "Items=[{Key=stage,Value=test}]");
        var tags = (await OkAsync("list-tags-for-resource", "--resource", arn)).GetProperty("Tags").GetProperty("Items").EnumerateArray();
        Assert.Equal([("stage", "test"), ("team", "web")], tags.Select(static tag => (tag.GetProperty("Key").GetString(), tag.GetProperty("Value").GetString())).Order());

        var copy = await OkAsync("copy-distribution", "--primary-distribution-id", id, "--staging", "--caller-reference", "staging", "--if-match", etag);
        string Traffic(string value) => Json(new
        {
            StagingDistributionDnsNames = new { Quantity = 1, Items = new[] { copy.GetProperty("Distribution").GetProperty("DomainName").GetString() } },
            Enabled = true,
            TrafficConfig = new { Type = "SingleHeader", SingleHeaderConfig = new { Header = "aws-cf-cd-try", Value = value } },
        });
        await LiveAsync("continuous-deployment-policy", Traffic("yes"), Traffic("maybe"));

        var page = await OkAsync("list-distributions", "--max-items", "1", "--page-size", "1");
        Assert.Equal(id, Assert.Single(page.GetProperty("DistributionList").GetProperty("Items").EnumerateArray()).GetProperty("Id").GetString());
        var rest = await OkAsync("list-distributions", "--max-items", "1", "--starting-token", page.GetProperty("NextToken").GetString()!);
        Assert.Equal(
            copy.GetProperty("Distribution").GetProperty("Id").GetString(), Assert.Single(rest.GetProperty("DistributionList").GetProperty("Items").EnumerateArray()).GetProperty("Id").GetString());

        using var client = Client.Of(_node!, TimeProvider.System);
        await Eventually.IsTrueAsync(async () => (await client.GetDistributionAsync(id)).Element("Status") == "Deployed");
        await OkAsync("delete-distribution", "--id", id, "--if-match", etag);
        await RefusedAsync("NoSuchDistribution", "get-distribution", "--id", id);
    }

    private static string CachePolicy(int seconds) => Json(new
    {
        Name = "cache",
        MinTTL = 0,
        DefaultTTL = seconds,
        MaxTTL = 3_600,
        ParametersInCacheKeyAndForwardedToOrigin = new
        {
            EnableAcceptEncodingGzip = true,
            HeadersConfig = new { HeaderBehavior = "whitelist", Headers = new { Quantity = 1, Items = new[] { "Accept-Language" } } },
            CookiesConfig = new { CookieBehavior = "none" },
            QueryStringsConfig = new { QueryStringBehavior = "all" },
        },
    });

    private static string Selection(string comment) => Json(new
    {
        Name = "request",
        Comment = comment,
        HeadersConfig = new { HeaderBehavior = "allViewer" },
        CookiesConfig = new { CookieBehavior = "all" },
        QueryStringsConfig = new { QueryStringBehavior = "none" },
    });

    private static string Frames(string option) => Json(new { Name = "response", SecurityHeadersConfig = new { FrameOptions = new { Override = true, FrameOption = option } } });

    private static string AccessControl(string signing) => Json(new { Name = "control", SigningProtocol = "sigv4", SigningBehavior = signing, OriginAccessControlOriginType = "s3" });

    private static string Identity(string reference, string comment) => Json(new { CallerReference = reference, Comment = comment });

    /// <summary>Disabled, so that it can be deleted as soon as it is deployed.</summary>
    private static object Distribution(string comment = "") => new
    {
        CallerReference = "cli",
        Comment = comment,
        Enabled = false,
        Origins = new
        {
            Quantity = 1,
            Items = new[] { new { Id = "origin", DomainName = "origin.example", CustomOriginConfig = new { HTTPPort = 80, HTTPSPort = 443, OriginProtocolPolicy = "http-only" } } },
        },
        DefaultCacheBehavior = new { TargetOriginId = "origin", ViewerProtocolPolicy = "allow-all", CachePolicyId = "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    };

    private static string Json(object value) => JsonSerializer.Serialize(value);

    /// <summary>What a command that succeeds prints; an empty object where it prints nothing.</summary>
    private async Task<JsonElement> OkAsync(params IReadOnlyList<string> arguments)
    {
        var run = await CallAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{arguments[0]}: {run.Everything}");
        return JsonDocument.Parse(run.Output.Trim().Length > 0 ? run.Output : "{}").RootElement;
    }

    /// <summary>A command that the API refuses by that code.</summary>
    private async Task RefusedAsync(string code, params IReadOnlyList<string> arguments)
    {
        var run = await CallAsync(arguments);
        Assert.True(run.ExitCode != 0 && run.Error.Contains($"({code})", StringComparison.Ordinal), $"{arguments[0]}: {run.Everything}");
    }

    private async Task<CommandResult> CallAsync(IReadOnlyList<string> arguments)
    {
        await _turns.WaitAsync();
        try
        {
            return await AwsCli.RunAsync(_node!, ["cloudfront", .. arguments]);
        }
        finally
        {
            _turns.Release();
        }
    }
}
