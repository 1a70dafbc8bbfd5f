// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Stability;

/// <summary>An invalidation of everything, as its owner knows it.</summary>
internal sealed record Purge(PromisedSite Site, string Id);
