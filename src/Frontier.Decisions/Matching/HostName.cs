// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Decisions.Matching;

/// <summary>The name in a Host header or <c>:authority</c>, as distributions are found by it (DP-2.1).</summary>
public static class HostName
{
    /// <summary>The longest name that DNS allows.</summary>
    public const int MaxLength = 253;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>
    /// Writes the name in lower case, without port and trailing dot. False for anything that cannot be a DNS name: such a host
    /// belongs to no distribution, and is not worth echoing anywhere either.
    /// </summary>
    /// <param name="destination">At least <see cref="MaxLength"/> characters.</param>
    public static bool TryNormalize(ReadOnlySpan<char> host, Span<char> destination, out int length)
    {
        length = 0;
        var colon = host.IndexOf(':');
        if (colon >= 0)
        {
            if (colon == host.Length - 1 || host[(colon + 1)..].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            host = host[..colon];
        }

        host = host is [.., '.'] ? host[..^1] : host;
        if (host.Length is 0 or > MaxLength || host.ContainsAnyExcept(Allowed))
        {
            return false;
        }

        length = host.ToLowerInvariant(destination);
        return true;
    }
}
