// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Hosting;

/// <summary>The program cannot start; the message says why and what to do.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
