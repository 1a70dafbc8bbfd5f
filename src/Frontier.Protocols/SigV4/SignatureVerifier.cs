// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>What became of a signature check; each value is an error code of the AWS APIs but for the first.</summary>
public enum SignatureVerdict
{
    Valid,
    SignatureDoesNotMatch,
    RequestTimeTooSkewed,

    /// <summary>A presigned URL whose time is over.</summary>
    Expired,

    /// <summary>The claim names another service, or leaves out a header that must be signed.</summary>
    Malformed,
}

/// <summary>Verifies Signature Version 4, and 4A where the claim is one. Stateless; compares in constant time.</summary>
public static class SignatureVerifier
{
    /// <summary>How far a client's clock may be off at S3, either way (NB-1.3).</summary>
    public static readonly TimeSpan AllowedS3Skew = TimeSpan.FromMinutes(15);

    /// <summary>The same at every other service.</summary>
    public static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(5);

    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>SHA-256 of no bytes.</summary>
    public const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Checks <paramref name="claim"/> against the request and the secret of its key.</summary>
    /// <param name="payloadHash">The hash to put in the canonical request: computed from the body, or the value of <c>x-amz-content-sha256</c> when the body is checked elsewhere.</param>
    /// <param name="service">The service this endpoint is; S3 alone encodes paths once.</param>
    public static SignatureVerdict Verify(SignableRequest request, SignatureClaim claim, string secret, string payloadHash, string service, DateTimeOffset now)
    {
        if (claim.Scope.Service != service || !CoversWhatItMust(request, claim))
        {
            return SignatureVerdict.Malformed;
        }

        var skew = service == "s3" ? AllowedS3Skew : AllowedSkew;
        if (claim.SignedAt > now + skew || (!claim.IsPresigned && claim.SignedAt < now - skew))
        {
            return SignatureVerdict.RequestTimeTooSkewed;
        }

        if (claim.ValidFor is { } validFor && now > claim.SignedAt + validFor)
        {
            return SignatureVerdict.Expired;
        }

        var canonical = CanonicalRequest.Build(request, claim.SignedHeaders, payloadHash, doubleEncodePath: service != "s3");
        if (canonical is null)
        {
            return SignatureVerdict.Malformed;
        }

        if (claim.IsAsymmetric)
        {
            var stringToSign = claim.Scope.StringToSign(AsymmetricKey.Algorithm, claim.Timestamp, canonical);
            return AsymmetricKey.Verify(new AccessKey(claim.AccessKeyId, secret), stringToSign, claim.Signature) ? SignatureVerdict.Valid : SignatureVerdict.SignatureDoesNotMatch;
        }

        var expected = claim.Scope.Sign(claim.Scope.DeriveKey(secret), claim.Timestamp, canonical);
        return FixedTimeEquals(expected, claim.Signature) ? SignatureVerdict.Valid : SignatureVerdict.SignatureDoesNotMatch;
    }

    public static bool FixedTimeEquals(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    /// <summary>
    /// Host and every <c>x-amz-</c> header sent must be signed, or somebody on the way could change what they say. An asymmetric
    /// signature must say for which regions it is meant; which ones they are does not matter where there is one region.
    /// </summary>
    private static bool CoversWhatItMust(SignableRequest request, SignatureClaim claim)
    {
        if (!claim.SignedHeaders.Contains("host") || (claim.IsAsymmetric && !claim.SignedHeaders.Contains(AsymmetricKey.RegionSetHeader)))
        {
            return false;
        }

        // In a presigned URL the payload marker may travel unsigned: the URL itself says that the payload is not covered.
        // The request id is added by every edge on the way, and nothing is decided by it.
        foreach (var (name, _) in request.Headers)
        {
            var lower = name.ToLowerInvariant();
            if (lower.StartsWith("x-amz-", StringComparison.Ordinal) && !claim.SignedHeaders.Contains(lower)
                && lower != "x-amz-cf-id" && !(claim.IsPresigned && lower == "x-amz-content-sha256"))
            {
                return false;
            }
        }

        return true;
    }
}
