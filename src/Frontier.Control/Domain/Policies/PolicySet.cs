// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Policies;

/// <summary>All policies of one kind: the managed ones, then the account's own in order of creation. Immutable.</summary>
internal sealed record PolicySet<T>(IReadOnlyList<Policy<T>> Managed, IReadOnlyList<Policy<T>> Custom)
    where T : PolicySettings
{
    public IEnumerable<Policy<T>> All => Managed.Concat(Custom);

    public Policy<T>? Find(string? id) => All.FirstOrDefault(policy => policy.Id == id);

    /// <summary>The same with another version of one of the account's own.</summary>
    public PolicySet<T> Replace(Policy<T> changed) => this with { Custom = [.. Custom.Select(policy => policy.Id == changed.Id ? changed : policy)] };
}
