// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Names;

/// <summary>Which face of a bucket a host name addresses.</summary>
public enum S3Endpoint
{
    Rest,
    Website,
}

/// <summary>
/// A host name that addresses one bucket (NB-1.1, <c>neighbours.md</c> §1.3): <c>b.s3.amazonaws.com</c>,
/// <c>b.s3.eu-west-1.amazonaws.com</c>, <c>b.s3-eu-west-1.amazonaws.com</c>, <c>b.s3.dualstack.eu-west-1.amazonaws.com</c>,
/// <c>b.s3-website-eu-west-1.amazonaws.com</c>, <c>b.s3-website.eu-west-1.amazonaws.com</c>, and the same under other suffixes.
/// </summary>
public readonly record struct S3HostName(string Bucket, S3Endpoint Endpoint, string Region)
{
    public const string AwsSuffix = "amazonaws.com";

    private const string DefaultRegion = "us-east-1";

    /// <summary>Reads a lower-case host without port. <paramref name="suffixes"/> are domains under which S3 names are understood.</summary>
    public static bool TryParse(string host, IEnumerable<string> suffixes, out S3HostName name)
    {
        foreach (var suffix in suffixes)
        {
            if (host.Length > suffix.Length + 1 && host.EndsWith(suffix, StringComparison.Ordinal) && host[^(suffix.Length + 1)] == '.'
                && TryParseLabels(host[..^(suffix.Length + 1)], out name))
            {
                return true;
            }
        }

        name = default;
        return false;
    }

    private static bool TryParseLabels(string rest, out S3HostName name)
    {
        // The service label is the last that begins with "s3": everything left of it is the bucket, which may hold dots.
        var labels = rest.Split('.');
        for (var i = labels.Length - 1; i >= 1; i--)
        {
            var after = labels[(i + 1)..];
            var bucket = string.Join('.', labels[..i]);
            switch (labels[i])
            {
                case "s3" when after is [] or [not ("dualstack" or "")] or ["dualstack", not ""]:
                    name = new S3HostName(bucket, S3Endpoint.Rest, after.Length == 0 ? DefaultRegion : after[^1]);
                    return BucketName.IsValid(bucket);
                case "s3-website" when after is [not ""]:
                    name = new S3HostName(bucket, S3Endpoint.Website, after[0]);
                    return BucketName.IsValid(bucket);
                case ['s', '3', '-', 'w', 'e', 'b', 's', 'i', 't', 'e', '-', .. var region] when after.Length == 0 && region.Length > 0:
                    name = new S3HostName(bucket, S3Endpoint.Website, region);
                    return BucketName.IsValid(bucket);
                case ['s', '3', '-', .. var region] when after.Length == 0 && region is not ("" or "accelerate") && !region.StartsWith("website", StringComparison.Ordinal):
                    name = new S3HostName(bucket, S3Endpoint.Rest, region);
                    return BucketName.IsValid(bucket);
            }
        }

        name = default;
        return false;
    }
}
