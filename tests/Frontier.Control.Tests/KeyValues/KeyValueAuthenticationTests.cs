// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Tests.KeyValues;

/// <summary>edge-compute §4: signatures of version 4A, and plain ones; without a good one nothing changes.</summary>
public sealed class KeyValueAuthenticationTests
{
    [Fact]
    public async Task Both_kinds_of_signature_are_taken()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);

        var put = (await pairs.CallSymmetricAsync("PUT", "/keys/a", """{"Value":"1"}""", await pairs.ETagAsync())).Expect(200);

        (await pairs.PutAsync("a", "2", put.ETag)).Expect(200);
    }

    [Fact]
    public async Task A_signature_by_another_key_or_for_another_body_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var etag = await pairs.ETagAsync();
        var body = Encoding.UTF8.GetBytes("""{"Value":"1"}""");
        HttpRequestMessage Put() => control.NewRequest("PUT", pairs.Path + "/keys/a", body, etag);

        (await control.SendAsync(pairs.Sign(Put(), body, new AccessKey(TestControl.Key.Id, "guessed")))).ExpectException(403, "InvalidSignatureException");
        (await control.SendAsync(pairs.Sign(Put(), Encoding.UTF8.GetBytes("""{"Value":"2"}""")))).ExpectException(403, "InvalidSignatureException");
        (await control.SendAsync(pairs.Sign(Put(), body, new AccessKey("AKIDNOBODY", "guessed")))).ExpectException(403, "UnrecognizedClientException");
        (await control.SendAsync(pairs.Sign(Put(), body, service: "cloudfront"))).ExpectException(403, "InvalidSignatureException");
        (await control.SendAsync(Put())).ExpectException(403, "MissingAuthenticationTokenException");
        (await pairs.CallSymmetricAsync("PUT", "/keys/a", """{"Value":"1"}""", etag, service: "cloudfront")).ExpectException(403, "InvalidSignatureException");

        Assert.Equal(etag, await pairs.ETagAsync());
    }

    [Fact]
    public async Task A_signature_that_is_too_old_or_leaves_out_a_header_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);
        var old = pairs.Sign(control.NewRequest("GET", pairs.Path, []), []);
        control.Clock.Advance(TimeSpan.FromMinutes(6));
        (await control.SendAsync(old)).ExpectException(403, "InvalidSignatureException", "Signature expired: ");

        var added = pairs.Sign(control.NewRequest("GET", pairs.Path, []), []);
        added.Headers.TryAddWithoutValidation("x-amz-meta", "unsigned");
        (await control.SendAsync(added)).ExpectException(403, "IncompleteSignatureException", "x-amz-");
    }

    /// <summary>CloudFront's own API asks for the symmetric one, as at AWS.</summary>
    [Fact]
    public async Task The_other_API_takes_no_asymmetric_signatures()
    {
        await using var control = await TestControl.StartAsync();
        var pairs = await KeyValueClient.CreateAsync(control);

        var answer = await control.SendAsync(pairs.Sign(control.NewRequest("GET", "/2020-05-31/key-value-store", []), [], service: "cloudfront"));

        answer.ExpectError(403, "IncompleteSignature");
    }
}
