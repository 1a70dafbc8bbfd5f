// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;

namespace Frontier.Dns.Zones;

/// <summary>A record set that is not always the answer: one of several by a routing policy, or an alias.</summary>
/// <param name="Config">What it was made of.</param>
/// <param name="Packed">Its own records; empty of an alias.</param>
/// <param name="Target">What an alias stands for, in wire form and lower case; null where it is none.</param>
internal sealed record ChosenSet(RecordSetConfig Config, byte[] Packed, byte[]? Target);
