// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Credentials;

/// <summary>A command about access keys or the audit log cannot be done; the message says why and what to do.</summary>
internal sealed class CredentialsException(string message, Exception? cause = null) : Exception(message, cause);
