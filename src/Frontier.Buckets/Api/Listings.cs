// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using System.Xml;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>ListObjects of both versions. Common prefixes count as entries of a page.</summary>
internal static class Listings
{
    private const int PageSize = 1000;

    public static async Task<S3Fault?> ListAsync(S3Exchange exchange)
    {
        var query = ListingQuery.Read(exchange);
        if (exchange.TryReadNumber("max-keys", PageSize, PageSize, out var max) is { } bad)
        {
            return bad;
        }

        var marker = exchange.Query("marker") ?? "";
        var page = exchange.Bucket.Index.List(new ListQuery(query.Prefix, query.Delimiter, After(marker), max));
        return await exchange.ReplyXmlAsync("ListBucketResult", writer =>
        {
            writer.Element("Name", exchange.Bucket.Name);
            query.WriteEcho(writer);
            writer.Element("Marker", query.Encode(marker));
            if (page is { IsTruncated: true, Last: { } last } && query.Delimiter is not null)
            {
                writer.Element("NextMarker", query.Encode(last.ToString()));
            }

            WriteEntries(writer, exchange, query, page, max, withOwner: true);
        });
    }

    public static async Task<S3Fault?> ListV2Async(S3Exchange exchange)
    {
        var query = ListingQuery.Read(exchange);
        if (exchange.TryReadNumber("max-keys", PageSize, PageSize, out var max) is { } bad)
        {
            return bad;
        }

        var startAfter = exchange.Query("start-after");
        var token = exchange.Query("continuation-token");
        if (token is not null && !TryReadToken(token, out startAfter))
        {
            return new S3Fault(S3Error.InvalidArgument, "The continuation token provided is incorrect", new KeyValuePair<string, string>("ArgumentName", "continuation-token"));
        }

        var page = exchange.Bucket.Index.List(new ListQuery(query.Prefix, query.Delimiter, After(startAfter), max));
        return await exchange.ReplyXmlAsync("ListBucketResult", writer =>
        {
            writer.Element("Name", exchange.Bucket.Name);
            query.WriteEcho(writer);
            writer.Element("StartAfter", token is null && startAfter is not null ? query.Encode(startAfter) : null);
            writer.Element("ContinuationToken", token);
            if (page is { IsTruncated: true, Last: { } last })
            {
                writer.Element("NextContinuationToken", Convert.ToBase64String(last.Bytes));
            }

            writer.Element("KeyCount", page.Entries.Count.ToString(CultureInfo.InvariantCulture));
            WriteEntries(writer, exchange, query, page, max, withOwner: exchange.Query("fetch-owner") == "true");
        });
    }

    private static ObjectKey? After(string? text) => string.IsNullOrEmpty(text) ? null : ObjectKey.FromText(text);

    /// <summary>A token is the last name of its page in base64: readable by whoever may list, meaningless to change.</summary>
    private static bool TryReadToken(string token, out string? startAfter)
    {
        var bytes = new byte[token.Length];
        var isToken = Convert.TryFromBase64String(token, bytes, out var length) && length > 0;
        startAfter = isToken ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        return isToken;
    }

    private static void WriteEntries(XmlWriter writer, S3Exchange exchange, ListingQuery query, ListPage page, int max, bool withOwner)
    {
        writer.Element("MaxKeys", max.ToString(CultureInfo.InvariantCulture));
        writer.Element("IsTruncated", page.IsTruncated ? "true" : "false");
        foreach (var (_, stored) in page.Entries)
        {
            if (stored is not null)
            {
                writer.Element("Contents", () => WriteObject(writer, exchange, query, stored, withOwner));
            }
        }

        foreach (var (name, stored) in page.Entries)
        {
            if (stored is null)
            {
                writer.Element("CommonPrefixes", () => writer.Element("Prefix", query.Encode(name.ToString())));
            }
        }
    }

    private static void WriteObject(XmlWriter writer, S3Exchange exchange, ListingQuery query, StoredObject stored, bool withOwner)
    {
        writer.Element("Key", query.Encode(stored.Key.ToString()));
        writer.Element("LastModified", S3Time.Iso(stored.LastModified));
        writer.Element("ETag", stored.QuotedETag);
        if (stored.Checksum is { } checksum)
        {
            writer.Element("ChecksumAlgorithm", checksum.Algorithm.Name);
            writer.Element("ChecksumType", checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        }

        writer.Element("Size", stored.Length.ToString(CultureInfo.InvariantCulture));
        if (withOwner)
        {
            writer.Element("Owner", () => BucketOperations.WriteOwner(writer, exchange));
        }

        writer.Element("StorageClass", stored.Metadata.StorageClass);
    }
}
