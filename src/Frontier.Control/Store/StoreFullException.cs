// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>The disk under the store is full: the change was not made, and the store works on once there is room.</summary>
public sealed class StoreFullException(Exception cause) : IOException("The disk of the control store is full; nothing was changed.", cause);
