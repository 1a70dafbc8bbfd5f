// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Forwarding;

/// <summary>Why the origin is asked; it decides which of the viewer's conditions and of its connection's fields may go along.</summary>
public enum OriginPurpose
{
    /// <summary>The answer is to be stored and shared: it must be whole and unconditional but for our own validators.</summary>
    Fill,

    /// <summary>The answer belongs to this viewer alone.</summary>
    Pass,

    /// <summary>A WebSocket handshake (DP-30.1).</summary>
    WebSocket,

    /// <summary>A gRPC call (DP-30.2).</summary>
    Grpc,
}
