// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;
using Frontier.Protocols.Names;

namespace Frontier.Buckets.Api;

/// <summary>What a request addresses: the service, a bucket, or an object, at the REST or at the website endpoint.</summary>
/// <param name="RawPath">The path of the target as on the wire, with the bucket in it or not.</param>
/// <param name="Key">Null when the bucket itself is addressed; of a website always present, perhaps empty.</param>
internal sealed record S3Target(string RawPath, string RawQuery, string? Bucket, ObjectKey? Key, S3Endpoint Endpoint)
{
    /// <summary>
    /// Reads target and Host (NB-1.1). A host that names no bucket means path style, unless it is that of a website: aliases to websites are
    /// called like their buckets (NB-5.3). The key is never normalised.
    /// </summary>
    /// <param name="isWebsite">Whether the request may be meant for the website of a bucket that is called like the host.</param>
    public static S3Fault? TryRead(string rawTarget, string host, IReadOnlyList<string> suffixes, Func<string, bool> isWebsite, out S3Target target)
    {
        var (path, query) = Split(OriginForm(rawTarget));
        var plain = WithoutPort(host).ToLowerInvariant();
        if (S3HostName.TryParse(plain, suffixes, out var name))
        {
            target = new S3Target(path, query, name.Bucket, null, name.Endpoint);
            return target.WithKey(path[1..], name.Endpoint is S3Endpoint.Website, out target);
        }

        if (isWebsite(plain))
        {
            target = new S3Target(path, query, plain, null, S3Endpoint.Website);
            return target.WithKey(path[1..], true, out target);
        }

        var slash = path.IndexOf('/', 1);
        var bucket = slash < 0 ? path[1..] : path[1..slash];
        target = new S3Target(path, query, bucket.Length == 0 ? null : bucket, null, IsWebsiteHost(host, suffixes) ? S3Endpoint.Website : S3Endpoint.Rest);
        return target.WithKey(slash < 0 ? "" : path[(slash + 1)..], false, out target);
    }

    private S3Fault? WithKey(string encoded, bool keepEmpty, out S3Target target)
    {
        target = this;
        if (encoded.Length == 0 && !keepEmpty)
        {
            return null;
        }

        if (!ObjectKey.TryDecode(encoded, out var key))
        {
            return S3Fault.With(S3Error.InvalidUri, "URI", RawPath);
        }

        target = this with { Key = key };
        return key.Bytes.Length > ObjectKey.MaxBytes ? S3Error.KeyTooLong : null;
    }

    /// <summary>A client may send the absolute form, as to a proxy (RFC 9112, section 3.2.2); Host has then the same authority.</summary>
    private static string OriginForm(string rawTarget)
    {
        if (rawTarget.StartsWith('/'))
        {
            return rawTarget;
        }

        var authority = rawTarget.IndexOf("://", StringComparison.Ordinal);
        var path = authority < 0 ? -1 : rawTarget.IndexOf('/', authority + 3);
        return path < 0 ? "/" : rawTarget[path..];
    }

    private static (string Path, string Query) Split(string target)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }

    /// <summary>The website endpoint's own host, without a bucket (NB-1.26).</summary>
    private static bool IsWebsiteHost(string host, IReadOnlyList<string> suffixes) =>
        suffixes.Any(suffix => WithoutPort(host).EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase)) && host.StartsWith("s3-website", StringComparison.OrdinalIgnoreCase);
}
