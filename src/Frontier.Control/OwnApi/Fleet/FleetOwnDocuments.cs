// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Frontier.Control.OwnApi.Fleet;

/// <summary>A point of presence as callers see it.</summary>
/// <param name="City">Where its name says that it is, as far as that is known; its coordinates count.</param>
/// <param name="Zone">The zone of the price classes that it counts to.</param>
/// <param name="Capacity">The weights of its machines that serve viewers, together; an ordinary machine is 100.</param>
public sealed record PopDocument(
    string Name, double Latitude, double Longitude, string Zone, string Region, bool IsDrained, int Machines, int Capacity, [property: JsonPropertyName("etag")] string ETag, string? City = null);

public sealed record PopListDocument(ImmutableArray<PopDocument> Items);

/// <summary>The request that makes or changes a point of presence. What is left out is taken from the table of cities, where the name begins with the code of one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PutPopDocument(double? Latitude = null, double? Longitude = null, string? Zone = null, string? Region = null);

/// <summary>A machine of the fleet, as its operator and it itself describe it.</summary>
/// <param name="State"><c>InService</c>, <c>Draining</c> or <c>Silent</c>.</param>
/// <param name="HttpPort">0 for none.</param>
/// <param name="HttpsPort">0 for none.</param>
public sealed record NodeDocument(
    string Id, string Role, string Pop, string State, bool IsDrained, string ProgramVersion, ImmutableArray<string> Addresses, int HttpPort, int HttpsPort, int Weight, DateTimeOffset JoinedAt, string? Tier = null);

public sealed record NodeListDocument(ImmutableArray<NodeDocument> Items);

/// <summary>The request that makes a token.</summary>
/// <param name="Role"><c>edge</c>, <c>regional</c> or <c>dns</c>; without one it is refused by name.</param>
/// <param name="ValidSeconds">From a minute to a week. Default an hour.</param>
/// <param name="Uses">How many machines may join by it, 1 to 1,000. Default 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateJoinTokenDocument(string? Role = null, string? Pop = null, int? ValidSeconds = null, int? Uses = null);

/// <summary>A new token.</summary>
/// <param name="Token">Told this once. Secret.</param>
/// <param name="Id">What it is called from then on. Not secret.</param>
public sealed record JoinTokenDocument(string Token, string Role, string Pop, DateTimeOffset ExpiresAt, int Uses, string Id = "");

/// <summary>A token as it is known after it was told.</summary>
/// <param name="Id">The beginning of its secret's hash, by which the audit log names it, too.</param>
/// <param name="State"><c>Open</c>, <c>UsedUp</c> or <c>Expired</c>.</param>
/// <param name="UsesLeft">How many machines may still join by it.</param>
public sealed record JoinTokenSummaryDocument(string Id, string Role, string Pop, string State, int UsesLeft, DateTimeOffset ExpiresAt);

public sealed record JoinTokenListDocument(ImmutableArray<JoinTokenSummaryDocument> Items);
