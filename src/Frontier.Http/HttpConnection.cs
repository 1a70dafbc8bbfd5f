// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>What is spoken on one viewer's connection, from its first byte to its last.</summary>
public abstract class HttpConnection
{
    /// <summary>Serves the connection until it is over. Whatever the viewer does ends it in order: nothing is thrown for that.</summary>
    public abstract Task RunAsync();

    /// <summary>Cuts the connection when one of its times is up. Called about once a second while it runs, by a thread of its own.</summary>
    public abstract void Sweep();

    /// <summary>For how many seconds nothing has been asked; 0 while something is. Any thread may call it.</summary>
    public abstract long RestedSeconds { get; }

    /// <summary>The connection has been cut: tells whoever works for its viewer without waiting for the connection. Any thread may call it.</summary>
    public virtual void Leave()
    {
        // Nothing to tell where somebody always receives.
    }

    /// <summary>Takes nothing new, and ends when what is under way has been answered. Any thread may call it.</summary>
    public abstract void Drain();
}
