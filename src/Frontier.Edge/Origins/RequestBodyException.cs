// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>A viewer's body cannot be read to its end; the origin is not to blame.</summary>
public sealed class RequestBodyException : Exception
{
    public RequestBodyException()
        : this("The viewer's body ended early.")
    {
    }

    public RequestBodyException(string message)
        : base(message)
    {
    }

    public RequestBodyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
