// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Policies;

/// <summary>A policy of one kind: its settings and what the control plane knows of them.</summary>
/// <param name="IsManaged">Exists in every account and never changes (<c>dataplane.md</c> §8).</param>
internal sealed record Policy<T>(string Id, string ETag, DateTimeOffset ModifiedAt, bool IsManaged, T Settings)
    where T : PolicySettings
{
    /// <summary>The word of the API's Type filter (<c>api.md</c> §5.1).</summary>
    public string Type => IsManaged ? "managed" : "custom";
}
