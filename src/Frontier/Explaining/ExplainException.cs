// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Explaining;

/// <summary>There is no explanation to be had; the message says why and what to do.</summary>
internal sealed class ExplainException(string message, Exception? cause = null) : Exception(message, cause);
