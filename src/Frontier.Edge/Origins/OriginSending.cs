// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>A request on its way, the same for all its attempts.</summary>
/// <param name="Head">As it is sent.</param>
/// <param name="CompletionDue">The timestamp at which the last byte of the answer must have come; null for no bound.</param>
internal readonly record struct OriginSending(OriginRequest Request, ReadOnlyMemory<byte> Head, long? CompletionDue, OriginUse Use);
