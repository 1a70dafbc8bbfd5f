// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Buckets.Access;
using Frontier.Buckets.Objects;
using Frontier.Buckets.Websites;
using Frontier.Protocols.Names;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Frontier.Buckets.Api;

/// <summary>
/// Every request's way: read the target, answer preflights, authenticate, find the operation, ask whether the caller may, run
/// it, and write its fault if it has one. Stateless.
/// </summary>
internal sealed partial class S3Handler(BucketStore store, BucketOptions options, TimeProvider clock, ILogger logger)
{
    private readonly string[] _suffixes = [options.Domain, S3HostName.AwsSuffix];
    private readonly Authenticator _authenticator = new(options, clock);
    private readonly AccessCheck _access = new(options.AccountId);

    public async Task HandleAsync(HttpContext http)
    {
        var requestId = RandomNumberGenerator.GetHexString(16);
        var hostId = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        http.Response.Headers["x-amz-request-id"] = requestId;
        http.Response.Headers["x-amz-id-2"] = hostId;
        http.Response.Headers.Server = "AmazonS3";
        try
        {
            var unreadable = S3Target.TryRead(
                http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, http.Request.Host.Value ?? "", _suffixes, host => IsWebsite(host, http.Request), out var target);
            var exchange = Exchange(http, target, new Authentication(Caller.Anonymous, PayloadForm.Unsigned));
            if (target.Endpoint is S3Endpoint.Website)
            {
                await new WebsiteEndpoint(exchange, requestId, hostId).ServeAsync(unreadable);
                return;
            }

            var fault = unreadable ?? await RunAsync(http, exchange);
            if (fault is not null && !http.Response.HasStarted)
            {
                await ReplyFaultAsync(exchange, fault, requestId, hostId);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.Aborted(logger, requestId);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or StackOverflowException))
        {
            Log.Failed(logger, error, http.Request.Method, requestId);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            var exchange = Exchange(http, new S3Target("/", "", null, null, S3Endpoint.Rest), new Authentication(Caller.Anonymous, PayloadForm.Unsigned));
            await ReplyFaultAsync(exchange, S3Error.InternalError, requestId, hostId);
        }
    }

    /// <summary>
    /// A bucket's website is found by its own name, too, as an alias leads viewers there; whoever signs is no viewer. A name without a dot is
    /// that of a machine.
    /// </summary>
    private bool IsWebsite(string host, HttpRequest request) =>
        host.Contains('.', StringComparison.Ordinal) && store.TryFind(host, out var bucket) && bucket.Settings.Website is not null
        && request.Headers.Authorization.Count == 0 && !request.Query.ContainsKey("X-Amz-Signature");

    private async Task<S3Fault?> RunAsync(HttpContext http, S3Exchange anonymous)
    {
        var target = anonymous.Target;
        Bucket? bucket = null;
        var isThere = target.Bucket is { } name && store.TryFind(name, out bucket);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            return isThere ? CorsResponses.Preflight(anonymous, bucket!) : S3Error.NoSuchBucket;
        }

        if (bucket is not null)
        {
            CorsResponses.Annotate(anonymous, bucket);
        }

        if (_authenticator.TryAuthenticate(anonymous.Signable, out var authentication) is { } refused)
        {
            return refused;
        }

        var exchange = Exchange(http, target, authentication);
        var scope = target.Bucket is null ? S3Scope.Service : target.Key is null ? S3Scope.Bucket : S3Scope.Object;
        if (OperationTable.TryFind(scope, exchange, out var operation) is { } unknown)
        {
            return unknown;
        }

        if (bucket is not null)
        {
            exchange.Bucket = bucket;
        }
        else if (scope is not S3Scope.Service && operation!.Name != OperationTable.CreateBucket)
        {
            return BucketName.IsValid(target.Bucket!) ? S3Error.NoSuchBucket : S3Fault.With(S3Error.InvalidBucketName, "BucketName", target.Bucket!);
        }

        return IsAllowed(exchange, operation!) ? await operation!.RunAsync(exchange) : S3Error.AccessDenied;
    }

    private bool IsAllowed(S3Exchange exchange, S3Operation operation) =>
        exchange.Caller.IsOwner || (exchange.Caller.IsReader && operation.Method is "GET" or "HEAD") || operation.Action is OperationTable.ActionPerKey
        || (operation.Action is { } action && _access.Allows(exchange.Caller, exchange.Bucket, exchange.Target.Key, action, exchange.Request.HttpContext));

    private S3Exchange Exchange(HttpContext http, S3Target target, Authentication authentication)
    {
        var headers = http.Request.Headers.SelectMany(static header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value ?? ""))).ToList();
        return new S3Exchange(http, target, new SignableRequest(http.Request.Method, target.RawPath, target.RawQuery, headers), authentication, store, _access, options, clock);
    }

    /// <summary>A response begun for the answer that was not given must not leak into the error's.</summary>
    private static async Task ReplyFaultAsync(S3Exchange exchange, S3Fault fault, string requestId, string hostId)
    {
        exchange.Response.Headers.ETag = default;
        exchange.Response.ContentLength = null;
        await exchange.ReplyFaultAsync(fault, requestId, hostId);
    }

    private static partial class Log
    {
        [LoggerMessage(5010, LogLevel.Debug, "The client of request {RequestId} went away.", EventName = "RequestAborted")]
        public static partial void Aborted(ILogger logger, string requestId);

        [LoggerMessage(5011, LogLevel.Error, "A {Method} request failed; its id is {RequestId}.", EventName = "RequestFailed")]
        public static partial void Failed(ILogger logger, Exception error, string method, string requestId);
    }
}
