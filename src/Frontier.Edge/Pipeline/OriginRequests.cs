// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.FieldEncryption;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Certificates;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Edge.Tiers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>Composes requests to origins: where to, what to ask, with which headers, signed or not.</summary>
internal sealed class OriginRequests(EdgeOptions options, HeldCertificates certificates, EdgeName name, TierRequests tiers, TimeProvider time)
{
    private readonly OriginEndpoints _endpoints = new(options, certificates);

    /// <param name="revalidate">The stored object whose validators are to be sent (DP-15.1); null for an unconditional request.</param>
    /// <param name="block">The block that is to be asked for; null for the whole object, or for the range that the viewer wants of a pass.</param>
    /// <param name="isShared">Whether the answer is for all who want the same: only that is worth a look into other caches.</param>
    public OriginCall Compose(RequestContext context, OriginPurpose purpose, CachedObject? revalidate, BlockSpan? block, bool isShared = false)
    {
        var behavior = context.Behavior;
        var (origin, group) = context.Tier?.OriginOf(behavior) ?? (behavior.Origin, behavior.Failover);
        // A call's messages may all be over by now; that there are none is for its origin to hear.
        var hasBody = purpose is OriginPurpose.Grpc || (purpose is not OriginPurpose.Fill && context.Exchange.HasBody);
        var body = hasBody ? BodyOf(context) : null;
        var mayFailOver = purpose is OriginPurpose.Fill or OriginPurpose.Pass && Failover.MayFailOver(context.Request.Method, body is not null);
        var failover = mayFailOver ? group : null;
        var space = purpose is OriginPurpose.Pass && failover is null ? context.Space : null; // there is room for one request
        var interim = options.StrictHttpCaching && block is null ? new InterimAnswers(context.Exchange, behavior) : null;
        return new OriginCall
        {
            DistributionId = context.Distribution.Id,
            Viewer = context.Viewer.Address,
            Primary = ComposeFor(origin, context, purpose, body, revalidate, block, space, interim),
            Secondary = failover is null ? null : ComposeFor(failover.Secondary, context, purpose, body, revalidate, block, space: null, interim),
            Interim = interim,
            Failover = failover,
            OriginHost = origin.Config.DomainName,
            Tiers = tiers.Compose(context, purpose, isShared, body is not null, origin, failover?.Secondary, revalidate, block, interim),
        };
    }

    private OriginRequest ComposeFor(
        OriginModel origin, RequestContext context, OriginPurpose purpose, IRequestBody? body, CachedObject? revalidate, BlockSpan? block, PassSpace? space, InterimAnswers? interim)
    {
        var target = space?.Target ?? new ArrayBufferWriter<byte>(256);
        target.ResetWrittenCount();
        OriginTarget.Write(context.Request, context.Behavior, origin, target);
        var headers = space?.Fields ?? new HeaderList();
        OriginHeaders.Compose(context.Request, context.Behavior, origin, context.Viewer, purpose, body is not null, name.ViaId, context.Record.RequestIdBytes, headers);
        ViewerCertificateHeaders.SetClientCert(context.Distribution.ViewerCertificates, context.Viewer, headers);
        AddQuestion(revalidate, block, headers);
        if (body is EncryptedFormBody)
        {
            FormHeaders.RemoveDigests(headers);
        }

        var sent = origin.Signer is { } signer ? OriginSigning.Sign(signer, context.Request, target.WrittenSpan, headers, body, time) : body;
        return new OriginRequest
        {
            Endpoint = _endpoints.Of(origin, context.Request.IsHttps, headers),
            Method = context.Request.MethodToken,
            Target = target.WrittenMemory,
            Headers = headers,
            Body = sent,
            Upgrades = purpose is OriginPurpose.WebSocket,
            AnswerHead = space?.OriginHead,
            Interim = interim is null ? null : interim.Note,
            Viewer = purpose is OriginPurpose.Fill ? null : context.Record.ClientAddress,
        };
    }

    /// <summary>What is asked of the object: whether it still is what is stored (DP-15.1), and for which part of it.</summary>
    public static void AddQuestion(CachedObject? revalidate, BlockSpan? block, HeaderList headers)
    {
        if (revalidate is not null)
        {
            AddValidators(StoredHeads.ToResponse(revalidate.Head).Headers, headers);
        }

        if (block is { } span)
        {
            headers.Set("Range"u8, Encoding.ASCII.GetBytes(span.RangeHeader));
        }
    }

    private static IRequestBody BodyOf(RequestContext context)
    {
        var body = new ViewerBody(context.Exchange);
        return context.FieldEncryption.Profile is { } profile ? new EncryptedFormBody(body, profile) : body;
    }

    /// <summary>An object without validators is asked for as a whole (DP-15.2).</summary>
    private static void AddValidators(HeaderList stored, HeaderList into)
    {
        if (stored.TryGet("etag"u8, out var tag))
        {
            into.Set("If-None-Match"u8, tag);
        }

        if (stored.TryGet("last-modified"u8, out var modified))
        {
            into.Set("If-Modified-Since"u8, modified);
        }
    }
}
