// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using Frontier.Control.Domain;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api;

/// <summary>
/// Checks who calls, with Signature Version 4 for one service in any region (API-1.4, API-2.4). Two steps, so that nobody without
/// a known key makes the server read a body. Stateless.
/// </summary>
/// <param name="service">The name that signatures must be made for.</param>
/// <param name="allowAsymmetric">Whether Signature Version 4A is as good.</param>
internal sealed class RequestAuthenticator(IReadOnlyList<AccessKey> keys, string service, bool allowAsymmetric, TimeProvider time)
{
    private readonly Dictionary<string, string> _secrets = keys.ToDictionary(key => key.Id, key => key.Secret);

    /// <summary>Whether the request claims a signature by a key known here.</summary>
    public Outcome<SignatureClaim> ReadClaim(SignableRequest request)
    {
        if (!SignatureClaim.TryRead(request, out var claim, out var fault, allowAsymmetric))
        {
            return fault is null ? ApiErrors.MissingAuthenticationToken : ApiErrors.IncompleteSignature.Saying(fault);
        }

        return _secrets.ContainsKey(claim!.AccessKeyId) ? claim : ApiErrors.InvalidClientTokenId;
    }

    /// <summary>Null when the signature is good for this request with this body.</summary>
    public ApiError? Verify(SignableRequest request, SignatureClaim claim, ReadOnlySpan<byte> body)
    {
        if (claim.Scope.Service != service)
        {
            return ApiErrors.SignatureDoesNotMatch.Saying($"Credential should be scoped to correct service: '{service}'.");
        }

        var now = time.GetUtcNow();
        var payloadHash = Convert.ToHexStringLower(SHA256.HashData(body));
        return SignatureVerifier.Verify(request, claim, _secrets[claim.AccessKeyId], payloadHash, service, now) switch
        {
            SignatureVerdict.Valid => null,
            SignatureVerdict.SignatureDoesNotMatch => ApiErrors.SignatureDoesNotMatch,
            SignatureVerdict.RequestTimeTooSkewed or SignatureVerdict.Expired => ApiErrors.SignatureDoesNotMatch.Saying(
                string.Create(CultureInfo.InvariantCulture, $"Signature expired or not yet current: {claim.Timestamp} is too far from {now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.")),
            SignatureVerdict.Malformed => ApiErrors.IncompleteSignature.Saying("The host and every x-amz- header sent must be among SignedHeaders, and every signed header must be sent."),
        };
    }
}
