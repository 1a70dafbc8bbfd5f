// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;

namespace Frontier.Control.Domain.Fleet;

/// <summary>A machine that joined the fleet.</summary>
/// <param name="Pop">Where its token let it in.</param>
/// <param name="Facts">What it said of itself last; the role is that of its token for ever.</param>
/// <param name="IsDrained">Whether its operator wants its viewers elsewhere.</param>
internal sealed record NodeSettings(string Pop, NodeFacts Facts, bool IsDrained, DateTimeOffset JoinedAt);
