// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Planning;

/// <summary>No plan can be made; the message says why and what to do.</summary>
internal sealed class PlanException(string message, Exception? inner = null) : Exception(message, inner);
