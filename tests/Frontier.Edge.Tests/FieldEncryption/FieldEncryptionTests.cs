// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Frontier.Contracts;
using Frontier.Protocols.FieldEncryption;
using Frontier.Testing;
using Frontier.Usage;
using static Frontier.Edge.Tests.FieldEncryption.EncryptingEdge;

namespace Frontier.Edge.Tests.FieldEncryption;

/// <summary>§25 over real sockets: what the origin gets of a form, what the viewer is told, and what the log says.</summary>
public sealed class FieldEncryptionTests
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task The_origin_gets_the_form_in_chunks_with_its_fields_encrypted_DP_25_1_DP_25_7(string method)
    {
        await using var edge = await EncryptingEdge.StartAsync();
        using var content = new StringContent("name=Ann&card=4111+1111&pin1=12&pin2=&note=a%20b", Encoding.ASCII, FormType);
        content.Headers.Add("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==");
        var answer = await edge.SendAsync(new HttpMethod(method), "/pay?x=1", content);

        Assert.Equal((201, "made"), (answer.Status, answer.Body));
        var request = edge.Origin.Last("/pay");
        Assert.Equal(("chunked", null, null), (request.Header("Transfer-Encoding"), request.Header("Content-Length"), request.Header("Content-MD5")));
        Assert.Equal(("/pay?x=1", method, FormType + "; charset=us-ascii"), (request.Target, request.Method, request.Header("Content-Type")));
        Assert.Equal("name=Ann&card=<4111 1111>&pin1=<12>&pin2=<>&note=a%20b", Read(request));
        Assert.DoesNotContain("4111", request.BodyText, StringComparison.Ordinal);
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((FieldEncryptionStatus.Processed, 3), (record.FieldEncryption, record.EncryptedFields));
    }

    [Fact]
    public async Task A_chunked_upload_of_single_bytes_is_encrypted_just_so()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /pay HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: {FormType}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        foreach (var one in "a=1&c%61rd=41%31+1&b=%2B")
        {
            await viewer.SendAsync($"1\r\n{one}\r\n");
        }

        await viewer.SendAsync("0\r\n\r\n");
        Assert.EndsWith("made", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("a=1&c%61rd=<411 1>&b=%2B", Read(edge.Origin.Last("/pay")));
    }

    [Fact]
    public async Task Over_HTTP_2_a_form_is_encrypted_too()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        using var viewer = TlsViewer.Of(edge);
        using var content = new StringContent("card=4111", Encoding.ASCII, FormType);
        using var request = new HttpRequestMessage(HttpMethod.Post, TlsViewer.Address(edge, "/pay")) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        using var answer = await viewer.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("card=<4111>", Read(edge.Origin.Last("/pay")));
    }

    [Fact]
    public async Task A_form_of_nearly_a_megabyte_goes_through_in_order()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        var filler = string.Join('&', Enumerable.Range(0, 50).Select(static i => $"f{i}={new string((char)('a' + (i % 26)), 20_000)}"));
        var answer = await edge.PostAsync($"card={new string('4', 16_384)}&{filler}&pin=1");
        Assert.Equal(201, answer.Status);
        Assert.Equal($"card=<{new string('4', 16_384)}>&{filler}&pin=<1>", Read(edge.Origin.Last("/pay")));
    }

    [Theory]
    [InlineData("card=1&x=%zz", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("card=1&x=%", FieldEncryptionStatus.MalformedInputClientError)]
    [InlineData("pin=1&pin=2&pin=3&pin=4&pin=5&pin=6&pin=7&pin=8&pin=9&pin=10&pin=11", FieldEncryptionStatus.FieldNumberLimitClientError)]
    [InlineData("card=@16385", FieldEncryptionStatus.FieldLengthLimitClientError)]
    public async Task What_breaks_a_rule_is_400_and_no_whole_request_to_the_origin_DP_25_6(string form, FieldEncryptionStatus expected)
    {
        await using var edge = await EncryptingEdge.StartAsync();
        var answer = await edge.PostAsync(form.Replace("@16385", new string('4', 16_385), StringComparison.Ordinal));

        Assert.Equal(400, answer.Status);
        Assert.Contains("Bad request.", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(edge.Origin.Log, static request => request.Body.Length > 0); // a body that breaks off was never read whole
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((expected, 400, ErrorDetail.InvalidRequest, ResultType.Error), (record.FieldEncryption, record.Status, record.Detail, record.Result));
        Assert.Equal(201, (await edge.PostAsync("card=1")).Status); // the origin's other connections are none the worse
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_400_whether_its_length_was_told_or_not_DP_25_6()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        using var told = await edge.ConnectAsync();
        await told.SendAsync($"POST /told HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: {FormType}\r\nContent-Length: 1048577\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await told.ReadHeadAsync(), StringComparison.Ordinal); // its length alone says so
        Assert.Empty(edge.Origin.Log);

        using var untold = await edge.ConnectAsync();
        await untold.SendAsync($"POST /untold HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: {FormType}\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\ncard=1&x={new string('x', 1_048_568)}");
        Assert.StartsWith("HTTP/1.1 400 ", await untold.ReadHeadAsync(), StringComparison.Ordinal);
        foreach (var path in (string[])["/told", "/untold"])
        {
            Assert.Equal(FieldEncryptionStatus.RequestLengthLimitClientError, (await edge.Records.OfAsync(path)).FieldEncryption);
        }
    }

    [Theory]
    [InlineData("application/json", "/pay", 400, FieldEncryptionStatus.RejectedByContentType)]
    [InlineData("nonsense", "/pay", 400, FieldEncryptionStatus.MalformedContentTypeClientError)]
    [InlineData(FormType, "/pay?fle-profile=a", 201, FieldEncryptionStatus.Processed)]
    [InlineData(FormType, "/pay?fle-profile=b", 400, FieldEncryptionStatus.RejectedByQueryArgs)]
    [InlineData(FormType, "/pay?fle-profile=", 400, FieldEncryptionStatus.MalformedQueryArgsClientError)]
    public async Task Refusals_are_told_before_the_origin_is_asked_DP_25_3_DP_25_4(string type, string target, int status, FieldEncryptionStatus expected)
    {
        await using var edge = await EncryptingEdge.StartAsync(static config => config with { QueryArgs = new QueryArgProfilesConfig(false, [new QueryArgProfileConfig("a", "P1")]) });
        var answer = await edge.PostAsync("card=1", target, type);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? 1 : 0, edge.Origin.Log.Count);
        Assert.Equal(expected, (await edge.Records.OfAsync(answer)).FieldEncryption);
    }

    [Theory]
    [InlineData("application/json", "/pay", FieldEncryptionStatus.ForwardedByContentType)]
    [InlineData(FormType, "/pay?fle-profile=b", FieldEncryptionStatus.ForwardedByQueryArgs)]
    [InlineData(FormType, "/pay", FieldEncryptionStatus.ForwardedDueToNoProfile)]
    public async Task Where_it_is_allowed_a_body_goes_as_it_is_and_framed_as_it_came_DP_25_3(string type, string target, FieldEncryptionStatus expected)
    {
        await using var edge = await EncryptingEdge.StartAsync(
            static config => config with { ForwardsUnknownContent = true, FormProfileId = null, QueryArgs = new QueryArgProfilesConfig(true, []) });
        var answer = await edge.PostAsync("card=1&x=%zz", target, type);
        var request = edge.Origin.Last("/pay");
        Assert.Equal((201, "card=1&x=%zz", "12"), (answer.Status, request.BodyText, request.Header("Content-Length")));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((expected, null), (record.FieldEncryption, record.EncryptedFields));
    }

    [Fact]
    public async Task A_request_without_a_body_and_a_behavior_without_encryption_are_none_of_its_business_DP_25_1()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        edge.Origin.On("/a").Reply(200, "a");
        Assert.Equal("a", (await edge.GetAsync("/a")).Body);
        Assert.Equal(FieldEncryptionStatus.None, (await edge.Records.OfAsync("/a")).FieldEncryption);
        Assert.Equal(201, (await edge.PostAsync("", "/pay?empty")).Status);

        await using var plain = await EncryptingEdge.StartAsync(behavior: static behavior => behavior with { FieldEncryptionId = null });
        var answer = await plain.PostAsync("card=1");
        Assert.Equal("card=1", plain.Origin.Last("/pay").BodyText);
        Assert.Equal(FieldEncryptionStatus.None, (await plain.Records.OfAsync(answer)).FieldEncryption);
    }

    [Fact]
    public async Task A_viewer_that_waits_to_be_told_to_go_on_is_told_only_where_its_head_is_in_order_DP_4_9()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        using var refused = await edge.ConnectAsync();
        await refused.SendAsync($"POST /pay HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await refused.ReadHeadAsync(), StringComparison.Ordinal);

        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /pay HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: {FormType}\r\nContent-Length: 6\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
        await viewer.SendAsync("card=1");
        Assert.EndsWith("made", await viewer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("card=<1>", Read(edge.Origin.Last("/pay")));
    }

    /// <summary>The answer of an origin that does not wait for the end is the viewer's, as with any upload.</summary>
    [Fact]
    public async Task An_origin_may_answer_before_the_form_has_ended()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        edge.Origin.On("/early").Reply(ScriptedReply.Of(409, "enough") with { IgnoreRequestBody = true });
        using var viewer = await edge.ConnectAsync();
        await viewer.SendAsync($"POST /early HTTP/1.1\r\nHost: {TestEdge.Host}\r\nContent-Type: {FormType}\r\nContent-Length: 1000000\r\n\r\ncard=4111");
        Assert.StartsWith("HTTP/1.1 409 ", await viewer.ReadHeadAsync(), StringComparison.Ordinal);
    }

    /// <summary>DP-11.1: what was sent once is not sent again.</summary>
    [Fact]
    public async Task A_form_that_an_origin_has_dropped_is_not_sent_again()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        edge.Origin.On("/dropped").Reply(ScriptedReply.Of(200) with { Raw = ReadOnlyMemory<byte>.Empty, Ending = ScriptedEnding.CloseSilently });
        Assert.Equal(502, (await edge.PostAsync("card=1", "/dropped")).Status);
        Assert.Equal(1, edge.Origin.Requests("/dropped"));
    }

    [Fact]
    public async Task A_page_of_the_distributions_own_stands_for_a_refusal()
    {
        await using var edge = await EncryptingEdge.StartAsync();
        edge.Origin.On("/sorry").Reply(200, "Please fill in the form again.");
        edge.Configure(distribution => distribution with
        {
            DefaultBehavior = TestEdge.Behavior("*") with { AllowedMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"], FieldEncryptionId = "C1" },
            ErrorResponses = [new ErrorResponseConfig(400, 10) { PagePath = "/sorry", PageStatus = 400 }],
        });
        await edge.DeployedAsync();
        var answer = await edge.PostAsync("card=%zz");
        Assert.Equal((400, "Please fill in the form again."), (answer.Status, answer.Body));
    }

    /// <summary>The numbers of such a key make none: what it was to hide must stay here.</summary>
    [Fact]
    public async Task A_key_that_cannot_encrypt_lets_nothing_through()
    {
        using var rsa = RSA.Create(2_048);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        parameters.Modulus![^1] &= 0xFE;
        rsa.ImportParameters(parameters);
        await using var edge = await EncryptingEdge.StartAsync(publicKey: Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()));
        var answer = await edge.PostAsync("name=Ann&card=4111");
        Assert.Equal(500, answer.Status);
        Assert.DoesNotContain(edge.Origin.Log, static request => request.BodyText.Contains("4111", StringComparison.Ordinal));
        var record = await edge.Records.OfAsync(answer);
        Assert.Equal((FieldEncryptionStatus.ServerError, ErrorDetail.InternalError), (record.FieldEncryption, record.Detail));
    }
}
