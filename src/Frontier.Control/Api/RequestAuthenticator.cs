// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api;

/// <summary>A signature that a request claims, and the key it claims it by.</summary>
internal sealed record ClaimedKey(SignatureClaim Claim, AccessKey Key);

/// <summary>
/// Checks who calls, with Signature Version 4 for one service in any region (API-1.4, API-2.4). Two steps, so that nobody without
/// a known key makes the server read a body. Stateless.
/// </summary>
/// <param name="service">The name that signatures must be made for.</param>
/// <param name="allowAsymmetric">Whether Signature Version 4A is as good.</param>
internal sealed class RequestAuthenticator(AccessKeyRing keys, string service, bool allowAsymmetric, TimeProvider time)
{
    /// <summary>Whether the request claims a signature by a key known here.</summary>
    public Outcome<ClaimedKey> ReadClaim(SignableRequest request)
    {
        if (!SignatureClaim.TryRead(request, out var claim, out var fault, allowAsymmetric))
        {
            return fault is null ? ApiErrors.MissingAuthenticationToken : ApiErrors.IncompleteSignature.Saying(fault);
        }

        return keys.Find(claim!.AccessKeyId) is { } key ? new ClaimedKey(claim, key) : ApiErrors.InvalidClientTokenId;
    }

    /// <summary>Null when the signature is good for this request with this body.</summary>
    public ApiError? Verify(SignableRequest request, ClaimedKey claimed, ReadOnlySpan<byte> body)
    {
        var (claim, key) = claimed;
        if (claim.Scope.Service != service)
        {
            return ApiErrors.SignatureDoesNotMatch.Saying($"Credential should be scoped to correct service: '{service}'.");
        }

        var now = time.GetUtcNow();
        var payloadHash = Convert.ToHexStringLower(SHA256.HashData(body));
        return SignatureVerifier.Verify(request, claim, key.Secret, payloadHash, service, now) switch
        {
            SignatureVerdict.Valid => null,
            SignatureVerdict.SignatureDoesNotMatch => ApiErrors.SignatureDoesNotMatch,
            SignatureVerdict.RequestTimeTooSkewed => TooSkewed(claim, now),
            SignatureVerdict.Expired => ApiErrors.RequestExpired.Saying($"The presigned URL expired: it was good until {Text(claim.SignedAt + claim.ValidFor!.Value)}, and it is {Text(now)}."),
            SignatureVerdict.Malformed => ApiErrors.IncompleteSignature.Saying("The host and every x-amz- header sent must be among SignedHeaders, and every signed header must be sent."),
        };
    }

    /// <summary>In the words of AWS, by which clients find out that a clock is wrong.</summary>
    private static ApiError TooSkewed(SignatureClaim claim, DateTimeOffset now)
    {
        var skew = SignatureVerifier.AllowedSkew;
        return ApiErrors.SignatureDoesNotMatch.Saying(claim.SignedAt > now
            ? $"Signature not yet current: {claim.Timestamp} is still later than {Text(now + skew)} ({Text(now)} + {skew.TotalMinutes:0} min.)"
            : $"Signature expired: {claim.Timestamp} is now earlier than {Text(now - skew)} ({Text(now)} - {skew.TotalMinutes:0} min.)");
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(SignatureClaim.TimestampForm, CultureInfo.InvariantCulture);
}
