// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>ListParts and ListMultipartUploads, 1,000 entries a page (NB-1.8).</summary>
internal static class MultipartLists
{
    private const int PageSize = 1000;

    public static async Task<S3Fault?> PartsAsync(S3Exchange exchange)
    {
        if (Multipart.TryFind(exchange, out var upload) is { } absent)
        {
            return absent;
        }

        if (exchange.TryReadNumber("max-parts", PageSize, PageSize, out var max) is { } badMax)
        {
            return badMax;
        }

        if (exchange.TryReadNumber("part-number-marker", 0, int.MaxValue, out var marker) is { } badMarker)
        {
            return badMarker;
        }

        var rest = exchange.Bucket.Index.Parts(upload!.Id).Where(part => part.Number > marker).ToList();
        var page = rest.Take(max).ToList();
        return await exchange.ReplyXmlAsync("ListPartsResult", writer =>
        {
            writer.Element("Bucket", exchange.Bucket.Name);
            writer.Element("Key", exchange.Key.ToString());
            writer.Element("UploadId", upload.Id);
            writer.Element("PartNumberMarker", Number(marker));
            writer.Element("NextPartNumberMarker", Number(page.Count > 0 ? page[^1].Number : 0));
            writer.Element("MaxParts", Number(max));
            writer.Element("IsTruncated", page.Count < rest.Count ? "true" : "false");
            WriteOwner(writer, exchange, upload);
            if (upload.ChecksumAlgorithm is { } algorithm)
            {
                writer.Element("ChecksumAlgorithm", algorithm.Name);
                writer.Element("ChecksumType", upload.FullObject ? "FULL_OBJECT" : "COMPOSITE");
            }

            foreach (var part in page)
            {
                writer.Element("Part", () =>
                {
                    writer.Element("PartNumber", Number(part.Number));
                    writer.Element("LastModified", S3Time.Iso(part.LastModified));
                    writer.Element("ETag", $"\"{part.Md5}\"");
                    writer.Element("Size", Number(part.Body.Length));
                    writer.Element("Checksum" + part.Checksum?.Algorithm.Name, part.Checksum?.Value);
                });
            }
        });
    }

    public static async Task<S3Fault?> UploadsAsync(S3Exchange exchange)
    {
        if (exchange.TryReadNumber("max-uploads", PageSize, PageSize, out var max) is { } badMax)
        {
            return badMax;
        }

        var query = ListingQuery.Read(exchange);
        var keyMarker = exchange.Query("key-marker") ?? "";
        var idMarker = exchange.Query("upload-id-marker") ?? "";
        var (page, isTruncated) = Page(exchange.Bucket.Index.Uploads(), query, keyMarker, idMarker, max);
        return await exchange.ReplyXmlAsync("ListMultipartUploadsResult", writer =>
        {
            writer.Element("Bucket", exchange.Bucket.Name);
            writer.Element("KeyMarker", query.Encode(keyMarker));
            writer.Element("UploadIdMarker", idMarker);
            if (isTruncated && page.Count > 0)
            {
                writer.Element("NextKeyMarker", query.Encode(page[^1].Name));
                writer.Element("NextUploadIdMarker", page[^1].Upload?.Id ?? "");
            }

            query.WriteEcho(writer);
            writer.Element("MaxUploads", Number(max));
            writer.Element("IsTruncated", isTruncated ? "true" : "false");
            foreach (var (name, upload) in page.Where(static entry => entry.Upload is not null))
            {
                writer.Element("Upload", () =>
                {
                    writer.Element("Key", query.Encode(name));
                    writer.Element("UploadId", upload!.Id);
                    WriteOwner(writer, exchange, upload);
                    writer.Element("Initiated", S3Time.Iso(upload.Initiated));
                    writer.Element("ChecksumAlgorithm", upload.ChecksumAlgorithm?.Name);
                });
            }

            foreach (var (name, _) in page.Where(static entry => entry.Upload is null))
            {
                writer.Element("CommonPrefixes", () => writer.Element("Prefix", query.Encode(name)));
            }
        });
    }

    private static (List<(string Name, MultipartUpload? Upload)> Page, bool IsTruncated) Page(
        IReadOnlyList<MultipartUpload> uploads, ListingQuery query, string keyMarker, string idMarker, int max)
    {
        List<(string Name, MultipartUpload? Upload)> page = [];
        var afterId = idMarker.Length > 0 && uploads.Any(upload => upload.Id == idMarker);
        var skipping = afterId;
        var marker = ObjectKey.FromText(keyMarker);
        foreach (var upload in uploads)
        {
            var key = upload.Key.ToString();
            var isAfter = keyMarker.Length == 0 || (afterId ? upload.Key.CompareTo(marker) >= 0 : upload.Key.CompareTo(marker) > 0);
            var skip = skipping && upload.Key.CompareTo(marker) <= 0;
            skipping &= upload.Id != idMarker;
            if (!isAfter || skip || !key.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var cut = query.Delimiter is { } delimiter ? key.IndexOf(delimiter, query.Prefix.Length, StringComparison.Ordinal) : -1;
            var name = cut < 0 ? key : key[..(cut + query.Delimiter!.Length)];
            if (cut >= 0 && ((page.Count > 0 && page[^1].Upload is null && page[^1].Name == name) || (keyMarker.Length > 0 && keyMarker == name)))
            {
                continue;
            }

            if (page.Count == max)
            {
                return (page, max > 0);
            }

            page.Add((name, cut < 0 ? upload : null));
        }

        return (page, false);
    }

    private static void WriteOwner(XmlWriter writer, S3Exchange exchange, MultipartUpload upload)
    {
        writer.Element("Initiator", () => BucketOperations.WriteOwner(writer, exchange));
        writer.Element("Owner", () => BucketOperations.WriteOwner(writer, exchange));
        writer.Element("StorageClass", upload.Metadata.StorageClass);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
