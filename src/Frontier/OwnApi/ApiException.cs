// SPDX-License-Identifier: Apache-2.0

namespace Frontier.OwnApi;

/// <summary>The control plane cannot be asked, or refuses; the message says why and what to do.</summary>
internal sealed class ApiException(string message, Exception? cause = null) : Exception(message, cause);
