// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Api;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Access;

/// <summary>A verified caller and what its signature says of the body.</summary>
internal sealed record Authentication(Caller Caller, PayloadForm Payload);

/// <summary>Finds out who a request is from: the owner by one of its keys, whoever reads in its name, a distribution or an origin access identity by its derived key (DP-13.13), or anybody. Stateless.</summary>
internal sealed class Authenticator(BucketOptions options, TimeProvider clock)
{
    private static readonly S3Fault UnsupportedMechanism =
        new(S3Error.InvalidRequest, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    private readonly Dictionary<string, AccessKey> _keys = options.AccessKeys.ToDictionary(static key => key.Id, StringComparer.Ordinal);

    public S3Fault? TryAuthenticate(SignableRequest request, out Authentication authentication)
    {
        authentication = new Authentication(Caller.Anonymous, PayloadForm.Unsigned);
        var payload = request.Header(PayloadHash.Header);
        if (!SignatureClaim.TryRead(request, out var claim, out var fault))
        {
            if (fault is not null)
            {
                return Unreadable(request, fault);
            }

            if (request.QueryParameter("AWSAccessKeyId") is not null)
            {
                // Version 2 in a presigned URL: taken for anonymous it would work on public objects only and puzzle its maker.
                return UnsupportedMechanism;
            }

            var formFault = PayloadForm.TryRead(payload, null, null, out var form);
            authentication = new Authentication(Caller.Anonymous, form);
            return formFault;
        }

        var caller = Identify(claim!.AccessKeyId, out var secret);
        if (caller is null)
        {
            return S3Fault.With(S3Error.InvalidAccessKeyId, "AWSAccessKeyId", claim.AccessKeyId);
        }

        if (payload is null && !claim.IsPresigned)
        {
            return new S3Fault(S3Error.InvalidRequest, "Missing required header for this request: x-amz-content-sha256");
        }

        var verdict = SignatureVerifier.Verify(request, claim, secret, payload ?? SignatureVerifier.UnsignedPayload, "s3", clock.GetUtcNow());
        if (verdict is not SignatureVerdict.Valid)
        {
            return Refused(verdict, claim);
        }

        var unreadable = PayloadForm.TryRead(payload, claim, secret, out var payloadForm);
        authentication = new Authentication(caller, payloadForm);
        return unreadable;
    }

    private Caller? Identify(string keyId, out string secret)
    {
        if ((_keys.GetValueOrDefault(keyId) ?? options.FindAccessKey?.Invoke(keyId)) is { } key)
        {
            secret = key.Secret;
            return key.IsReadOnly ? Caller.Reader : Caller.Owner;
        }

        if (OriginAccessKeys.TryGetDistribution(keyId, out var distribution))
        {
            secret = OriginAccessKeys.Derive(options.OriginAccessSecret, distribution).Secret;
            return Caller.Distribution(distribution);
        }

        if (OriginAccessKeys.TryGetIdentity(keyId, out var identity))
        {
            secret = OriginAccessKeys.DeriveForIdentity(options.OriginAccessSecret, identity).Secret;
            return Caller.Identity(identity);
        }

        secret = "";
        return null;
    }

    private static S3Fault Unreadable(SignableRequest request, string fault) => request.Header("Authorization") is { } authorization
        ? authorization.StartsWith(CredentialScope.Algorithm, StringComparison.Ordinal)
            ? new S3Fault(S3Error.AuthorizationHeaderMalformed, fault)
            : UnsupportedMechanism
        : new S3Fault(S3Error.AuthorizationQueryParametersError, fault);

    private S3Fault Refused(SignatureVerdict verdict, SignatureClaim claim) => verdict switch
    {
        SignatureVerdict.SignatureDoesNotMatch => S3Fault.With(S3Error.SignatureDoesNotMatch, "AWSAccessKeyId", claim.AccessKeyId),
        SignatureVerdict.RequestTimeTooSkewed => new S3Fault(
            S3Error.RequestTimeTooSkewed, S3Error.RequestTimeTooSkewed.Message,
            new("RequestTime", claim.Timestamp), new("ServerTime", S3Time.Iso(clock.GetUtcNow())), new("MaxAllowedSkewMilliseconds", "900000")),
        SignatureVerdict.Expired => new S3Fault(S3Error.AccessDenied, "Request has expired"),
        SignatureVerdict.Malformed => claim.Scope.Service != "s3"
            ? new S3Fault(S3Error.AuthorizationHeaderMalformed, $"The authorization header is malformed; incorrect service \"{claim.Scope.Service}\". This endpoint belongs to \"s3\".")
            : new S3Fault(S3Error.AccessDenied, "There were headers present in the request which were not signed"),
        SignatureVerdict.Valid => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
