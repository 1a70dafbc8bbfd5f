// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>What the straight path keeps with an exchange from one request to the next. Used by one request at a time.</summary>
internal sealed class StraightVisit
{
    private RoutingTable? _routes;
    private string? _host;
    private SignatureVerdict? _refusal;

    public RequestRecord Record { get; } = new();

    public ArrayBufferWriter<byte> Key { get; } = new(256);

    /// <summary>The fields that differ from one hit to the next.</summary>
    public HeaderList Varying { get; } = new(96, 2);

    public DistributionModel? Distribution { get; private set; }

    /// <summary>The straight path has refused this request's signature. What it lets on is asked again: only a refusal can do no harm where it does not belong.</summary>
    public void Refuse(SignatureVerdict verdict) => _refusal = verdict;

    /// <summary>The refusal, once; null for none.</summary>
    public SignatureVerdict? TakeRefusal()
    {
        var refusal = _refusal;
        _refusal = null;
        return refusal;
    }

    /// <summary>Whether that very host was looked up in that very table before: a connection rarely asks for two.</summary>
    public bool Knows(RoutingTable routes, string host) => ReferenceEquals(routes, _routes) && ReferenceEquals(host, _host);

    public void Learn(RoutingTable routes, string host, DistributionModel distribution) => (_routes, _host, Distribution) = (routes, host, distribution);

    public void SetVarying(int ageSeconds)
    {
        Span<byte> age = stackalloc byte[10];
        Utf8Formatter.TryFormat(ageSeconds, age, out var digits);
        Varying.Clear();
        Varying.Add("Age"u8, age[..digits]);
        Varying.Add("X-Amz-Cf-Id"u8, Record.RequestIdBytes);
    }
}
