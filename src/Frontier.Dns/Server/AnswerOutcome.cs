// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;

namespace Frontier.Dns.Server;

/// <summary>What came of a walk through the zones.</summary>
/// <param name="Zone">The zone that had the last word; null where none has the name.</param>
/// <param name="IsMadeUp">Whether any other name there would have been answered likewise: by a wildcard.</param>
internal readonly record struct AnswerOutcome(ResponseCode Code, bool IsAuthoritative, bool IsTruncated, bool IsMadeUp, int ScopeLength, Zones.Zone? Zone);
