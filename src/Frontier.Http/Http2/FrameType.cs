// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>The frames of RFC 9113, section 6, and RFC 9218, section 7.1. Others are passed over (RFC 9113, section 5.5).</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    ResetStream = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
    PriorityUpdate = 16,
}
