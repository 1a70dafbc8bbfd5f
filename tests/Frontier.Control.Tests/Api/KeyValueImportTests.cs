// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.FunctionDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>API-6.11, edge-compute §4: the pairs a store begins with come from an object of the bucket server, all or none.</summary>
public sealed class KeyValueImportTests
{
    private const string Arn = "arn:aws:s3:::a-bucket/some/k%20y.json";
    private const string Path = "/a-bucket/some/k%2520y.json";

    [Fact]
    public async Task A_store_is_created_with_the_pairs_of_the_object()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On(Path).Reply(200, """{"data":[{"key":"a","value":"1"},{"key":"b","value":"","ignored":[]}],"more":1}""");

        var created = (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(Arn)))).Expect(201);

        Assert.Equal("READY", created.Text("Status"));
        var head = (await control.Store.ReadKeyValueHeadAsync(created.Text("Id")!, default))!;
        Assert.Equal((2, 3), (head.ItemCount, head.TotalBytes));
        Assert.Equal("1", (await control.Store.FindKeyValueAsync(created.Text("Id")!, "a", default))!.Value);
    }

    [Fact]
    public async Task The_object_is_asked_for_with_the_signature_of_an_access_key()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On(Path).Reply(200, """{"data":[]}""");
        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(Arn)))).Expect(201);

        var sent = Assert.Single(origin.Log);

        var signed = new SignableRequest(sent.Method, sent.Target, "", [.. sent.RawText.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(": ", 2)).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))]);
        Assert.True(SignatureClaim.TryRead(signed, out var claim, out _));
        Assert.Equal(TestControl.Key.Id, claim!.AccessKeyId);
        Assert.Equal(SignatureVerdict.Valid, SignatureVerifier.Verify(signed, claim, TestControl.Key.Secret, SignatureVerifier.EmptyPayloadHash, "s3", control.Clock.GetUtcNow()));
    }

    public static TheoryData<string, string> Files => new()
    {
        { "", "not JSON" },
        { "null", "not JSON" },
        { "[]", "not JSON" },
        { "{}", "not JSON" },
        { """{"data":[{"key":"a"}]}""", "not JSON" },
        { """{"data":[{"key":"a","value":null}]}""", "not JSON" },
        { """{"data":[{"key":"a","value":1}]}""", "not JSON" },
        { """{"data":[{"key":"\ud800","value":""}]}""", "not JSON" },
        { """{"data":[null]}""", "null" },
        { """{"data":[{"key":"","value":"1"}]}""", "empty" },
        { """{"data":[{"key":"a\u0000","value":"1"}]}""", "U+0000" },
        { """{"data":[{"key":"a","value":"1"},{"key":"a","value":"2"}]}""", "more than once" },
        { $$"""{"data":[{"key":"{{new string('k', 513)}}","value":"1"}]}""", "513 bytes" },
        { $$"""{"data":[{"key":"a","value":"{{new string('ü', 513)}}"}]}""", "1026 bytes" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_with_a_fault_creates_no_store(string file, string words)
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On(Path).Reply(200, file);

        var answer = (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(Arn)))).ExpectError(400, "InvalidArgument");

        Assert.Contains(words, answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "key-value-store")).Text("Quantity"));
    }

    [Fact]
    public async Task A_file_or_pairs_past_the_quota_are_413()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin, new Quotas { KeyValueStoreBytes = 40 });
        origin.On(Path).Reply(200, """{"data":[{"key":"a","value":"1"}]}""" + new string(' ', 7));
        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(Arn)))).ExpectError(413, "EntitySizeLimitExceeded");

        origin.On(Path).Reply(200, """{"data":[{"key":"a","value":"1"}]}""" + new string(' ', 6));
        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(Arn)))).Expect(201);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_is_told_why()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        Assert.Contains("404", await FailAsync(control, "arn:aws:s3:::a-bucket/nothing"), StringComparison.Ordinal);
        Assert.Contains("not of the form", await FailAsync(control, "arn:aws:s3:::a-bucket"), StringComparison.Ordinal);
        Assert.Contains("not of the form", await FailAsync(control, "https://a-bucket/key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_server_that_is_not_there_is_named()
    {
        var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        await origin.DisposeAsync();

        Assert.Contains($"127.0.0.1:{origin.Port}/ cannot be reached", await FailAsync(control, Arn), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_breaks_off_creates_no_store()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On(Path).Reply(200, """{"data":[]}""").DeclareLength(100).EndConnection(ScriptedEnding.CloseSilently);

        Assert.Contains("broke off", await FailAsync(control, Arn), StringComparison.Ordinal);
    }

    /// <summary>The caller is answered although the bucket server never is.</summary>
    [Fact]
    public async Task A_bucket_server_that_says_nothing_is_given_up_on()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On(Path).Hold();
        var call = FailAsync(control, Arn);
        await Eventually.IsTrueAsync(() =>
        {
            control.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(call.IsCompleted);
        });

        Assert.Contains("did not answer", await call, StringComparison.Ordinal);
    }

    private static Task<TestControl> StartAsync(ScriptedOrigin origin, Quotas? quotas = null) =>
        TestControl.StartAsync(options => options with { S3Endpoint = new Uri($"http://127.0.0.1:{origin.Port}"), Quotas = quotas ?? options.Quotas });

    private static async Task<string> FailAsync(TestControl control, string arn) =>
        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: ImportSource(arn)))).ExpectError(400, "InvalidArgument").ErrorMessage!;
}
