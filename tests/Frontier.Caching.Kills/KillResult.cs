// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Kills;

/// <summary>What a number of crashes came to.</summary>
/// <param name="Opened">Starts that lived long enough to have checked the whole directory.</param>
/// <param name="Found">Objects found and checked byte by byte by those.</param>
/// <param name="Purges">Purges acknowledged, each checked for in every later start.</param>
public sealed record KillResult(int Cycles, int Opened, long Found, long Purges);
