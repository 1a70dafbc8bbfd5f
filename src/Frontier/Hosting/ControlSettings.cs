// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Hosting;

/// <summary>What an operator says of a control plane's fleet, beside <see cref="UpSettings"/>.</summary>
internal sealed class ControlSettings
{
    private const int MostSilence = 3_600;

    private readonly List<string> _faults = [];

    private ControlSettings(Dictionary<string, string> values, string? listener)
    {
        var reader = new SettingReader(values, _faults);
        Fleet = values.ContainsKey("fleet") || listener is not null ? reader.Address("fleet", listener ?? DefaultListener) : null;
        Silence = TimeSpan.FromSeconds(reader.Count("silence", 10, MostSilence));
        EdgesKnowPlaces = reader.Switch("edges-know-places");
    }

    public const string DefaultListener = "0.0.0.0:8404";

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Where machines are listened to; null for nowhere.</summary>
    public IPEndPoint? Fleet { get; }

    /// <summary><see cref="Fleet"/> with its flag, where there is one.</summary>
    public IEnumerable<(string Flag, IPEndPoint Address)> Listeners => Fleet is { } listener ? [("--fleet", listener)] : [];

    /// <summary>After how long a machine that is not heard of is silent.</summary>
    public TimeSpan Silence { get; }

    /// <summary>Whether all edges are started with databases of places.</summary>
    public bool EdgesKnowPlaces { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    /// <param name="listener">Where machines are listened to without a word of the operator's; null for nowhere.</param>
    public static ControlSettings Read(IReadOnlyDictionary<string, string?> flags, string? listener) => new(UpSettings.Merge(flags), listener);
}
