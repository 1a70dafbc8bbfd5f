// SPDX-License-Identifier: Apache-2.0

using System.Net.Mime;
using Frontier.Buckets.Access;
using Frontier.Buckets.Objects;
using Frontier.Buckets.Websites;

namespace Frontier.Buckets.Api;

/// <summary>Get, put and delete of a bucket's settings. Each is checked before it is stored and returned as it was sent.</summary>
internal static class SettingOperations
{
    private const int MaxBytes = 64 * 1024;

    public static Func<S3Exchange, Task<S3Fault?>> Get(BucketSetting setting) => exchange => GetAsync(exchange, setting);

    public static Func<S3Exchange, Task<S3Fault?>> Put(BucketSetting setting) => exchange => PutAsync(exchange, setting);

    public static Func<S3Exchange, Task<S3Fault?>> Delete(BucketSetting setting) => async exchange =>
        await exchange.Bucket.CommitAsync(new SettingPut(setting, []), setting.ToString(), null, exchange.Aborted) ?? exchange.Reply(204);

    public static async Task<S3Fault?> PolicyStatusAsync(S3Exchange exchange) => exchange.Bucket.Settings.Policy is { } policy
        ? await exchange.ReplyXmlAsync("PolicyStatus", writer => writer.Element("IsPublic", policy.IsPublic ? "true" : "false"))
        : S3Error.NoSuchBucketPolicy;

    private static async Task<S3Fault?> GetAsync(S3Exchange exchange, BucketSetting setting)
    {
        if (exchange.Bucket.Settings.Document(setting) is not { } document)
        {
            return Absent(setting);
        }

        await exchange.ReplyAsync(200, setting is BucketSetting.Policy ? MediaTypeNames.Application.Json : MediaTypeNames.Application.Xml, document);
        return null;
    }

    private static async Task<S3Fault?> PutAsync(S3Exchange exchange, BucketSetting setting)
    {
        var (document, fault) = await exchange.ReadDocumentAsync(setting is BucketSetting.Policy ? BucketPolicy.MaxBytes : MaxBytes);
        fault ??= Check(exchange, setting, document);
        fault ??= await exchange.Bucket.CommitAsync(new SettingPut(setting, document), setting.ToString(), null, exchange.Aborted);
        return fault ?? exchange.Reply(setting is BucketSetting.Policy or BucketSetting.Tagging ? 204 : 200);
    }

    private static S3Fault? Check(S3Exchange exchange, BucketSetting setting, byte[] document)
    {
        switch (setting)
        {
            case BucketSetting.Policy:
                return CheckPolicy(exchange, document);
            case BucketSetting.Cors:
                return CorsModel.TryParse(document, out _, out var corsFault) ? null : Malformed(corsFault!);
            case BucketSetting.Website:
                return WebsiteModel.TryParse(document, out _, out var websiteFault) ? null : Malformed(websiteFault!);
            case BucketSetting.PublicAccessBlock:
                return PublicAccessBlock.TryParse(document, out _, out var blockFault) ? null : Malformed(blockFault!);
            case BucketSetting.Tagging:
                return S3Xml.TryParse(document, "Tagging", out var tagging) ? TagSet.TryReadDocument(tagging, TagSet.MaxOfBucket, out _) : S3Error.MalformedXml;
            default:
                return S3Xml.TryParse(document, "OwnershipControls", out var controls)
                    && controls.Child("Rule")?.Text("ObjectOwnership") is "BucketOwnerEnforced" or "BucketOwnerPreferred" or "ObjectWriter" ? null : S3Error.MalformedXml;
        }
    }

    private static S3Fault? CheckPolicy(S3Exchange exchange, byte[] document)
    {
        if (!BucketPolicy.TryParse(document, out var policy, out var fault))
        {
            return new S3Fault(S3Error.MalformedPolicy, fault!);
        }

        if (policy!.ForeignResource(exchange.Bucket.Name) is not null)
        {
            return new S3Fault(S3Error.MalformedPolicy, "Policy has invalid resource");
        }

        return policy.IsPublic && exchange.Bucket.Settings.PublicAccess.BlockPublicPolicy
            ? new S3Fault(S3Error.AccessDenied, "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
            : null;
    }

    /// <summary>Well-formed documents that break a rule are an invalid request; the message tells which rule.</summary>
    private static S3Fault Malformed(string fault) => fault == S3Error.MalformedXml.Message ? S3Error.MalformedXml : new S3Fault(S3Error.InvalidRequest, fault);

    private static S3Error Absent(BucketSetting setting) => setting switch
    {
        BucketSetting.Policy => S3Error.NoSuchBucketPolicy,
        BucketSetting.Cors => S3Error.NoSuchCorsConfiguration,
        BucketSetting.Website => S3Error.NoSuchWebsiteConfiguration,
        BucketSetting.Tagging => S3Error.NoSuchTagSet,
        BucketSetting.PublicAccessBlock => S3Error.NoSuchPublicAccessBlock,
        BucketSetting.OwnershipControls => S3Error.OwnershipControlsNotFound,
    };
}
