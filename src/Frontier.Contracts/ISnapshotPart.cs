// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts;

/// <summary>One of many of its kind in a snapshot. Parts are immutable: the same object says the same in every snapshot that holds it.</summary>
public interface ISnapshotPart
{
    /// <summary>Unique among the parts of its kind.</summary>
    string Id { get; }
}
