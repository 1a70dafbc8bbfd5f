// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Auditing;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Api;

/// <summary>
/// A call of the API from first byte to last: claim of a signature, body, signature, rights, operation, answer. Nothing that changes
/// anything runs before the signature is found good and its key may make the change.
/// </summary>
internal sealed partial class ApiEndpoint(IOperationFinder finder, RequestAuthenticator authenticator, CallGuard guard, KeyUses uses, IErrorForm errors, ILogger<ApiEndpoint> logger)
{
    /// <summary>The longest body read (<c>api.md</c> §7).</summary>
    public const int LongestBody = 1 << 20;

    public async Task HandleAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        Operation? operation = null;
        ApiResponse response;
        try
        {
            (operation, response) = await AnswerAsync(context, requestId);
        }
        catch (StoreFullException error)
        {
            Log.StoreFull(logger, error.Message);
            response = ApiErrors.InsufficientStorage;
        }
        catch (StoreUnavailableException error)
        {
            Log.StoreUnavailable(logger, error.Message, error.InnerException?.Message);
            response = ApiErrors.StoreUnavailable.Saying(error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            // The last line of defence: a bug costs this call an answer of 500, not the server its life.
            Log.Failed(logger, requestId, error);
            response = ApiErrors.InternalFailure;
        }

        await WriteAsync(context, response, operation, requestId);
    }

    private async Task<(Operation? Operation, ApiResponse Response)> AnswerAsync(HttpContext context, string requestId)
    {
        var request = ToSignable(context);
        if (authenticator.ReadClaim(request).Failed(out var error, out var claimed))
        {
            Log.Refused(logger, error.Code, error.Message);
            return (null, error);
        }

        if (await RequestBody.ReadAsync(context, LongestBody) is not { } body)
        {
            return (null, ApiErrors.RequestTooLarge);
        }

        if (authenticator.Verify(request, claimed, body) is { } refusal)
        {
            Log.Refused(logger, refusal.Code, refusal.Message);
            return (null, refusal);
        }

        uses.Note(claimed.Key.Id);

        // Of a parameter given twice the first counts.
        var query = CanonicalRequest.SplitQuery(request.RawQuery).DistinctBy(pair => pair.Key).ToImmutableDictionary(pair => pair.Key, pair => pair.Value);
        if (finder.Find(request, query, body) is not var (operation, values))
        {
            return (null, ApiErrors.NoSuchOperation);
        }

        var signed = new SignedCall(request, claimed.Claim, claimed.Key, context.Connection.RemoteIpAddress?.ToString() ?? "", requestId, body);
        if (await guard.RefuseAsync(signed, operation, values, context.RequestAborted) is { } denied)
        {
            Log.Refused(logger, denied.Code, denied.Message);
            return (operation, denied);
        }

        if (operation.Handler is not { } handler)
        {
            return (operation, ApiErrors.NotImplemented.Saying($"The operation {operation.Name} is not implemented by this version of Frontier."));
        }

        if (!operation.IsRead)
        {
            AuditScope.Begin(guard.Describe(signed, operation));
        }

        var call = new ApiRequest(operation, values, query, request.Header("If-Match"), body)
        {
            Staging = request.Header("Staging"),
            UseClientCertificateOcspEndpoint = request.Header("UseClientCertificateOCSPEndpoint"),
        };
        return (operation, await handler(call, context.RequestAborted));
    }

    /// <summary>The request as it came: what was signed is the raw target, not what a server made of it.</summary>
    private static SignableRequest ToSignable(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var headers = context.Request.Headers.SelectMany(header => header.Value, (header, value) => new KeyValuePair<string, string>(header.Key, value ?? "")).ToList();
        return new SignableRequest(context.Request.Method, question < 0 ? target : target[..question], question < 0 ? "" : target[(question + 1)..], headers);
    }

    private async Task WriteAsync(HttpContext context, ApiResponse response, Operation? operation, string requestId)
    {
        var headers = context.Response.Headers;
        headers["x-amzn-RequestId"] = requestId;
        var content = response.Root is { } root ? ApiContent.OfXml(root) : response.Content;
        if (response.Error is { } error)
        {
            context.Response.StatusCode = error.Status;
            content = errors.Write(error, requestId, headers);
        }
        else
        {
            context.Response.StatusCode = operation!.SuccessStatus;
        }

        if (response.ETag is { } etag)
        {
            headers.ETag = etag;
        }

        if (response.MisspelledETag is { } misspelled)
        {
            headers["ETtag"] = misspelled;
        }

        if (response.Location is { } location)
        {
            headers.Location = $"{context.Request.Scheme}://{context.Request.Host}{(location.StartsWith('/') ? "" : Router.VersionPrefix)}{location}";
        }

        if (content is not null)
        {
            context.Response.ContentType = content.Type;
            context.Response.ContentLength = content.Bytes.Length;
            await context.Response.Body.WriteAsync(content.Bytes, context.RequestAborted);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "Request {RequestId} failed on a bug.", EventName = "RequestFailed")]
        public static partial void Failed(ILogger logger, string requestId, Exception error);

        [LoggerMessage(3003, LogLevel.Warning, "A change was refused: {Reason}", EventName = "StoreFull")]
        public static partial void StoreFull(ILogger logger, string reason);

        [LoggerMessage(3004, LogLevel.Warning, "A call was answered with 503: {Reason} ({Cause})", EventName = "StoreUnavailable")]
        public static partial void StoreUnavailable(ILogger logger, string reason, string? cause);

        [LoggerMessage(3002, LogLevel.Debug, "A call was refused with {Code}: {Message}", EventName = "CallRefused")]
        public static partial void Refused(ILogger logger, string code, string message);
    }
}
