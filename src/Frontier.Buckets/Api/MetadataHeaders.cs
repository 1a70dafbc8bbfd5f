// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>What an upload's head says of the object (NB-1.7), and the marks of requests this store cannot honour.</summary>
internal static class MetadataHeaders
{
    public const string UserPrefix = "x-amz-meta-";

    /// <summary>S3's bound on names (without prefix) and values of user metadata.</summary>
    private const int MaxUserBytes = 2048;

    private const string DefaultType = "binary/octet-stream";

    private static readonly string[] System = ["cache-control", "content-disposition", "content-encoding", "content-language", "expires", ObjectMetadata.WebsiteRedirect];

    private static readonly string[] StorageClasses =
        ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR", "OUTPOSTS", "SNOW", "EXPRESS_ONEZONE"];

    private static readonly string[] Unsupported =
        ["x-amz-server-side-encryption", "x-amz-server-side-encryption-customer-algorithm", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold", "x-amz-write-offset-bytes"];

    public static S3Fault? TryRead(S3Exchange exchange, out ObjectMetadata metadata)
    {
        List<KeyValuePair<string, string>> headers = [new("content-type", exchange.Header("Content-Type") ?? DefaultType)];
        metadata = new ObjectMetadata(headers, [], exchange.Header("x-amz-storage-class") ?? ObjectMetadata.Standard);
        if (UnsupportedHeader(exchange) is { } fault)
        {
            return fault;
        }

        if (!StorageClasses.Contains(metadata.StorageClass))
        {
            return new S3Fault(new S3Error("InvalidStorageClass", 400, "The storage class you specified is not valid"), "The storage class you specified is not valid");
        }

        foreach (var name in System)
        {
            var value = name == "content-encoding" ? StoredEncoding(exchange.Header(name)) : exchange.Header(name);
            if (value is not null)
            {
                headers.Add(new(name, value));
            }
        }

        if (metadata.Header(ObjectMetadata.WebsiteRedirect) is { } redirect && !redirect.StartsWith('/')
            && !redirect.StartsWith("http://", StringComparison.Ordinal) && !redirect.StartsWith("https://", StringComparison.Ordinal))
        {
            return new S3Fault(new S3Error("InvalidRedirectLocation", 400, ""), "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
        }

        headers.AddRange(exchange.Request.Headers
            .Where(static header => header.Key.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(static header => new KeyValuePair<string, string>(header.Key.ToLowerInvariant(), header.Value.ToString())));
        var userBytes = headers.Where(static header => header.Key.StartsWith(UserPrefix, StringComparison.Ordinal))
            .Sum(static header => header.Key.Length - UserPrefix.Length + Encoding.UTF8.GetByteCount(header.Value));
        if (userBytes > MaxUserBytes)
        {
            return S3Error.MetadataTooLarge;
        }

        if (TagSet.TryReadHeader(exchange.Header("x-amz-tagging"), out var tags) is { } tagFault)
        {
            return tagFault;
        }

        metadata = metadata with { Tags = tags };
        return null;
    }

    /// <summary>Whether an <c>x-amz-acl</c> asks for what is so anyway.</summary>
    public static S3Fault? RefuseAcl(S3Exchange exchange) =>
        exchange.Header("x-amz-acl") is null or "private" or "bucket-owner-full-control" && !exchange.Request.Headers.Keys.Any(static name => name.StartsWith("x-amz-grant-", StringComparison.OrdinalIgnoreCase))
            ? null
            : S3Error.AccessControlListNotSupported;

    /// <summary>Takes <c>aws-chunked</c>, the framing of the request, from the encodings of the object.</summary>
    private static string? StoredEncoding(string? value)
    {
        var kept = value?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static coding => coding != "aws-chunked");
        return kept is null || !kept.Any() ? null : string.Join(", ", kept);
    }

    private static S3Fault? UnsupportedHeader(S3Exchange exchange) =>
        Array.Find(Unsupported, name => exchange.Header(name) is not null) is { } header
            ? new S3Fault(S3Error.NotImplemented, $"The header {header} asks for what this store does not do.", new KeyValuePair<string, string>("Header", header))
            : RefuseAcl(exchange);
}
