// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Transport;

/// <summary>
/// Lets what waits for a socket go on in the thread that polled it, instead of queuing it for another: half of what a small
/// answer costs otherwise (decision 0009). Whoever computes for long on such a thread holds up the other connections of it.
/// </summary>
public static class InlineCompletions
{
    /// <summary>Must come before the process's first socket: the platform reads the setting once.</summary>
    public static void Enable() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
}
