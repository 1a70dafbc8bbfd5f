// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>One version of a distribution's configuration.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="ETag">The distribution's at that time.</param>
/// <param name="Operation">What made it, as the API names it; null for what was there before versions were kept.</param>
/// <param name="AccessKeyId">Who made it; null likewise.</param>
/// <param name="RestoredFrom">The version that it repeats; null for none.</param>
public sealed record VersionDocument(
    long Version, DateTimeOffset CreatedAt, [property: JsonPropertyName("etag")] string ETag, string? Operation = null, string? AccessKeyId = null, long? RestoredFrom = null);
