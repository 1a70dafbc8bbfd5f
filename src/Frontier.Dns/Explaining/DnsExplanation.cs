// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frontier.Dns.Explaining;

/// <summary>Why a client gets the edges that it gets, as the server that was asked sees it.</summary>
public sealed record DnsExplanation
{
    /// <summary>Of the server: health is what it found itself.</summary>
    public required string Node { get; init; }

    public required DnsQuestion Question { get; init; }

    /// <summary>The client's network, for all of which the decision is the same.</summary>
    public string? Network { get; init; }

    /// <summary>Null for nobody knows.</summary>
    public ExplainedPlace? Place { get; init; }

    /// <summary>How the name led to a distribution, or why not.</summary>
    public ImmutableArray<string> Steps { get; init; } = [];

    /// <summary>Its domain name; null where the name leads to none.</summary>
    public string? Distribution { get; init; }

    public string? PriceClass { get; init; }

    /// <summary>What is answered: edges, the best first, or one record.</summary>
    public ImmutableArray<ExplainedEdge> Answer { get; init; } = [];

    public int TtlSeconds { get; init; }

    /// <summary>What was not asked of edges, for with it nobody would have been left; null where all was.</summary>
    public string? Relaxed { get; init; }

    /// <summary>The chosen one, then those that could have served by their cost, then the others.</summary>
    public ImmutableArray<ExplainedPop> Pops { get; init; } = [];
}

/// <summary>Where the client is taken to be.</summary>
public sealed record ExplainedPlace(string? Country, string? Region, string? City, double? Latitude, double? Longitude);

/// <param name="Address">Or the data of an HTTPS record.</param>
/// <param name="Machine">Null of an HTTPS record, which is the same for everybody.</param>
public sealed record ExplainedEdge(string Address, string? Machine, string? Pop);

/// <summary>A point of presence in the decision.</summary>
/// <param name="Verdict">In one word; <paramref name="Reason"/> is a sentence.</param>
/// <param name="Milliseconds">A round trip, by the table of measurements or made of the distance.</param>
/// <param name="Kilometres">Null where nobody knows where the client is.</param>
/// <param name="LoadPercent">Of its edges in service, by their weight.</param>
/// <param name="ShedShare">How many of its clients it gives away, 0 to 1.</param>
public sealed record ExplainedPop(
    string Name, string Zone, string Verdict, string Reason, double Milliseconds, bool IsMeasured, double? Kilometres, double LoadPercent, double ShedShare, ImmutableArray<ExplainedMachine> Machines);

/// <param name="State">What the control plane said of it last.</param>
/// <param name="Answers">Whether it answered this server; null where nobody asked, or nobody answers.</param>
public sealed record ExplainedMachine(string Id, string State, bool? Answers, int Load, int Weight);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = false)]
[JsonSerializable(typeof(DnsQuestion))]
[JsonSerializable(typeof(DnsExplanation))]
public sealed partial class DnsExplanationJson : JsonSerializerContext;
