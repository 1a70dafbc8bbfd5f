// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>The store cannot be reached or does not answer in time. It works on by itself once it can be reached again.</summary>
/// <param name="mayBeStored">Whether it was lost at the moment of a commit, so that nobody knows whether the change was made.</param>
public sealed class StoreUnavailableException(bool mayBeStored, Exception cause)
    : IOException(
        mayBeStored
            ? "The control store was lost while it stored the change: read what it has before you try again."
            : "The control store does not answer; nothing was changed. Try again.",
        cause);
