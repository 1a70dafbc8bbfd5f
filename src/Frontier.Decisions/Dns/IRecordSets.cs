// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;

namespace Frontier.Decisions.Dns;

/// <summary>The record sets of one zone.</summary>
public interface IRecordSets
{
    /// <summary>Those of one name and type; empty when there are none.</summary>
    IReadOnlyList<RecordSetConfig> Find(string name, string type);
}
