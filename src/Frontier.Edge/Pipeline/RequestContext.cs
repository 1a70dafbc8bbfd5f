// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Caching;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.FieldEncryption;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Edge.Explaining;
using Frontier.Edge.Tiers;
using Frontier.Http;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>One request on its way through the pipeline: what was asked, what was decided so far, and the record of it. Belongs to one request.</summary>
internal sealed class RequestContext(HttpExchange exchange, RequestRecord record, ViewerFacts viewer, PassSpace? space = null) : IDisposable
{
    private ArrayBufferWriter<byte>? _key;

    public HttpExchange Exchange { get; } = exchange;

    public RequestHead Request => Exchange.Request;

    public RequestRecord Record { get; } = record;

    /// <summary>Completed with the viewer's certificate once it is known to be this distribution's business.</summary>
    public ViewerFacts Viewer { get; set; } = viewer;

    /// <summary>The host without case and port, as distributions are found by it. Only once the distribution is known.</summary>
    public string Host
    {
        get
        {
            Span<char> name = stackalloc char[HostName.MaxLength];
            return HostName.TryNormalize(Request.Host, name, out var length) ? name[..length].ToString() : throw new InvalidOperationException("No distribution has such a name.");
        }
    }

    /// <summary>Set by resolve.</summary>
    public DistributionModel Distribution { get; set; } = null!;

    /// <summary>How it was chosen between a primary distribution and its staging distribution; null where there is no such choice.</summary>
    public DeploymentTurn? Deployment { get; set; }

    /// <summary>Whether resolve came that far.</summary>
    public bool HasDistribution => Distribution is not null;

    /// <summary>What becomes of what is stored, by the distribution's choice for an edge that is cut off; set by resolve.</summary>
    public CutOffChoice CutOff { get; set; }

    /// <summary>Where in the host the wildcard's suffix begins that found the distribution; 0 for an exact name, and where the straight path had found it.</summary>
    public int WildcardAt { get; set; }

    /// <summary>Set by match.</summary>
    public BehaviorModel Behavior { get; set; } = null!;

    /// <summary>Whether match came that far.</summary>
    public bool HasBehavior => Behavior is not null;

    /// <summary>Set by check; null before.</summary>
    public AccessVerdict? Access { get; set; }

    /// <summary>Whether the connection is good for the distribution's viewers; null before that is asked.</summary>
    public ViewerCertificateVerdict? ViewerCertificate { get; set; }

    /// <summary>Set by check where the behavior asks for a signature; null before, and elsewhere.</summary>
    public SignatureVerdict? Signature { get; set; }

    /// <summary>What becomes of the body's fields, where the behavior encrypts any.</summary>
    public FieldEncryptionVerdict FieldEncryption { get; set; }

    /// <summary>What happens between this request and its origin, where somebody wants to know.</summary>
    public OriginTrace? Trace { get; init; }

    /// <summary>What the machine says that asks for a viewer of its own; null for a request that came from the viewer itself.</summary>
    public TierVisit? Tier { get; init; }

    /// <summary>The cache key, where the request goes through the cache.</summary>
    public ArrayBufferWriter<byte> Key => _key ??= new ArrayBufferWriter<byte>(256);

    /// <summary>Whether <see cref="Key"/> has been written.</summary>
    public bool HasKey => _key is { WrittenCount: > 0 };

    /// <summary>A stored object whose time is over: revalidated, or served where the origin fails.</summary>
    public CachedObject? Stale { get; set; }

    /// <summary>What asking the origin took, where it was asked for this request.</summary>
    public UpstreamTiming? Upstream { get; set; }

    /// <summary>How the key was narrowed to a variant, where it was (RFC 9111, section 4.1).</summary>
    public VariantRequest? Variant { get; set; }

    /// <summary>The origin answered a range with the whole object, and so does the edge (DP-16.2).</summary>
    public bool IgnoresRange { get; set; }

    /// <summary>What was asked of the origin last; null while nothing was.</summary>
    public OriginCall? OriginCall { get; set; }

    /// <summary>Where what is passed on and back finds room; null where an answer may outlive this request, as the page for an error does.</summary>
    public PassSpace? Space { get; private set; } = space;

    public void Dispose()
    {
        Stale?.Dispose();
        Space?.GiveBack();
        Space = null;
    }
}
