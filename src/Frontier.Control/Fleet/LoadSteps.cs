// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Fleet;

/// <summary>Rounds loads, so that the directory is not another one with every report. Pure.</summary>
internal static class LoadSteps
{
    private const int Step = 10;

    /// <summary>More than half a step: a load that wavers around the border of two steps stays in one.</summary>
    private const int Slack = 7;

    /// <param name="before">The step that was told last.</param>
    /// <param name="percent">What the machine says now.</param>
    public static int Next(int before, int percent)
    {
        var now = Math.Clamp(percent, 0, 100);
        return Math.Abs(now - before) <= Slack ? before : (now + (Step / 2)) / Step * Step;
    }
}
