// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline.Blocks;
using Frontier.Protocols.Http;
using Frontier.Protocols.Names;

namespace Frontier.Edge.Pipeline;

/// <summary>Composes requests to origins: where to, what to ask, with which headers, signed or not.</summary>
internal sealed class OriginRequests(EdgeOptions options, EdgeName name, TimeProvider time)
{
    /// <summary>Domains under which S3's host names are understood.</summary>
    private readonly string[] _s3Suffixes = [S3HostName.AwsSuffix, options.Domain];

    /// <param name="revalidate">The stored object whose validators are to be sent (DP-15.1); null for an unconditional request.</param>
    /// <param name="block">The block that is to be asked for; null for the whole object, or for the range that the viewer wants of a pass.</param>
    public OriginCall Compose(RequestContext context, OriginPurpose purpose, CachedObject? revalidate, BlockSpan? block)
    {
        var behavior = context.Behavior;
        // A call's messages may all be over by now; that there are none is for its origin to hear.
        var hasBody = purpose is OriginPurpose.Grpc || (purpose is not OriginPurpose.Fill && context.Exchange.HasBody);
        var body = hasBody ? new ViewerBody(context.Exchange) : null;
        var mayFailOver = purpose is OriginPurpose.Fill or OriginPurpose.Pass && Failover.MayFailOver(context.Request.Method, body is not null);
        var failover = mayFailOver ? behavior.Failover : null;
        return new OriginCall
        {
            Primary = ComposeFor(behavior.Origin, context, purpose, body, revalidate, block),
            Secondary = failover is null ? null : ComposeFor(failover.Secondary, context, purpose, body, revalidate, block),
            Failover = failover,
            OriginHost = behavior.Origin.Config.DomainName,
        };
    }

    private OriginRequest ComposeFor(OriginModel origin, RequestContext context, OriginPurpose purpose, ViewerBody? body, CachedObject? revalidate, BlockSpan? block)
    {
        var target = new ArrayBufferWriter<byte>(256);
        OriginTarget.Write(context.Request, context.Behavior, origin, target);
        var headers = new HeaderList();
        OriginHeaders.Compose(context.Request, context.Behavior, origin, context.Viewer, purpose, body is not null, name.ViaId, context.Record.RequestId, headers);
        if (revalidate is not null)
        {
            AddValidators(StoredHeads.ToResponse(revalidate.Head).Headers, headers);
        }

        if (block is { } span)
        {
            headers.Set("Range"u8, Encoding.ASCII.GetBytes(span.RangeHeader));
        }

        OriginSigning.Sign(origin, context.Request.MethodToken, target.WrittenSpan, headers, body is not null, time.GetUtcNow());
        return new OriginRequest
        {
            Endpoint = Endpoint(origin, context.Request.IsHttps, WithoutPort(headers.GetText("host"u8)!)),
            Method = context.Request.MethodToken,
            Target = target.WrittenMemory,
            Headers = headers,
            Body = body,
            Upgrades = purpose is OriginPurpose.WebSocket,
            Viewer = purpose is OriginPurpose.Fill ? null : context.Record.ClientAddress,
        };
    }

    /// <summary>An address of IPv6 stands in brackets and has colons of its own.</summary>
    private static string WithoutPort(string host) =>
        host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[1..end] : host.Split(':')[0];

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

    /// <param name="host">The Host header that is sent, without its port: DP-10.1 makes it the TLS server name.</param>
    private OriginEndpoint Endpoint(OriginModel origin, bool viewerUsesTls, string host)
    {
        var config = origin.Config;
        var endpoint = new OriginEndpoint
        {
            Host = config.DomainName,
            Port = origin.UsesTls(viewerUsesTls) ? config.HttpsPort : config.HttpPort,
            Tls = origin.UsesTls(viewerUsesTls),
            TlsServerName = origin.UsesTls(viewerUsesTls) && host != config.DomainName ? host : null,
            TlsProtocols = TlsVersions.Of(config.TlsProtocols),
            Family = config.AddressFamily,
            ConnectionAttempts = config.ConnectionAttempts,
            ConnectionTimeout = TimeSpan.FromSeconds(config.ConnectionTimeoutSeconds),
            ReadTimeout = TimeSpan.FromSeconds(config.ReadTimeoutSeconds),
            KeepAliveTimeout = TimeSpan.FromSeconds(config.KeepAliveTimeoutSeconds),
            ResponseCompletionTimeout = config.ResponseCompletionTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        return options.S3Endpoint is { } store && S3HostName.TryParse(config.DomainName, _s3Suffixes, out _) ? AtStore(endpoint, store) : endpoint;
    }

    /// <summary>S3's names are fetched from the store configured here, whatever it is; the Host header keeps the name.</summary>
    private static OriginEndpoint AtStore(OriginEndpoint endpoint, Uri store) => endpoint with
    {
        Host = store.Host,
        Port = store.Port,
        Tls = store.Scheme == Uri.UriSchemeHttps,
        TlsServerName = null,
        ConnectTo = IPAddress.TryParse(store.Host, out var address) ? new IPEndPoint(address, store.Port) : null,
    };
}
