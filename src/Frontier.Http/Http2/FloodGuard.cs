// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>
/// Counts what costs us and brings a viewer nothing: streams that end without an answer (rapid reset, CVE-2023-44487, and
/// MadeYouReset, CVE-2025-8671, whose viewers let us do the resetting), and frames that bring neither request nor body. A viewer
/// with more of either than any browser has is sent away with ENHANCE_YOUR_CALM (RFC 9113, section 10.5). Used under the
/// connection's lock.
/// </summary>
internal sealed class FloodGuard(ServerClock clock)
{
    private Allowance _resets = new(Http2Limits.Resets, Http2Limits.ResetsPerSecond);
    private Allowance _idleFrames = new(Http2Limits.IdleFrames, Http2Limits.IdleFramesPerSecond);

    public bool MayReset() => _resets.TryTake(1, clock.Seconds);

    public bool MayIdle(int cost = 1) => _idleFrames.TryTake(cost, clock.Seconds);

    public void CountRequest() => _idleFrames.Give(Http2Limits.IdleFramesPerRequest);

    /// <summary>Only a frame that was worth its header: answers in crumbs are what tiny windows are for.</summary>
    public void CountAnswered(int frameBytes)
    {
        if (frameBytes >= Http2Limits.FrameBytes / 4)
        {
            _idleFrames.Give(Http2Limits.IdleFramesPerAnsweredFrame);
        }
    }
}
