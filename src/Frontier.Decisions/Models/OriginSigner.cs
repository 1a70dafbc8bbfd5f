// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Protocols.SigV4;

namespace Frontier.Decisions.Models;

/// <summary>As whom, and for which service, requests to an origin are signed (DP-13.8, DP-13.9).</summary>
/// <param name="Behavior">Never <see cref="OriginSigningBehavior.Never"/>: such an origin has no signer.</param>
public sealed record OriginSigner(OriginSigningBehavior Behavior, string Service, string Region, AccessKey Key)
{
    /// <summary>Null where nothing is signed.</summary>
    public static OriginSigner? Of(OriginConfig origin) => origin switch
    {
        { Signing: { Behavior: not OriginSigningBehavior.Never } signing } =>
            new OriginSigner(signing.Behavior, signing.Service, signing.Region, new AccessKey(signing.AccessKeyId, signing.SecretAccessKey)),
        { S3: { Signing: not OriginSigningBehavior.Never, AccessKeyId: { } id, SecretAccessKey: { } secret } s3 } =>
            new OriginSigner(s3.Signing, "s3", s3.Region, new AccessKey(id, secret)),
        _ => null,
    };
}
