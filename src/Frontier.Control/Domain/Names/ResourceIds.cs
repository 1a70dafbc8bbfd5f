// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Control.Domain.Names;

/// <summary>Makes identifiers in CloudFront's forms (<c>api.md</c> §5.2, API-3.1). 13 random characters of 36 are 67 bits: never reused in practice, never derived from each other.</summary>
internal static class ResourceIds
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int Random = 13;

    /// <summary>Ids of distributions, origin access controls and origin access identities.</summary>
    public static string NewId() => "E" + RandomNumberGenerator.GetString(Upper, Random);

    public static string NewETag() => "E" + RandomNumberGenerator.GetString(Upper, Random);

    public static string NewInvalidationId() => "I" + RandomNumberGenerator.GetString(Upper, Random);

    /// <summary>Ids of policies of every kind: a version 4 UUID in lower case.</summary>
    public static string NewPolicyId() => Guid.NewGuid().ToString();

    /// <summary>Ids of key value stores: a version 4 UUID in lower case.</summary>
    public static string NewKeyValueStoreId() => Guid.NewGuid().ToString();

    /// <summary>The ETag of a key value store's pairs, told apart at sight from that of the store itself.</summary>
    public static string NewKeyValueETag() => "KV" + RandomNumberGenerator.GetString(Upper, Random);

    /// <summary>The label left of the domain under which distributions live.</summary>
    public static string NewDomainLabel() => "d" + RandomNumberGenerator.GetString(Lower, Random);

    public static string NewPublicKeyId() => "K" + RandomNumberGenerator.GetString(Upper, Random);

    /// <summary>A version 4 UUID in lower case.</summary>
    public static string NewKeyGroupId() => Guid.NewGuid().ToString();

    /// <summary>Of imported certificates: a version 4 UUID in lower case.</summary>
    public static string NewCertificateId() => Guid.NewGuid().ToString();

    /// <summary>Of server certificates (NB-6.5: at most 32 characters).</summary>
    public static string NewServerCertificateId() => "ASCA" + RandomNumberGenerator.GetString(Upper, 17);

    public static string NewFieldEncryptionId() => "C" + RandomNumberGenerator.GetString(Upper, Random);

    public static string NewFieldEncryptionProfileId() => "P" + RandomNumberGenerator.GetString(Upper, Random);

    /// <summary>The form is not published.</summary>
    public static string NewTrustStoreId() => "ts_" + RandomNumberGenerator.GetString(Upper + Lower, 26);

    /// <summary>Of hosted zones.</summary>
    public static string NewHostedZoneId() => "Z" + RandomNumberGenerator.GetString(Upper, 20);

    /// <summary>Of changes to hosted zones.</summary>
    public static string NewZoneChangeId() => "C" + RandomNumberGenerator.GetString(Upper, 20);

    /// <summary>Of health checks: a version 4 UUID in lower case.</summary>
    public static string NewHealthCheckId() => Guid.NewGuid().ToString();

    /// <summary>The label left of the domain under which streaming distributions are named.</summary>
    public static string NewStreamingLabel() => "s" + RandomNumberGenerator.GetString(Lower, Random);
}
