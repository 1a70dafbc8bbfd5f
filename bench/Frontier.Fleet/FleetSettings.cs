// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Fleet;

/// <summary>What is measured, and where.</summary>
/// <param name="Control">The control plane.</param>
/// <param name="EdgeToken">What edges show to the feed.</param>
/// <param name="Credentials">An AWS credentials file.</param>
/// <param name="Viewer">Where the real edge serves viewers.</param>
/// <param name="Host">The distribution's name.</param>
/// <param name="DistributionId">The one that is changed.</param>
/// <param name="ProcessId">Of the control plane, for its processor time and memory.</param>
internal sealed record FleetSettings(Uri Control, string EdgeToken, string Credentials, Uri Viewer, string Host, string DistributionId, int ProcessId, int Edges, TimeSpan Length)
{
    /// <exception cref="ArgumentException">One is missing.</exception>
    public static FleetSettings Parse(string[] args)
    {
        var values = args.Chunk(2).ToDictionary(static pair => pair[0], static pair => pair.Length == 2 ? pair[1] : throw new ArgumentException($"{pair[0]} has no value."));
        string Value(string name) => values.GetValueOrDefault("--" + name) ?? throw new ArgumentException($"--{name} is missing.");
        int Number(string name) => int.Parse(Value(name), CultureInfo.InvariantCulture);
        return new FleetSettings(
            new Uri(Value("control")), File.ReadAllText(Value("edge-token")).Trim(), Value("credentials"), new Uri(Value("viewer")), Value("host"), Value("distribution"), Number("process"),
            Number("edges"), TimeSpan.FromSeconds(Number("seconds")));
    }
}
