// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;

namespace Frontier.Dns.Health;

/// <summary>What one node knows of one health check. Written under the lock of <see cref="HealthProber"/>; its verdict is read without it.</summary>
internal sealed class CheckState(HealthCheckConfig config)
{
    // Read for each answer of DNS, on other threads: one word, so that no lock is needed.
    private volatile bool _isUp = true;

    public HealthCheckConfig Config { get; } = config;

    /// <summary>When it is asked next.</summary>
    public DateTimeOffset Due { get; set; }

    public bool IsRunning { get; set; }

    /// <summary>Results in a row that say otherwise.</summary>
    public int Contrary { get; set; }

    /// <summary>Whether anything is known yet; healthy until then.</summary>
    public bool IsKnown { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>When that was found.</summary>
    public DateTimeOffset FoundAt { get; set; }

    /// <summary>What it found, before it is turned round.</summary>
    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }

    /// <summary>What the control plane was told last; null for nothing.</summary>
    public bool? Told { get; set; }

    public DateTimeOffset ToldAt { get; set; }

    public bool IsCalculated => Config.Type == "CALCULATED";
}
