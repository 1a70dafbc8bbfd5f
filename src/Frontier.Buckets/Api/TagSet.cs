// SPDX-License-Identifier: Apache-2.0

using System.Xml;
using System.Xml.Linq;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Api;

/// <summary>Tags of an object (10 at most) or of a bucket (50): names to 128 characters, each once, values to 256.</summary>
internal static class TagSet
{
    public const int MaxOfObject = 10;
    public const int MaxOfBucket = 50;

    public static S3Fault? TryReadHeader(string? header, out IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        tags = [.. CanonicalRequest.SplitQuery(header ?? "")];
        return Fault(tags, MaxOfObject);
    }

    public static S3Fault? TryReadDocument(XElement root, int max, out IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        tags = [];
        if (root.Child("TagSet")?.Children("Tag").ToList() is not { } elements || elements.Exists(static tag => tag.Text("Key") is null || tag.Text("Value") is null))
        {
            return S3Error.MalformedXml;
        }

        tags = [.. elements.Select(static tag => new KeyValuePair<string, string>(tag.Text("Key")!, tag.Text("Value")!))];
        return Fault(tags, max);
    }

    public static void Write(XmlWriter writer, IEnumerable<KeyValuePair<string, string>> tags) => writer.Element("TagSet", () =>
    {
        foreach (var (key, value) in tags)
        {
            writer.Element("Tag", () =>
            {
                writer.Element("Key", key);
                writer.Element("Value", value);
            });
        }
    });

    private static S3Fault? Fault(IReadOnlyList<KeyValuePair<string, string>> tags, int max)
    {
        if (tags.Count > max)
        {
            return new S3Fault(S3Error.InvalidTag, $"No more than {max} tags are allowed.");
        }

        if (tags.Any(static tag => tag.Key.Length is 0 or > 128))
        {
            return new S3Fault(S3Error.InvalidTag, "The TagKey you have provided is invalid");
        }

        if (tags.Any(static tag => tag.Value.Length > 256))
        {
            return new S3Fault(S3Error.InvalidTag, "The TagValue you have provided is invalid");
        }

        return tags.DistinctBy(static tag => tag.Key).Count() != tags.Count ? new S3Fault(S3Error.InvalidTag, "Cannot provide multiple Tags with the same key") : null;
    }
}
