// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Globalization;
using System.Text;
using Frontier.Buckets.Objects;
using Frontier.Protocols.Http;

namespace Frontier.Buckets.Api;

/// <summary>GetObject and HeadObject (NB-1.4 to NB-1.7).</summary>
internal static class ObjectReads
{
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "content-type"), ("response-content-language", "content-language"), ("response-expires", "expires"),
        ("response-cache-control", "cache-control"), ("response-content-disposition", "content-disposition"), ("response-content-encoding", "content-encoding"),
    ];

    public static async Task<S3Fault?> GetAsync(S3Exchange exchange)
    {
        if (exchange.Query("versionId") is not (null or "null" or ""))
        {
            return S3Error.NoSuchVersion;
        }

        if (exchange.Caller.IsAnonymous && Array.Exists(Overrides, pair => exchange.HasQuery(pair.Parameter)))
        {
            return new S3Fault(S3Error.InvalidRequest, "Request specific response headers cannot be used for anonymous GET requests.");
        }

        if (Array.Exists(Overrides, pair => exchange.Query(pair.Parameter)?.Any(char.IsControl) is true))
        {
            return new S3Fault(S3Error.InvalidArgument, "A response header cannot hold control characters.");
        }

        if (!exchange.Bucket.Index.TryOpen(exchange.Key, out var stored))
        {
            return exchange.Access.Missing(exchange.Caller, exchange.Bucket, exchange.Request.HttpContext);
        }

        try
        {
            return await SendAsync(exchange, stored);
        }
        finally
        {
            stored.Body.Release();
        }
    }

    /// <summary>Writes the fields that describe an object, as GET, HEAD and the website endpoint do.</summary>
    public static void Describe(S3Exchange exchange, StoredObject stored)
    {
        var headers = exchange.Response.Headers;
        headers.ETag = stored.QuotedETag;
        headers.LastModified = HttpDate.Format(stored.LastModified);
        headers.AcceptRanges = "bytes";
        foreach (var (name, value) in stored.Metadata.Headers)
        {
            headers[name] = value;
        }

        if (stored.Metadata.StorageClass != ObjectMetadata.Standard)
        {
            headers["x-amz-storage-class"] = stored.Metadata.StorageClass;
        }

        if (stored.Metadata.Tags.Count > 0)
        {
            headers["x-amz-tagging-count"] = stored.Metadata.Tags.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Streams a slice of a body through the one buffer there is, as fast as the client takes it.</summary>
    public static async Task SendBodyAsync(S3Exchange exchange, StoredObject stored, long offset, long count)
    {
        exchange.Response.ContentLength = count;
        if (exchange.IsHead || count == 0)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BodyReader.BufferBytes);
        try
        {
            await stored.Body.CopyAsync(offset, count, exchange.Response.Body.WriteAsync, buffer.AsMemory(0, BodyReader.BufferBytes), exchange.Aborted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A 304 repeats what a cache would update (RFC 9110, section 15.4.5) and nothing else.</summary>
    public static void NotModified(S3Exchange exchange, StoredObject stored)
    {
        exchange.Response.StatusCode = 304;
        var headers = exchange.Response.Headers;
        headers.ETag = stored.QuotedETag;
        headers.LastModified = HttpDate.Format(stored.LastModified);
        foreach (var name in new[] { "cache-control", "expires" })
        {
            if (stored.Metadata.Header(name) is { } value)
            {
                headers[name] = value;
            }
        }
    }

    private static async Task<S3Fault?> SendAsync(S3Exchange exchange, StoredObject stored)
    {
        var conditions = Conditions.Of(exchange);
        switch (conditions.ForRead(stored))
        {
            case ConditionVerdict.Failed:
                return S3Fault.With(S3Error.PreconditionFailed, "Condition", conditions.IfMatch is null ? "If-Unmodified-Since" : "If-Match");
            case ConditionVerdict.NotModified:
                NotModified(exchange, stored);
                return null;
        }

        if (TryReadRange(exchange, stored, out var range, out var isPartial) is { } fault)
        {
            return fault;
        }

        Describe(exchange, stored);
        foreach (var (parameter, header) in Overrides)
        {
            if (exchange.Query(parameter) is { Length: > 0 } value)
            {
                exchange.Response.Headers[header] = value;
            }
        }

        if (isPartial)
        {
            exchange.Response.StatusCode = 206;
            exchange.Response.Headers.ContentRange = range.ContentRange(stored.Length);
        }
        else if (stored.Checksum is { } checksum && "ENABLED".Equals(exchange.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase))
        {
            exchange.Response.Headers[checksum.Algorithm.Header] = checksum.Value;
            exchange.Response.Headers["x-amz-checksum-type"] = checksum.IsComposite ? "COMPOSITE" : "FULL_OBJECT";
        }

        await SendBodyAsync(exchange, stored, range.First, range.Length);
        return null;
    }

    /// <summary>The slice of the body that Range or <c>partNumber</c> asks for; the whole of it without.</summary>
    public static S3Fault? TryReadRange(S3Exchange exchange, StoredObject stored, out ByteRange range, out bool isPartial)
    {
        range = new ByteRange(0, stored.Length - 1);
        isPartial = false;
        if (exchange.Query("partNumber") is { } text)
        {
            return TryReadPart(exchange, stored, text, ref range, ref isPartial);
        }

        if (exchange.Header("Range") is not { } header || !IfRangeHolds(exchange, stored))
        {
            return null;
        }

        switch (RangeHeader.Resolve(Encoding.Latin1.GetBytes(header), stored.Length, out var found))
        {
            case RangeVerdict.Satisfiable:
                range = found;
                isPartial = true;
                return null;
            case RangeVerdict.Unsatisfiable:
                return new S3Fault(
                    S3Error.InvalidRange, S3Error.InvalidRange.Message,
                    new("RangeRequested", header), new("ActualObjectSize", stored.Length.ToString(CultureInfo.InvariantCulture)));
            default:
                return null;
        }
    }

    private static S3Fault? TryReadPart(S3Exchange exchange, StoredObject stored, string text, ref ByteRange range, ref bool isPartial)
    {
        var parts = stored.Body.Parts;
        var isMultipart = stored.ETag.Contains('-', StringComparison.Ordinal);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Multipart.MaxPartNumber)
        {
            return new S3Fault(S3Error.InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive");
        }

        if (number > Math.Max(1, isMultipart ? parts.Count : 1))
        {
            return new S3Fault(new S3Error("InvalidPartNumber", 416, ""), "The requested partnumber is not satisfiable");
        }

        if (isMultipart)
        {
            exchange.Response.Headers["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);
            var first = parts.Take(number - 1).Sum(static part => part.Length);
            range = new ByteRange(first, first + parts[number - 1].Length - 1);
        }

        isPartial = stored.Length > 0;
        return null;
    }

    private static bool IfRangeHolds(S3Exchange exchange, StoredObject stored) => exchange.Header("If-Range") is not { } validator
        || (validator.StartsWith('"') ? validator == stored.QuotedETag : HttpDate.TryParse(validator.AsSpan(), out var date) && date == stored.LastModified);
}
