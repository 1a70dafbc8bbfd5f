// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Buckets.Objects;
using Frontier.Protocols.Http;

namespace Frontier.Buckets.Api;

/// <summary>CopyObject, and finding the source of it and of UploadPartCopy.</summary>
internal static class Copies
{
    public const string SourceHeader = "x-amz-copy-source";

    /// <summary>S3's bound on one copy: more must go by parts.</summary>
    private const long MaxBytes = BodyReader.MaxBytes;

    public static async Task<S3Fault?> CopyAsync(S3Exchange exchange)
    {
        if (TryReadDirective(exchange, "x-amz-metadata-directive", out var replaceMetadata) is { } badDirective)
        {
            return badDirective;
        }

        if (TryReadDirective(exchange, "x-amz-tagging-directive", out var replaceTags) is { } badTagDirective)
        {
            return badTagDirective;
        }

        if (MetadataHeaders.TryRead(exchange, out var given) is { } badMetadata)
        {
            return badMetadata;
        }

        if (TryReadAlgorithm(exchange, out var algorithm) is { } badAlgorithm)
        {
            return badAlgorithm;
        }

        if (TryOpenSource(exchange, out var source) is { } noSource)
        {
            return noSource;
        }

        try
        {
            if (source!.Length > MaxBytes)
            {
                return new S3Fault(S3Error.InvalidRequest, "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
            }

            if (!replaceMetadata && source.Key.Equals(exchange.Key) && IsSameBucket(exchange) && given.StorageClass == source.Metadata.StorageClass)
            {
                return new S3Fault(S3Error.InvalidRequest, "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
            }

            var headers = replaceMetadata ? given.Headers : [.. source.Metadata.Headers.Where(static header => header.Key != ObjectMetadata.WebsiteRedirect), .. given.Headers.Where(static header => header.Key == ObjectMetadata.WebsiteRedirect)];
            var metadata = new ObjectMetadata(headers, replaceTags ? given.Tags : source.Metadata.Tags, given.StorageClass);
            return await StoreAsync(exchange, source, metadata, algorithm ?? source.Checksum?.Algorithm);
        }
        finally
        {
            source!.Body.Release();
        }
    }

    /// <summary>Finds the source, asks whether the caller may read it and whether its conditions hold, and takes a reference on its body.</summary>
    public static S3Fault? TryOpenSource(S3Exchange exchange, out StoredObject? source)
    {
        source = null;
        var text = exchange.Header(SourceHeader)!.TrimStart('/');
        var question = text.IndexOf("?versionId=", StringComparison.Ordinal);
        var path = question < 0 ? text : text[..question];
        var slash = path.IndexOf('/', StringComparison.Ordinal) is >= 0 and var plain ? plain : -1;
        if (slash <= 0)
        {
            // The slash behind the bucket may itself be encoded.
            path = path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            slash = path.IndexOf('/', StringComparison.Ordinal);
        }

        if (slash <= 0 || !ObjectKey.TryDecode(path[(slash + 1)..], out var key) || key.Bytes.IsEmpty)
        {
            return new S3Fault(S3Error.InvalidArgument, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        }

        if (question >= 0 && text[(question + 11)..] != "null")
        {
            return S3Error.NoSuchVersion;
        }

        if (!exchange.Store.TryFind(path[..slash], out var bucket))
        {
            return S3Error.NoSuchBucket;
        }

        var http = exchange.Request.HttpContext;
        if (!exchange.Access.Allows(exchange.Caller, bucket, key, "s3:GetObject", http))
        {
            return S3Error.AccessDenied;
        }

        if (!bucket.Index.TryOpen(key, out source))
        {
            return exchange.Access.Missing(exchange.Caller, bucket, http);
        }

        if (Conditions.OfCopySource(exchange).ForRead(source) is not ConditionVerdict.Proceed)
        {
            source.Body.Release();
            return S3Error.PreconditionFailed;
        }

        return null;
    }

    /// <summary><c>x-amz-copy-source-range</c>, which knows only the form <c>bytes=first-last</c>, both within the source.</summary>
    public static S3Fault? TryReadRange(S3Exchange exchange, StoredObject source, out ByteRange range)
    {
        range = new ByteRange(0, source.Length - 1);
        if (exchange.Header("x-amz-copy-source-range") is not { } header)
        {
            return null;
        }

        if (!RangeHeader.TryParse(Encoding.Latin1.GetBytes(header), out var first, out var last, out var several) || several || first < 0 || last == long.MaxValue)
        {
            return new S3Fault(S3Error.InvalidArgument, "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
        }

        range = new ByteRange(first, last);
        return last < source.Length ? null : new S3Fault(S3Error.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"Range specified is not valid for source object of size: {source.Length}"));
    }

    /// <summary>Reads <c>x-amz-checksum-algorithm</c>.</summary>
    public static S3Fault? TryReadAlgorithm(S3Exchange exchange, out ChecksumAlgorithm? algorithm)
    {
        algorithm = null;
        if (exchange.Header("x-amz-checksum-algorithm") is not { } name)
        {
            return null;
        }

        if (!ChecksumAlgorithms.TryParse(name, out var known))
        {
            return new S3Fault(S3Error.InvalidRequest, "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        }

        algorithm = known;
        return null;
    }

    private static async Task<S3Fault?> StoreAsync(S3Exchange exchange, StoredObject source, ObjectMetadata metadata, ChecksumAlgorithm? algorithm)
    {
        var (upload, fault) = await BodyUpload.CopyAsync(exchange.Bucket.Bodies, source, 0, source.Length, algorithm, exchange.Aborted);
        if (upload is null)
        {
            return fault;
        }

        using (upload)
        {
            var stored = ObjectWrites.Compose(exchange, upload, metadata);
            return await ObjectWrites.CommitAsync(exchange, upload, stored, Conditions.Of(exchange))
                ?? await exchange.ReplyXmlAsync("CopyObjectResult", writer =>
                {
                    writer.Element("LastModified", S3Time.Iso(stored.LastModified));
                    writer.Element("ETag", stored.QuotedETag);
                    if (stored.Checksum is { } checksum)
                    {
                        writer.Element("Checksum" + checksum.Algorithm.Name, checksum.Value);
                        writer.Element("ChecksumType", "FULL_OBJECT");
                    }
                });
        }
    }

    private static bool IsSameBucket(S3Exchange exchange) => exchange.Header(SourceHeader)!.TrimStart('/').Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
        .StartsWith(exchange.Bucket.Name + "/", StringComparison.Ordinal);

    private static S3Fault? TryReadDirective(S3Exchange exchange, string header, out bool replace)
    {
        var directive = exchange.Header(header);
        replace = directive == "REPLACE";
        return directive is null or "COPY" or "REPLACE" ? null : new S3Fault(S3Error.InvalidArgument, $"Unknown {header}.");
    }
}
