// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SignedUrls;

/// <summary>What the parts of a signature are called: as query parameters by these names, as cookies with a prefix. Upper and lower case differ (DP-24.13, DP-24.16).</summary>
public static class SigningNames
{
    public const string Expires = "Expires";
    public const string Policy = "Policy";
    public const string Signature = "Signature";
    public const string KeyPairId = "Key-Pair-Id";
    public const string HashAlgorithm = "Hash-Algorithm";
    public const string CookiePrefix = "CloudFront-";

    public static bool IsParameter(ReadOnlySpan<byte> name) => Read(name) is not SigningPart.None;

    public static bool IsCookie(ReadOnlySpan<byte> name) => ReadCookie(name) is not SigningPart.None;

    internal static SigningPart Read(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 when name.SequenceEqual("Policy"u8) => SigningPart.Policy,
        7 when name.SequenceEqual("Expires"u8) => SigningPart.Expires,
        9 when name.SequenceEqual("Signature"u8) => SigningPart.Signature,
        11 when name.SequenceEqual("Key-Pair-Id"u8) => SigningPart.KeyPairId,
        14 when name.SequenceEqual("Hash-Algorithm"u8) => SigningPart.HashAlgorithm,
        _ => SigningPart.None,
    };

    internal static SigningPart ReadCookie(ReadOnlySpan<byte> name) => name.StartsWith("CloudFront-"u8) ? Read(name["CloudFront-"u8.Length..]) : SigningPart.None;
}
