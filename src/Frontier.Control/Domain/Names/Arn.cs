// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Control.Domain.Names;

/// <summary>The CloudFront ARNs of one account (<c>api.md</c> §5.2).</summary>
internal static class Arn
{
    public static string OfDistribution(string accountId, string id) => $"arn:aws:cloudfront::{accountId}:distribution/{id}";

    public static string OfFunction(string accountId, string name) => $"arn:aws:cloudfront::{accountId}:function/{name}";

    public static string OfKeyValueStore(string accountId, string id) => $"arn:aws:cloudfront::{accountId}:key-value-store/{id}";

    /// <summary>The type within the ARN of a real-time log configuration.</summary>
    public const string RealtimeLogType = "realtime-log-config";

    /// <summary>The type within the ARN of a streaming distribution.</summary>
    public const string StreamingType = "streaming-distribution";

    /// <summary>The type within the ARN of a trust store.</summary>
    public const string TrustStoreType = "trust-store";

    public static string OfTrustStore(string accountId, string id) => $"arn:aws:cloudfront::{accountId}:{TrustStoreType}/{id}";

    public static string OfRealtimeLog(string accountId, string name) => $"arn:aws:cloudfront::{accountId}:{RealtimeLogType}/{name}";

    public static string OfStreamingDistribution(string accountId, string id) => $"arn:aws:cloudfront::{accountId}:{StreamingType}/{id}";

    /// <summary>Reads <c>arn:aws:cloudfront::account:type/id</c>; false when the text is no CloudFront ARN at all.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out string account, out string type, out string id)
    {
        (account, type, id) = ("", "", "");
        if (text?.Split(':', 6) is not ["arn", "aws", "cloudfront", "", var owner, var resource] || resource.Split('/', 2) is not [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            return false;
        }

        (account, type, id) = (owner, kind, name);
        return true;
    }
}
