// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>The flags of a control plane that machines join.</summary>
internal sealed class ControlFlags
{
    private readonly Option<string?> _fleet = new("--fleet") { Description = $"Address where machines of a fleet join and report, by TLS with certificates. Default {ControlSettings.DefaultListener} for \"frontier run control\", none for \"frontier up\"" };
    private readonly Option<string?> _silence = new("--silence") { Description = "Seconds after which a machine that is not heard of is silent, and no change waits for it. Default 10" };
    private readonly Option<string?> _edgesKnowPlaces = new("--edges-know-places") { Description = "Whether every edge is started with --geo-database, so that restrictions by country can be honoured. Default false", Arity = ArgumentArity.ZeroOrOne };

    private ControlFlags()
    {
    }

    /// <param name="isWhole">Whether the edge is in the same process, and says itself what it knows.</param>
    public static ControlFlags AddTo(Command command, bool isWhole = false)
    {
        var flags = new ControlFlags();
        command.Options.Add(flags._fleet);
        command.Options.Add(flags._silence);
        if (!isWhole)
        {
            command.Options.Add(flags._edgesKnowPlaces);
        }

        return flags;
    }

    /// <param name="listener">Where machines are listened to without a flag; null for nowhere.</param>
    public ControlSettings Read(ParseResult parsed, string? listener) => ControlSettings.Read(
        new Dictionary<string, string?>
        {
            ["fleet"] = parsed.GetValue(_fleet),
            ["silence"] = parsed.GetValue(_silence),
            ["edges-know-places"] = UpFlags.Switch(parsed, _edgesKnowPlaces),
        }, listener);
}
