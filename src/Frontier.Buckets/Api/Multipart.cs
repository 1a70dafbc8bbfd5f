// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>Multipart uploads from beginning to end or abort (NB-1.8); their lists are in <see cref="MultipartLists"/>.</summary>
internal static class Multipart
{
    public const int MaxPartNumber = 10_000;

    /// <summary>Of every part but the last.</summary>
    public const long MinPartBytes = 5L << 20;

    public static async Task<S3Fault?> StartAsync(S3Exchange exchange)
    {
        if (MetadataHeaders.TryRead(exchange, out var metadata) is { } refused)
        {
            return refused;
        }

        if (Copies.TryReadAlgorithm(exchange, out var algorithm) is { } unknown)
        {
            return unknown;
        }

        var type = exchange.Header("x-amz-checksum-type") ?? (algorithm is ChecksumAlgorithm.Crc64Nvme ? "FULL_OBJECT" : "COMPOSITE");
        var isFull = type == "FULL_OBJECT";
        if (type is not ("FULL_OBJECT" or "COMPOSITE") || (algorithm is { } known && (isFull ? !known.IsCrc : known is ChecksumAlgorithm.Crc64Nvme)))
        {
            return new S3Fault(S3Error.InvalidRequest, $"The {type} checksum type cannot be used with the {algorithm?.Name} checksum algorithm.");
        }

        var upload = new MultipartUpload(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), exchange.Key, S3Time.WholeSeconds(exchange.Now), metadata, algorithm, isFull);
        if (await exchange.Bucket.CommitAsync(new UploadStarted(upload), upload.Id, null, exchange.Aborted) is { } fault)
        {
            return fault;
        }

        if (algorithm is { } used)
        {
            exchange.Response.Headers["x-amz-checksum-algorithm"] = used.Name;
            exchange.Response.Headers["x-amz-checksum-type"] = type;
        }

        return await exchange.ReplyXmlAsync("InitiateMultipartUploadResult", writer =>
        {
            writer.Element("Bucket", exchange.Bucket.Name);
            writer.Element("Key", exchange.Key.ToString());
            writer.Element("UploadId", upload.Id);
        });
    }

    public static async Task<S3Fault?> PutPartAsync(S3Exchange exchange)
    {
        if (TryFind(exchange, out var upload) is { } absent)
        {
            return absent;
        }

        if (TryReadNumber(exchange, out var number) is { } bad)
        {
            return bad;
        }

        var (body, fault) = await BodyUpload.ReceiveAsync(exchange, upload!.ChecksumAlgorithm);
        if (body is null)
        {
            return fault;
        }

        using (body)
        {
            var (part, refused) = await CommitPartAsync(exchange, upload, number, body);
            if (part is null)
            {
                return refused;
            }

            exchange.Response.Headers.ETag = $"\"{part.Md5}\"";
            if (part.Checksum is { } checksum)
            {
                exchange.Response.Headers[checksum.Algorithm.Header] = checksum.Value;
            }

            return exchange.Reply(200);
        }
    }

    public static async Task<S3Fault?> CopyPartAsync(S3Exchange exchange)
    {
        if (TryFind(exchange, out var upload) is { } absent)
        {
            return absent;
        }

        if (TryReadNumber(exchange, out var number) is { } bad)
        {
            return bad;
        }

        if (Copies.TryOpenSource(exchange, out var source) is { } noSource)
        {
            return noSource;
        }

        try
        {
            if (Copies.TryReadRange(exchange, source!, out var range) is { } badRange)
            {
                return badRange;
            }

            if (range.Length > BodyReader.MaxBytes)
            {
                return S3Error.EntityTooLarge;
            }

            var (body, fault) = await BodyUpload.CopyAsync(exchange.Bucket.Bodies, source!, range.First, range.Length, upload!.ChecksumAlgorithm, exchange.Aborted);
            if (body is null)
            {
                return fault;
            }

            using (body)
            {
                var (part, refused) = await CommitPartAsync(exchange, upload, number, body);
                return part is null
                    ? refused
                    : await exchange.ReplyXmlAsync("CopyPartResult", writer =>
                    {
                        writer.Element("LastModified", S3Time.Iso(part.LastModified));
                        writer.Element("ETag", $"\"{part.Md5}\"");
                        writer.Element("Checksum" + part.Checksum?.Algorithm.Name, part.Checksum?.Value);
                    });
            }
        }
        finally
        {
            source!.Body.Release();
        }
    }

    public static async Task<S3Fault?> CompleteAsync(S3Exchange exchange)
    {
        if (TryFind(exchange, out var upload) is { } absent)
        {
            return absent;
        }

        var (root, fault) = await exchange.ReadXmlAsync("CompleteMultipartUpload");
        if (root is null)
        {
            return fault;
        }

        if (MultipartCompletion.TryCompose(exchange, upload!, root, out var stored) is { } wrong)
        {
            return wrong;
        }

        // One completion of an upload wins; the check runs when all earlier commits are visible.
        var conditions = Conditions.Of(exchange);
        var index = exchange.Bucket.Index;
        fault = await exchange.Bucket.CommitAsync(
            new ObjectPut(stored!, upload!.Id), upload.Id,
            () => index.TryFindUpload(upload.Id, out _) && index.Parts(upload.Id).Select(static present => present.Body).ToHashSet().IsSupersetOf(stored!.Body.Parts)
                ? conditions.ForWrite(ObjectWrites.Present(exchange))
                : S3Error.NoSuchUpload,
            CancellationToken.None);
        return fault ?? await exchange.ReplyXmlAsync("CompleteMultipartUploadResult", writer =>
        {
            writer.Element("Location", $"{exchange.Request.Scheme}://{exchange.Request.Host}{exchange.Target.RawPath}");
            writer.Element("Bucket", exchange.Bucket.Name);
            writer.Element("Key", exchange.Key.ToString());
            writer.Element("ETag", stored!.QuotedETag);
            if (stored.Checksum is { } checksum)
            {
                writer.Element("Checksum" + checksum.Algorithm.Name, checksum.Value);
                writer.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
            }
        });
    }

    public static async Task<S3Fault?> AbortAsync(S3Exchange exchange)
    {
        if (TryFind(exchange, out var upload) is { } absent)
        {
            return absent;
        }

        var fault = await exchange.Bucket.CommitAsync(new UploadAborted(upload!.Id), upload.Id, () => IsThere(exchange, upload.Id), exchange.Aborted);
        return fault ?? exchange.Reply(204);
    }

    /// <summary>The upload the query names, if it is one for the key of the request.</summary>
    public static S3Fault? TryFind(S3Exchange exchange, out MultipartUpload? upload) =>
        exchange.Bucket.Index.TryFindUpload(exchange.Query("uploadId") ?? "", out upload) && upload.Key.Equals(exchange.Key)
            ? null
            : S3Fault.With(S3Error.NoSuchUpload, "UploadId", exchange.Query("uploadId") ?? "");

    private static S3Fault? TryReadNumber(S3Exchange exchange, out int number) =>
        int.TryParse(exchange.Query("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MaxPartNumber
            ? null
            : new S3Fault(S3Error.InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive", new("ArgumentName", "partNumber"), new("ArgumentValue", exchange.Query("partNumber") ?? ""));

    private static S3Fault? IsThere(S3Exchange exchange, string uploadId) => exchange.Bucket.Index.TryFindUpload(uploadId, out _) ? null : S3Error.NoSuchUpload;

    private static async Task<(UploadedPart? Part, S3Fault? Fault)> CommitPartAsync(S3Exchange exchange, MultipartUpload upload, int number, BodyUpload body)
    {
        var part = new UploadedPart(number, body.Part, body.Digest.Md5Hex, S3Time.WholeSeconds(exchange.Now), body.Digest.Checksum);
        var fault = await exchange.Bucket.CommitAsync(new PartPut(upload.Id, part), upload.Id, () => IsThere(exchange, upload.Id), CancellationToken.None);
        if (fault is not null)
        {
            return (null, fault);
        }

        body.Keep();
        return (part, null);
    }
}
