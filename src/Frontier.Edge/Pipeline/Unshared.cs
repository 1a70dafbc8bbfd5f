// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;

namespace Frontier.Edge.Pipeline;

/// <summary>An answer that may not be shared, and why not.</summary>
internal sealed record Unshared(OriginResponse Response, string Reason);
