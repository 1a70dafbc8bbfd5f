// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>The viewer closed its connection, stopped in mid-body, or framed its body wrongly: nobody is left to answer.</summary>
public sealed class ViewerGoneException : IOException
{
    public ViewerGoneException()
        : this("The viewer went away.")
    {
    }

    public ViewerGoneException(string message)
        : base(message)
    {
    }

    public ViewerGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
