// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>Keys, and the documents that carry them or refer to them.</summary>
internal static class KeyDocuments
{
    private static readonly Lazy<string> OnlyRsa = new(() => NewRsa(2_048));

    /// <summary>Making one takes long, so every test that can do with one has the same.</summary>
    public static string Rsa => OnlyRsa.Value;

    public static string NewRsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    public static string NewEcdsa(ECCurve? curve = null)
    {
        using var ecdsa = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        return ecdsa.ExportSubjectPublicKeyInfoPem();
    }

    public static XElement PublicKey(string name, string? key = null, string? reference = null) => Documents.Parse(
        $"""
         <PublicKeyConfig><CallerReference>{reference ?? name}</CallerReference><Name>{name}</Name><EncodedKey>{key ?? NewEcdsa()}
         </EncodedKey><Comment>a key</Comment></PublicKeyConfig>
         """);

    public static XElement KeyGroup(string name, params string[] keys) => Documents.Parse(
        $"<KeyGroupConfig><Name>{name}</Name><Items>{string.Concat(keys.Select(key => $"<PublicKey>{key}</PublicKey>"))}</Items><Comment>a group</Comment></KeyGroupConfig>");

    public static XElement Profile(string name, string key, params string[] patterns) => Documents.Parse(
        $"""
         <FieldLevelEncryptionProfileConfig><Name>{name}</Name><CallerReference>{name}</CallerReference><Comment>a profile</Comment>
           <EncryptionEntities><Quantity>1</Quantity><Items>{Entity(key, patterns)}</Items></EncryptionEntities>
         </FieldLevelEncryptionProfileConfig>
         """);

    public static string Entity(string key, params string[] patterns) =>
        $"<EncryptionEntity><PublicKeyId>{key}</PublicKeyId><ProviderId>provider-1</ProviderId><FieldPatterns><Quantity>{patterns.Length}</Quantity><Items>{string.Concat(patterns.Select(pattern => $"<FieldPattern>{pattern}</FieldPattern>"))}</Items></FieldPatterns></EncryptionEntity>";

    /// <summary>A configuration of field-level encryption.</summary>
    /// <param name="queryArgs">Query argument and profile, any number.</param>
    /// <param name="contentTypes">Content type and profile, any number.</param>
    public static XElement FieldEncryption(string reference, (string Name, string Profile)[]? queryArgs = null, (string Type, string Profile)[]? contentTypes = null) => Documents.Parse(
        $"""
         <FieldLevelEncryptionConfig><CallerReference>{reference}</CallerReference><Comment>a config</Comment>
           {(queryArgs is null ? "" : QueryArgs(queryArgs))}{(contentTypes is null ? "" : ContentTypes(contentTypes))}
         </FieldLevelEncryptionConfig>
         """);

    public static XElement Streaming(string reference, bool enabled = false, string origin = "media.s3.amazonaws.com", string identity = "", string signers = "", params string[] aliases) => Documents.Parse(
        $"""
         <StreamingDistributionConfig><CallerReference>{reference}</CallerReference>
           <S3Origin><DomainName>{origin}</DomainName><OriginAccessIdentity>{identity}</OriginAccessIdentity></S3Origin>
           {Documents.Aliases(aliases)}<Comment>a stream</Comment>
           <TrustedSigners><Enabled>{(signers.Length > 0 ? "true" : "false")}</Enabled><Quantity>{Words(signers).Length}</Quantity><Items>{string.Concat(Words(signers).Select(signer => $"<AwsAccountNumber>{signer}</AwsAccountNumber>"))}</Items></TrustedSigners>
           <Enabled>{(enabled ? "true" : "false")}</Enabled></StreamingDistributionConfig>
         """);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string QueryArgs((string Name, string Profile)[] items) =>
        $"<QueryArgProfileConfig><ForwardWhenQueryArgProfileIsUnknown>true</ForwardWhenQueryArgProfileIsUnknown><QueryArgProfiles><Quantity>{items.Length}</Quantity><Items>{string.Concat(items.Select(item => $"<QueryArgProfile><QueryArg>{item.Name}</QueryArg><ProfileId>{item.Profile}</ProfileId></QueryArgProfile>"))}</Items></QueryArgProfiles></QueryArgProfileConfig>";

    private static string ContentTypes((string Type, string Profile)[] items) =>
        $"<ContentTypeProfileConfig><ForwardWhenContentTypeIsUnknown>false</ForwardWhenContentTypeIsUnknown><ContentTypeProfiles><Quantity>{items.Length}</Quantity><Items>{string.Concat(items.Select(item => $"<ContentTypeProfile><Format>URLEncoded</Format><ProfileId>{item.Profile}</ProfileId><ContentType>{item.Type}</ContentType></ContentTypeProfile>"))}</Items></ContentTypeProfiles></ContentTypeProfileConfig>";
}
