// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Stability;

/// <summary>A distribution, and the oldest version of its pages that viewers may still see. One writes, viewers read.</summary>
internal sealed class PromisedSite(string name, Site site)
{
    private int _promised = 1;

    public string Name => name;

    public Site Site => site;

    /// <summary>The version that was there when the last purge was called complete.</summary>
    public int Promised => Volatile.Read(ref _promised);

    public void Promise(int version) => Volatile.Write(ref _promised, version);
}
