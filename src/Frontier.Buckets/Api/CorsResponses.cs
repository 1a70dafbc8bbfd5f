// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Buckets.Access;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>Cross-origin answers by a bucket's rules (<c>neighbours.md</c> §1.4): preflights, and the fields on other answers.</summary>
internal static class CorsResponses
{
    private const string Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    public static S3Fault? Preflight(S3Exchange exchange, Bucket bucket)
    {
        if (exchange.Header("Origin") is not { } origin)
        {
            return new S3Fault(new S3Error("BadRequest", 400, ""), "Insufficient information. Origin request header needed.");
        }

        if (exchange.Header("Access-Control-Request-Method") is not { } method)
        {
            return new S3Fault(new S3Error("BadRequest", 400, ""), "Invalid Access-Control-Request-Method: null");
        }

        var requested = (exchange.Header("Access-Control-Request-Headers") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (bucket.Settings.Cors is not { } cors)
        {
            return new S3Fault(S3Error.AccessForbidden, "CORSResponse: CORS is not enabled for this bucket.");
        }

        if (cors.Find(origin, method, requested) is not { } rule)
        {
            return new S3Fault(
                S3Error.AccessForbidden, "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
                new("Method", method), new("ResourceType", exchange.Target.Key is null ? "BUCKET" : "OBJECT"));
        }

        Write(exchange, rule, origin);
        if (requested.Length > 0)
        {
            exchange.Response.Headers.AccessControlAllowHeaders = string.Join(", ", requested).ToLowerInvariant();
        }

        return exchange.Reply(200);
    }

    /// <summary>Adds the fields of the first rule for the request's origin and method, if it has an origin and there is one.</summary>
    public static void Annotate(S3Exchange exchange, Bucket bucket)
    {
        if (exchange.Header("Origin") is { } origin && bucket.Settings.Cors?.Find(origin, exchange.Request.Method, []) is { } rule)
        {
            Write(exchange, rule, origin);
        }
    }

    private static void Write(S3Exchange exchange, CorsRule rule, string origin)
    {
        var headers = exchange.Response.Headers;
        var isAny = rule.Origins.Contains("*");
        headers.AccessControlAllowOrigin = isAny ? "*" : origin;
        headers.AccessControlAllowMethods = string.Join(", ", rule.Methods);
        headers.Vary = Vary;
        if (!isAny)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        if (rule.ExposeHeaders.Count > 0)
        {
            headers.AccessControlExposeHeaders = string.Join(", ", rule.ExposeHeaders);
        }

        if (rule.MaxAgeSeconds is { } age)
        {
            headers.AccessControlMaxAge = age.ToString(CultureInfo.InvariantCulture);
        }
    }
}
