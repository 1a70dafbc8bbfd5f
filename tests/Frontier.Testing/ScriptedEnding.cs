// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Testing;

/// <summary>What a scripted origin does when a reply, or the part of it that it sends, is over.</summary>
public enum ScriptedEnding
{
    KeepAlive,

    /// <summary>Announces <c>Connection: close</c> where a head can still say it, and closes in order (FIN).</summary>
    Close,

    /// <summary>Closes in order without having announced it.</summary>
    CloseSilently,

    /// <summary>Resets the connection (RST).</summary>
    Reset,
}
