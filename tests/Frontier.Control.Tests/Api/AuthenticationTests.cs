// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>API-1.4, API-2.4: nothing is done for callers who cannot prove who they are.</summary>
public sealed class AuthenticationTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Distribution().ToString());

    [Fact]
    public async Task A_call_that_proves_nothing_is_refused_by_its_code_and_changes_nothing()
    {
        await using var control = await TestControl.StartAsync();
        HttpRequestMessage New() => control.NewRequest("POST", "/2020-05-31/distribution", Body);

        (await control.SendAsync(New())).ExpectError(403, "MissingAuthenticationToken");
        (await control.SendAsync(control.Sign(New(), Body, new AccessKey("AKIDNOBODY", TestControl.Key.Secret)))).ExpectError(403, "InvalidClientTokenId");
        (await control.SendAsync(control.Sign(New(), Body, new AccessKey(TestControl.Key.Id, "wrong")))).ExpectError(403, "SignatureDoesNotMatch");
        (await control.SendAsync(control.Sign(New(), Body, service: "s3"))).ExpectError(403, "SignatureDoesNotMatch");
        (await control.SendAsync(control.Sign(New(), [.. Body, 32]))).ExpectError(403, "SignatureDoesNotMatch");
        (await control.SendAsync(control.Sign(New(), Body, clockOff: TimeSpan.FromSeconds(301)))).ExpectError(403, "SignatureDoesNotMatch");
        (await control.SendAsync(control.Sign(New(), Body, clockOff: TimeSpan.FromSeconds(-301)))).ExpectError(403, "SignatureDoesNotMatch");

        Assert.Equal("0", (await control.CallAsync("GET", "distribution")).Expect(200).Text("Quantity"));
    }

    [Theory]
    [InlineData("Basic abc")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDTESTS/20260807/us-east-1/cloudfront/aws4_request")]
    [InlineData("AWS4-HMAC-SHA256 Credential=nonsense, SignedHeaders=host, Signature=00")]
    public async Task A_claim_that_cannot_be_read_is_incomplete(string authorization)
    {
        await using var control = await TestControl.StartAsync();
        var request = control.NewRequest("GET", "/2020-05-31/distribution", []);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("x-amz-date", "20260807T120000Z");

        (await control.SendAsync(request)).ExpectError(403, "IncompleteSignature");
    }

    [Fact]
    public async Task A_header_that_must_be_signed_and_is_not_makes_the_signature_incomplete()
    {
        await using var control = await TestControl.StartAsync();
        var request = control.Sign(control.NewRequest("GET", "/2020-05-31/distribution", []), []);
        request.Headers.TryAddWithoutValidation("x-amz-security-token", "smuggled");

        (await control.SendAsync(request)).ExpectError(403, "IncompleteSignature");
    }

    [Fact]
    public async Task A_clock_off_by_up_to_five_minutes_is_accepted()
    {
        await using var control = await TestControl.StartAsync();

        (await control.SendAsync(control.Sign(control.NewRequest("GET", "/2020-05-31/distribution", []), [], clockOff: TimeSpan.FromMinutes(5)))).Expect(200);
        (await control.SendAsync(control.Sign(control.NewRequest("GET", "/2020-05-31/distribution", []), [], clockOff: TimeSpan.FromMinutes(-5)))).Expect(200);
    }

    /// <summary>In the words by which clients know that it is the clock.</summary>
    [Theory]
    [InlineData(6, "Signature not yet current: 20260807T120600Z is still later than 20260807T120500Z (20260807T120000Z + 5 min.)")]
    [InlineData(-6, "Signature expired: 20260807T115400Z is now earlier than 20260807T115500Z (20260807T120000Z - 5 min.)")]
    public async Task A_clock_that_is_wrong_is_told_by_how_much(int minutes, string message)
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.SendAsync(control.Sign(control.NewRequest("GET", "/2020-05-31/distribution", []), [], clockOff: TimeSpan.FromMinutes(minutes)));

        Assert.Equal(message, answer.ExpectError(403, "SignatureDoesNotMatch").ErrorMessage);
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallAsync("POST", "distribution", new byte[(1 << 20) + 1])).ExpectError(413, "EntitySizeLimitExceeded");
    }

    /// <summary>API-2.1, API-2.3.</summary>
    [Fact]
    public async Task An_error_names_its_sender_and_repeats_the_request_id()
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.CallAsync("GET", "distribution/ENOSUCHDISTRO1");

        Assert.Equal("Sender", answer.Text("Type"));
        Assert.Equal("The specified distribution does not exist.", answer.ErrorMessage);
        Assert.Equal(answer.RequestId, answer.Text("RequestId"));
        Assert.Equal("text/xml", answer.ContentType);
    }

    [Theory]
    [InlineData("GET", "/2020-05-31/nothing")]
    [InlineData("GET", "/2019-03-26/distribution")]
    [InlineData("PATCH", "/2020-05-31/distribution")]
    [InlineData("GET", "/2020-05-31/distribution/")]
    [InlineData("GET", "/")]
    public async Task An_unknown_path_or_method_is_not_found(string method, string path)
    {
        await using var control = await TestControl.StartAsync();

        (await control.SendAsync(control.Sign(control.NewRequest(method, path, []), []))).ExpectError(404, "NoSuchOperation");
    }

    [Theory]
    [InlineData("POST", "function/f/test", "TestFunction")]
    [InlineData("GET", "connection-function/f/describe", "DescribeConnectionFunction")]
    [InlineData("POST", "vpc-origin", "CreateVpcOrigin")]
    [InlineData("GET", "distribution-tenant?domain=a.example", "GetDistributionTenantByDomain")]
    [InlineData("GET", "connection-group?RoutingEndpoint=a.example", "GetConnectionGroupByRoutingEndpoint")]
    [InlineData("PUT", "anycast-ip-list/a1", "UpdateAnycastIpList")]
    public async Task An_operation_that_is_not_implemented_is_named(string method, string target, string name)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync(method, target)).ExpectError(501, "NotImplemented");

        Assert.Contains($" {name} ", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("Receiver", answer.Text("Type"));
    }
}
