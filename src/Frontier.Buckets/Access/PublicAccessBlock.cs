// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Api;

namespace Frontier.Buckets.Access;

/// <summary>What a bucket's owner forbids of public access; nothing unless set. There are no public ACLs here, so two of S3's four switches have nothing to do.</summary>
/// <param name="BlockPublicPolicy">A policy that grants to anybody is refused.</param>
/// <param name="RestrictPublicBuckets">Under a policy that grants to anybody, anonymous callers are refused all the same.</param>
internal sealed record PublicAccessBlock(bool BlockPublicPolicy, bool RestrictPublicBuckets)
{
    public static readonly PublicAccessBlock None = new(false, false);

    public static bool TryParse(byte[] document, out PublicAccessBlock? block, out string? fault)
    {
        block = null;
        fault = null;
        if (!S3Xml.TryParse(document, "PublicAccessBlockConfiguration", out var root)
            || root.Elements().Any(static element => !bool.TryParse(element.Value, out _)))
        {
            fault = S3Error.MalformedXml.Message;
            return false;
        }

        block = new PublicAccessBlock(IsSet("BlockPublicPolicy"), IsSet("RestrictPublicBuckets"));
        return true;

        bool IsSet(string name) => root.Text(name) is { } text && bool.Parse(text);
    }
}
