// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Explaining;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Freshness;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Planning;

/// <summary>
/// Runs logged requests through one configuration, stage by stage with the functions that the edge runs. The cache, functions,
/// staging distributions and the bodies of requests take no part. Not thread-safe: heads and buffers are used again.
/// </summary>
public sealed class RequestReplay(DistributionModel distribution)
{
    /// <summary>Computed headers of the key whose values a log tells of.</summary>
    private static readonly string[] Computable =
    [
        "cloudfront-forwarded-proto", "cloudfront-viewer-http-version", "cloudfront-viewer-address", "cloudfront-is-desktop-viewer", "cloudfront-is-mobile-viewer",
        "cloudfront-is-tablet-viewer", "cloudfront-is-smarttv-viewer", "cloudfront-is-android-viewer", "cloudfront-is-ios-viewer",
    ];

    private readonly RequestHead _request = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();

    // Bounded by behaviors, methods and statuses of three digits.
    private readonly Dictionary<(BehaviorModel, RequestMethod, int), TtlBounds> _bounds = [];

    /// <param name="originStatus">What the origin is taken to answer; null when nobody knows.</param>
    public ReplayOutcome Run(LoggedRequest logged, int? originStatus)
    {
        logged.WriteTo(_request);
        if (!distribution.Enabled)
        {
            return new ReplayOutcome { Behavior = "disabled", Status = 403 }; // DP-2.4
        }

        distribution.ApplyDefaultRootObject(_request);
        var behavior = BehaviorMatch.Find(distribution, _request.Path);
        var name = behavior == distribution.DefaultBehavior ? "default" : behavior.Pattern.Text;
        if (Refusal(behavior) is { } refusal)
        {
            return new ReplayOutcome { Behavior = name, Status = ToViewer(refusal) };
        }

        var isCached = !logged.IsConversation && behavior.Bypasses(_request.Method) is NotStored.None;
        return new ReplayOutcome
        {
            Behavior = name,
            Status = originStatus is { } status ? ToViewer(status) : null,
            Origin = OriginUrl(behavior),
            Key = isCached ? Key(behavior, logged.Viewer) : null,
            Ttl = isCached && originStatus is { } answered ? Bounds(behavior, answered) : null,
            Untold = isCached ? Untold(behavior, logged) : [],
        };
    }

    /// <summary>
    /// The origin's status behind the logged one, which an error page may have replaced (DP-19.6). Null when the edge answered by
    /// itself under this configuration, or the viewer was gone.
    /// </summary>
    public int? OriginStatus(LoggedRequest logged)
    {
        logged.WriteTo(_request);
        distribution.ApplyDefaultRootObject(_request);
        if (logged.Status == 0 || Refusal(BehaviorMatch.Find(distribution, _request.Path)) is { } refusal && ToViewer(refusal) == logged.Status)
        {
            return null;
        }

        return logged.Result == "Error" && distribution.ErrorBehind(logged.Status) is { } error ? error : logged.Status;
    }

    /// <summary>The status that the edge answers with instead of going on (§4); null when it goes on.</summary>
    private int? Refusal(BehaviorModel behavior) => AccessCheck.Decide(_request, behavior, hasBody: false) switch
    {
        AccessVerdict.Allowed => null,
        AccessVerdict.MovedToHttps => 301,
        AccessVerdict.TemporarilyMovedToHttps => 307,
        AccessVerdict.CountryBlocked or AccessVerdict.HttpsOnly or AccessVerdict.MethodNotAllowed or AccessVerdict.BodyNotAllowed or AccessVerdict.Loop => 403,
    };

    private int ToViewer(int status) => ErrorPageChoice.Decide(_request, distribution, status, lacksCapacity: false)?.PageStatus ?? status;

    private string OriginUrl(BehaviorModel behavior)
    {
        var origin = behavior.Origin;
        _buffer.Clear();
        OriginTarget.Write(_request, behavior, origin, _buffer);
        return $"{(origin.UsesTls(_request.IsHttps) ? "https" : "http")}://{origin.Config.DomainName}{PrintableText.Of(_buffer.WrittenSpan)}";
    }

    private string Key(BehaviorModel behavior, ViewerFacts viewer)
    {
        _buffer.Clear();
        CacheKey.Write(_request, distribution, behavior, viewer, _buffer);
        return Encoding.Latin1.GetString(_buffer.WrittenSpan);
    }

    private TtlBounds Bounds(BehaviorModel behavior, int status)
    {
        var whole = status is 206 or 304 ? 200 : status; // the viewer's range or condition, not the origin's answer
        if (!_bounds.TryGetValue((behavior, _request.Method, whole), out var bounds))
        {
            _bounds[(behavior, _request.Method, whole)] = bounds = TtlBounds.Of(_request.Method, whole, distribution, behavior);
        }

        return bounds;
    }

    private static ImmutableArray<string> Untold(BehaviorModel behavior, LoggedRequest logged)
    {
        var policy = behavior.CachePolicy;
        var untold = policy.Headers.Names.Select(static name => Encoding.Latin1.GetString(name))
            .Where(name => name.ToLowerInvariant() is var lower && !logged.Tells(lower) && !Computable.Contains(lower));
        if (policy.Gzip || policy.Brotli)
        {
            untold = untold.Append($"Accept-Encoding ({(policy.Gzip && policy.Brotli ? "gzip, br" : policy.Gzip ? "gzip" : "br")})");
        }

        if (!policy.Cookies.TakesNothing && !logged.Tells("cookie"))
        {
            untold = untold.Append(policy.Cookies.Selection switch
            {
                Selection.All => "Cookie (all)",
                Selection.AllExcept => $"Cookie (all except {Names(policy.Cookies)})",
                Selection.Whitelist or Selection.None => $"Cookie ({Names(policy.Cookies)})",
            });
        }

        return [.. untold];
    }

    private static string Names(NameSelection selection) => string.Join(", ", selection.Names.Select(Encoding.Latin1.GetString));
}
