// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>API-2.4: a presigned URL reads until it expires, and changes nothing: whoever comes by it could.</summary>
public sealed class PresignedTests
{
    [Fact]
    public async Task A_presigned_URL_reads_until_it_expires()
    {
        await using var control = await TestControl.StartAsync();
        var target = Presign(control, "GET", "/2020-05-31/distribution", seconds: 3_600);

        (await SendAsync(control, "GET", target)).Expect(200);
        control.Clock.Advance(TimeSpan.FromHours(1));
        (await SendAsync(control, "GET", target)).Expect(200);
        control.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = (await SendAsync(control, "GET", target)).ExpectError(400, "RequestExpired");
        Assert.Contains("good until 20260807T130000Z, and it is 20260807T130001Z", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(604_801)]
    public async Task A_presigned_URL_for_no_time_or_more_than_a_week_is_refused(int seconds)
    {
        await using var control = await TestControl.StartAsync();

        (await SendAsync(control, "GET", Presign(control, "GET", "/2020-05-31/distribution", seconds))).ExpectError(403, "IncompleteSignature");
    }

    [Fact]
    public async Task A_presigned_URL_from_the_future_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        control.Clock.Advance(TimeSpan.FromMinutes(6));
        var target = Presign(control, "GET", "/2020-05-31/distribution", seconds: 3_600);
        control.Clock.Advance(TimeSpan.FromMinutes(-6));

        (await SendAsync(control, "GET", target)).ExpectError(403, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_presigned_URL_changes_nothing()
    {
        await using var control = await TestControl.StartAsync();
        var body = Encoding.UTF8.GetBytes(Distribution().ToString());

        var answer = await SendAsync(control, "POST", Presign(control, "POST", "/2020-05-31/distribution", 60, body), body);

        Assert.Contains("Authorization header", answer.ExpectError(403, "AccessDenied").ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "distribution")).Expect(200).Text("Quantity"));
    }

    private static Task<Answer> SendAsync(TestControl control, string method, string target, byte[]? body = null) => control.SendAsync(control.NewRequest(method, target, body ?? []));

    private static string Presign(TestControl control, string method, string path, int seconds, byte[]? body = null)
    {
        var timestamp = control.Clock.GetUtcNow().UtcDateTime.ToString(SignatureClaim.TimestampForm, CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], "us-east-1", "cloudfront");
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{TestControl.Key.Id}/{scope}")}&X-Amz-Date={timestamp}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host");
        var request = new SignableRequest(method, path, query, [new("host", control.Address.Authority)]);
        var canonical = CanonicalRequest.Build(request, ["host"], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body ?? [])), doubleEncodePath: true)!;
        return $"{path}?{query}&X-Amz-Signature={scope.Sign(scope.DeriveKey(TestControl.Key.Secret), timestamp, canonical)}";
    }
}
