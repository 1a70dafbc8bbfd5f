// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.SigV4;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Signs requests to S3 origins for origin access control (DP-13.8 to DP-13.12). Runs when every other header is in place, and
/// for every method: what a bucket allows is its policy's to say (DP-13.3).
/// </summary>
internal static class OriginSigning
{
    public static void Sign(OriginModel origin, string method, ReadOnlySpan<byte> target, HeaderList headers, bool hasBody, TimeProvider time)
    {
        if (origin.Config.S3 is not { AccessKeyId: { } keyId, SecretAccessKey: { } secret } s3
            || s3.Signing is OriginSigningBehavior.Never
            || (s3.Signing is OriginSigningBehavior.NoOverride && headers.Contains("authorization"u8)))
        {
            return;
        }

        // DP-13.10: a body that streams through cannot be hashed before it is sent, unless the viewer has done it.
        var payloadHash = headers.GetText("x-amz-content-sha256"u8) ?? (hasBody ? SignatureVerifier.UnsignedPayload : SignatureVerifier.EmptyPayloadHash);
        headers.Remove("authorization"u8);
        headers.Remove("x-amz-content-sha256"u8);
        headers.Remove("x-amz-date"u8);
        var question = target.IndexOf((byte)'?');
        var request = new SignableRequest(
            method,
            Encoding.Latin1.GetString(question < 0 ? target : target[..question]),
            question < 0 ? "" : Encoding.Latin1.GetString(target[(question + 1)..]),
            [.. Enumerable.Range(0, headers.Count).Select(i => KeyValuePair.Create(headers.NameText(i), headers.ValueText(i)))]);
        string[] alsoSign = [.. request.Headers.Select(static header => header.Key.ToLowerInvariant()).Where(static name => name.StartsWith("x-amz-", StringComparison.Ordinal)).Distinct()];
        foreach (var (name, value) in RequestSigner.Sign(request, new AccessKey(keyId, secret), s3.Region, "s3", payloadHash, time.GetUtcNow(), alsoSign))
        {
            headers.Add(name, value);
        }
    }
}
