// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>What was read of a master file.</summary>
/// <param name="Records">In the order of the file, without those that have faults.</param>
/// <param name="Faults">All of them, in order; at most <see cref="MasterFileReader.MostFaults"/>.</param>
public sealed record MasterFileResult(ImmutableArray<MasterRecord> Records, ImmutableArray<MasterFileFault> Faults);
