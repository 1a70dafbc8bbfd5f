// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Credentials;

/// <summary>A signed change that somebody recorded cannot be made again, and clients that repeat what they just sent are not in the way of that.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task The_very_same_change_is_made_again_within_seconds_and_refused_later()
    {
        await using var control = await TestControl.StartAsync();
        var (target, body) = await TaggingAsync(control);
        var signed = Headers(control, target, body);

        (await SendAsync(control, target, body, signed)).Expect(204);
        (await SendAsync(control, target, body, signed)).Expect(204);
        control.Clock.Advance(TimeSpan.FromSeconds(5));
        (await SendAsync(control, target, body, signed)).Expect(204);
        control.Clock.Advance(TimeSpan.FromSeconds(1));
        var refused = (await SendAsync(control, target, body, signed)).ExpectError(403, "SignatureDoesNotMatch");
        control.Clock.Advance(TimeSpan.FromMinutes(4));
        (await SendAsync(control, target, body, signed)).ExpectError(403, "SignatureDoesNotMatch");

        Assert.Contains("was made before", refused.ErrorMessage, StringComparison.Ordinal);
        var refusals = (await control.CallOwnAsync("GET", "audit")).Json().GetProperty("items").EnumerateArray().Count(entry => entry.TryGetProperty("error", out _));
        Assert.Equal(2, refusals);
    }

    [Fact]
    public async Task A_change_is_not_made_again_after_a_restart()
    {
        await using var control = await TestControl.StartAsync();
        var (target, body) = await TaggingAsync(control);
        var authority = control.Address.Authority;
        var signed = Headers(control, target, body);
        (await SendAsync(control, target, body, signed)).Expect(204);
        control.Clock.Advance(TimeSpan.FromSeconds(6));

        await control.RestartAsync();

        var refused = (await SendAsync(control, target, body, signed, authority)).ExpectError(403, "SignatureDoesNotMatch");
        Assert.Contains("was made before", refused.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_not_made_again_by_another_process_on_the_same_store()
    {
        await using var control = await TestControl.StartAsync();
        await using var other = await ControlServer.StartAsync(control.Options, control.Store, control.Clock, NullLoggerFactory.Instance, CancellationToken.None);
        var (target, body) = await TaggingAsync(control);
        var signed = Headers(control, target, body);
        (await SendAsync(control, target, body, signed)).Expect(204);
        var there = new Uri($"http://{other.Endpoint}{target}");

        (await SendAsync(control, there.PathAndQuery, body, signed, control.Address.Authority, there)).Expect(204); // a retry that a balancer sends elsewhere
        control.Clock.Advance(TimeSpan.FromSeconds(6));

        var refused = (await SendAsync(control, there.PathAndQuery, body, signed, control.Address.Authority, there)).ExpectError(403, "SignatureDoesNotMatch");
        Assert.Contains("was made before", refused.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>What was refused was not made: sent again to who has not seen it, it is judged anew, and made at most once.</summary>
    [Fact]
    public async Task A_call_that_changed_nothing_is_known_to_its_process_alone()
    {
        await using var control = await TestControl.StartAsync();
        await using var other = await ControlServer.StartAsync(control.Options, control.Store, control.Clock, NullLoggerFactory.Instance, CancellationToken.None);
        var target = $"/2020-05-31/tagging?Operation=Tag&Resource={Uri.EscapeDataString("arn:aws:cloudfront::000000000000:distribution/ENONE")}";
        var body = Encoding.UTF8.GetBytes(Tags(("a", "b")).ToString());
        var signed = Headers(control, target, body);
        (await SendAsync(control, target, body, signed)).ExpectError(404, "NoSuchResource");
        control.Clock.Advance(TimeSpan.FromSeconds(6));

        (await SendAsync(control, target, body, signed)).ExpectError(403, "SignatureDoesNotMatch");
        (await SendAsync(control, target, body, signed, control.Address.Authority, new Uri($"http://{other.Endpoint}{target}"))).ExpectError(404, "NoSuchResource");
    }

    [Fact]
    public async Task The_same_change_signed_again_is_another_one()
    {
        await using var control = await TestControl.StartAsync();
        var (target, body) = await TaggingAsync(control);

        for (var i = 0; i < 3; i++)
        {
            (await SendAsync(control, target, body, Headers(control, target, body))).Expect(204);
            control.Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task Looking_may_be_repeated_as_long_as_its_signature_is_good()
    {
        await using var control = await TestControl.StartAsync();
        var signed = control.Sign(control.NewRequest("GET", "/2020-05-31/distribution", []), []).Headers.ToList();

        foreach (var status in new[] { 200, 200, 403 })
        {
            var request = control.NewRequest("GET", "/2020-05-31/distribution", []);
            signed.ForEach(header => request.Headers.TryAddWithoutValidation(header.Key, header.Value));
            (await control.SendAsync(request)).Expect(status);
            control.Clock.Advance(TimeSpan.FromSeconds(151));
        }
    }

    private static async Task<(string Target, byte[] Body)> TaggingAsync(TestControl control)
    {
        var arn = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("ARN")!;
        return ($"/2020-05-31/tagging?Operation=Tag&Resource={Uri.EscapeDataString(arn)}", Encoding.UTF8.GetBytes(Tags(("a", "b")).ToString()));
    }

    private static List<KeyValuePair<string, IEnumerable<string>>> Headers(TestControl control, string target, byte[] body) =>
        [.. control.Sign(control.NewRequest("POST", target, body), body).Headers];

    /// <param name="authority">The host that was signed, where it is not the one that is sent to.</param>
    /// <param name="address">Where to send it instead.</param>
    private static Task<Answer> SendAsync(
        TestControl control, string target, byte[] body, List<KeyValuePair<string, IEnumerable<string>>> headers, string? authority = null, Uri? address = null)
    {
        var request = control.NewRequest("POST", target, body);
        request.RequestUri = address ?? request.RequestUri;
        request.Headers.Host = authority;
        headers.ForEach(header => request.Headers.TryAddWithoutValidation(header.Key, header.Value));
        return control.SendAsync(request);
    }
}
