// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Scenarios.Stability;

internal enum ViewerFaultKind
{
    /// <summary>An edge could not be reached or broke off, and the viewer asked the next one.</summary>
    Moved,

    /// <summary>No edge could be reached.</summary>
    Unanswered,

    /// <summary>The answer was an error.</summary>
    Refused,

    /// <summary>No DNS server said where to go.</summary>
    Unresolved,

    /// <summary>The answer was older than a purge that had been called complete before the viewer asked.</summary>
    Stale,
}

/// <summary>Something that a viewer would rather not have seen.</summary>
/// <param name="Edge">Where; the last one asked. Null where none was.</param>
internal sealed record ViewerFault(ViewerFaultKind Kind, NetworkHost? Edge, PromisedSite Site, string Path, string Detail)
{
    public override string ToString() => $"{Kind} at {Edge?.Name ?? "no edge"}, {Site.Name}{Path}: {Detail}";
}

/// <summary>What the design says viewers will see while something is broken, and for how many of their requests at most.</summary>
/// <param name="Why">In a few words, for the table.</param>
internal sealed record Prediction(ViewerFaultKind Kind, int Most, string Why)
{
    /// <summary>Which faults of that kind; all of them where it is not said.</summary>
    public Func<ViewerFault, bool> Where { get; init; } = static _ => true;

    public bool Covers(ViewerFault fault) => fault.Kind == Kind && Where(fault);

    public override string ToString() => Most is int.MaxValue ? $"{Kind}: {Why}" : string.Create(CultureInfo.InvariantCulture, $"{Kind}, {Most} at most: {Why}");
}
