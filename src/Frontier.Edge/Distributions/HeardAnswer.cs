// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Contracts;

namespace Frontier.Edge.Distributions;

/// <summary>
/// What the control plane answered, as far as this program can read it. A later one may know configurations that this one has no words for: then
/// the edge refuses those by their version, as it does others, and hears all the rest, invalidations above all.
/// </summary>
/// <param name="Unreadable">The configuration that is left out of the answer; null where nothing is.</param>
internal sealed record HeardAnswer(FeedAnswer Answer, SnapshotRefusal? Unreadable)
{
    /// <param name="body">From its beginning; can be read twice.</param>
    /// <exception cref="JsonException">It is no answer at all.</exception>
    public static HeardAnswer Read(Stream body)
    {
        try
        {
            return new HeardAnswer(JsonSerializer.Deserialize(body, ContractsJson.Default.FeedAnswer) ?? new FeedAnswer(), null);
        }
        catch (JsonException error)
        {
            body.Position = 0;
            return WithoutConfiguration(JsonNode.Parse(body), error.Message) ?? throw new JsonException(error.Message, error);
        }
    }

    /// <summary>Null where there is no configuration that could be to blame.</summary>
    private static HeardAnswer? WithoutConfiguration(JsonNode? body, string fault)
    {
        if (body is not JsonObject answer || (answer["snapshot"] ?? answer["delta"]) is not JsonObject configuration || Number(configuration["version"]) is not { } version)
        {
            return null;
        }

        answer.Remove("snapshot");
        answer.Remove("delta");
        var reason = Number(configuration["format"]) is { } format && format > ConfigSnapshot.CurrentFormat
            ? ConfigSnapshot.FaultOfLater(format)
            : $"This program cannot read the snapshot: {fault}";
        return new HeardAnswer(answer.Deserialize(ContractsJson.Default.FeedAnswer)!, SnapshotRefusal.Of(version, [reason]));
    }

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
