// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>Puts an object together from the parts a completion names: no byte is copied, the object is its part files.</summary>
internal static class MultipartCompletion
{
    public static S3Fault? TryCompose(S3Exchange exchange, MultipartUpload upload, XElement root, out StoredObject? stored)
    {
        stored = null;
        var named = root.Children("Part").ToList();
        if (named.Count is 0 or > Multipart.MaxPartNumber)
        {
            return S3Error.MalformedXml;
        }

        if (TrySelect(exchange.Bucket.Index.Parts(upload.Id), named, out var parts) is { } fault)
        {
            return fault;
        }

        if (parts.SkipLast(1).FirstOrDefault(static part => part.Body.Length < Multipart.MinPartBytes) is { } small)
        {
            return new S3Fault(
                S3Error.EntityTooSmall, S3Error.EntityTooSmall.Message,
                new("ProposedSize", Number(small.Body.Length)), new("MinSizeAllowed", Number(Multipart.MinPartBytes)), new("PartNumber", Number(small.Number)), new("ETag", small.Md5));
        }

        var body = new ObjectBody(exchange.Bucket.Bodies, [.. parts.Select(static part => part.Body).Where(static part => part.Length > 0)]);
        if (exchange.Header("x-amz-mp-object-size") is { } size && size != Number(body.Length))
        {
            return new S3Fault(S3Error.InvalidRequest, $"The provided 'x-amz-mp-object-size' header does not match what was computed: {body.Length}.");
        }

        if (TryChecksum(exchange, upload, parts, out var checksum) is { } wrong)
        {
            return wrong;
        }

        var etag = Convert.ToHexStringLower(MD5.HashData([.. parts.SelectMany(static part => Convert.FromHexString(part.Md5))])) + "-" + Number(parts.Count);
        stored = new StoredObject(upload.Key, etag, S3Time.WholeSeconds(exchange.Now), upload.Metadata, checksum, body);
        return null;
    }

    private static S3Fault? TrySelect(IReadOnlyList<UploadedPart> present, List<XElement> named, out List<UploadedPart> selected)
    {
        selected = new List<UploadedPart>(named.Count);
        var byNumber = present.ToDictionary(static part => part.Number);
        foreach (var element in named)
        {
            if (!int.TryParse(element.Text("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || element.Text("ETag") is not { } etag)
            {
                return S3Error.MalformedXml;
            }

            if (selected.Count > 0 && number <= selected[^1].Number)
            {
                return S3Error.InvalidPartOrder;
            }

            if (!byNumber.TryGetValue(number, out var part) || part.Md5 != etag.Trim('"')
                || (part.Checksum is { } checksum && element.Text("Checksum" + checksum.Algorithm.Name) is { } given && given != checksum.Value))
            {
                return new S3Fault(S3Error.InvalidPart, S3Error.InvalidPart.Message, new("PartNumber", Number(number)), new("ETag", etag.Trim('"')));
            }

            selected.Add(part);
        }

        return null;
    }

    private static S3Fault? TryChecksum(S3Exchange exchange, MultipartUpload upload, List<UploadedPart> parts, out ObjectChecksum? checksum)
    {
        checksum = null;
        if (upload.ChecksumAlgorithm is not { } algorithm)
        {
            return null;
        }

        if (parts.Exists(part => part.Checksum?.Algorithm != algorithm))
        {
            return new S3Fault(S3Error.InvalidRequest, $"The upload was created using a {algorithm.Name} checksum. The complete request must include the checksum for each part.");
        }

        var value = upload.FullObject
            ? ChecksumHash.Joined(algorithm, parts.ConvertAll(static part => (part.Checksum!.Value, part.Body.Length)))
            : ChecksumHash.Composite(algorithm, parts.ConvertAll(static part => part.Checksum!.Value));
        checksum = new ObjectChecksum(algorithm, value, !upload.FullObject);
        var given = exchange.Header(algorithm.Header);
        return given is null || given == value || given == value.Split('-')[0]
            ? null
            : new S3Fault(S3Error.BadDigest, $"The {algorithm.Name} you specified did not match the calculated checksum.");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
