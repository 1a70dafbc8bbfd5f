// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain;

/// <summary>An error of the API: code, status and message together, so that nobody writes a status number elsewhere.</summary>
internal sealed record ApiError(string Code, int Status, string Message)
{
    /// <summary>The same error, saying what in particular is wrong.</summary>
    public ApiError Saying(string message) => this with { Message = message };
}
