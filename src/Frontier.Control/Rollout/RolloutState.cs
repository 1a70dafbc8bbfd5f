// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts;

namespace Frontier.Control.Rollout;

/// <summary>
/// Where the rollout of the configuration stands, as it lies in the store for all control processes. A version that is newer than
/// <see cref="Target"/> waits for the next rollout.
/// </summary>
internal sealed record RolloutState
{
    /// <summary>The version that every edge may have.</summary>
    public required long Good { get; init; }

    /// <summary>The one that was good before it; 0 for none.</summary>
    public long Before { get; init; }

    /// <summary>The version that is being rolled out, or was last.</summary>
    public required long Target { get; init; }

    public required RolloutWave Wave { get; init; }

    /// <summary>The edge of the first wave; empty where there was none.</summary>
    public string Canary { get; init => field = value ?? ""; } = "";

    /// <summary>Its point of presence.</summary>
    public string Pop { get; init => field = value ?? ""; } = "";

    /// <summary>The edges of the wave as it began: all of them must come through it.</summary>
    public ImmutableArray<string> Edges { get; init => field = value.OrNone; } = [];

    public required DateTimeOffset WaveSince { get; init; }

    /// <summary>Since when all of <see cref="Edges"/> serve <see cref="Target"/>; null while not all do.</summary>
    public DateTimeOffset? ServedSince { get; init; }

    /// <summary>Why nothing is rolled out any further until an operator says so; null while it is.</summary>
    public string? Halted { get; init; }

    /// <summary>Whether a version is on its way, and not held.</summary>
    [JsonIgnore]
    public bool IsUnderWay => Wave is not RolloutWave.All && Halted is null;

    public string ToJson() => JsonSerializer.Serialize(this, RolloutJson.Default.RolloutState);

    /// <exception cref="InvalidDataException">It was not written by <see cref="ToJson"/>.</exception>
    public static RolloutState Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RolloutJson.Default.RolloutState)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The state of the rollout in the store cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Every edge may have that version from now on, and nothing is under way.</summary>
    public static RolloutState Everywhere(long version, long before, DateTimeOffset now) =>
        new() { Good = version, Before = before, Target = version, Wave = RolloutWave.All, WaveSince = now };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RolloutState))]
internal sealed partial class RolloutJson : JsonSerializerContext;
