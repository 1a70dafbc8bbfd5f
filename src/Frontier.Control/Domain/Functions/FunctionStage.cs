// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Functions;

/// <summary>A function as it stands in one stage, with that stage's own ETag (API-3.9).</summary>
internal sealed record FunctionStage(string ETag, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, FunctionDraft Draft)
{
    /// <summary>Where functions are written and tried.</summary>
    public const string Development = "DEVELOPMENT";

    /// <summary>What viewers get.</summary>
    public const string Live = "LIVE";

    public static readonly ImmutableArray<string> Names = [Development, Live];
}
