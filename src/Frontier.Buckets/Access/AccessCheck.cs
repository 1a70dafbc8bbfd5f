// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Api;
using Frontier.Buckets.Objects;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;

namespace Frontier.Buckets.Access;

/// <summary>Decides what a caller may do: an owner everything, a reader all that is reading, anybody else what the bucket's policy says (NB-1.9). Stateless.</summary>
internal sealed class AccessCheck(string accountId)
{
    public bool Allows(Caller caller, Bucket bucket, ObjectKey? key, string action, HttpContext http)
    {
        if (caller.IsOwner || (caller.IsReader && (action.StartsWith("s3:Get", StringComparison.Ordinal) || action.StartsWith("s3:List", StringComparison.Ordinal))))
        {
            return true;
        }

        var settings = bucket.Settings;
        if (settings.Policy is not { } policy || (caller.IsAnonymous && settings.PublicAccess.RestrictPublicBuckets && policy.IsPublic))
        {
            return false;
        }

        var resource = key is { } named ? $"arn:aws:s3:::{bucket.Name}/{named}" : $"arn:aws:s3:::{bucket.Name}";
        return policy.Allows(new AccessRequest(caller, action, resource, Context(caller, http)));
    }

    /// <summary>NB-1.6: whether an object is missing is the business of those who may list.</summary>
    public S3Fault Missing(Caller caller, Bucket bucket, HttpContext http) =>
        Allows(caller, bucket, null, "s3:ListBucket", http) ? S3Error.NoSuchKey : S3Error.AccessDenied;

    private Dictionary<string, string> Context(Caller caller, HttpContext http)
    {
        var context = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["aws:securetransport"] = http.Request.IsHttps ? "true" : "false",
        };
        if (http.Connection.RemoteIpAddress is { } address)
        {
            context["aws:sourceip"] = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        if (caller.DistributionId is not null)
        {
            context["aws:sourcearn"] = $"arn:aws:cloudfront::{accountId}:distribution/{caller.DistributionId}";
            context["aws:sourceaccount"] = accountId;
        }

        if (caller.IdentityArn is { } arn)
        {
            context["aws:principalarn"] = arn;
        }

        Add("aws:useragent", http.Request.Headers.UserAgent.ToString());
        Add("aws:referer", http.Request.Headers.Referer.ToString());
        // Read exactly as the listing reads them: were the names compared otherwise, a policy would judge another prefix than is listed.
        Add("s3:prefix", Parameter("prefix"));
        Add("s3:delimiter", Parameter("delimiter"));
        return context;

        string Parameter(string name) =>
            CanonicalRequest.SplitQuery(http.Request.QueryString.Value?.TrimStart('?') ?? "").FirstOrDefault(pair => pair.Key == name).Value ?? "";

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                context[key] = value;
            }
        }
    }
}
