// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Publishing;

namespace Frontier.Control.Fleet;

/// <summary>What the feed has to do with the fleet: who reports, what that says of the machine, and which part of the directory it lacks. Thread-safe.</summary>
internal sealed class FleetDesk(FleetGate gate, FleetBoard board, FleetPresence presence, Publisher publisher)
{
    public FleetGate Gate => gate;

    public FleetPresence Presence => presence;

    /// <summary>What a machine says of itself is kept once it is another thing than before: at its start, and hardly ever else.</summary>
    public async Task HearAsync(FleetCaller caller, NodeFacts? told, CancellationToken cancellationToken)
    {
        if (caller is not { Name: { } name, Settings.Facts: { } known } || told is not { } facts || FactsCheck.FaultOf(facts) is not null || NodePlans.AreSame(known, facts))
        {
            return;
        }

        // Nobody's call: that a machine has started again is no entry of the audit log.
        if (!(await publisher.ChangeAsync(catalogue => NodePlans.PlanFacts(catalogue, name.Id, facts), cancellationToken)).Failed(out _, out _))
        {
            await board.RefreshAsync(cancellationToken);
        }
    }

    /// <summary>The directory that a machine is to have; null where it has that.</summary>
    /// <param name="revision">Of the one that it has.</param>
    public FleetDirectory? LackingOf(FleetCaller caller, string revision) =>
        caller is { Name.Role: { } role, Settings.Pop: { } pop } && board.Read().View(role, pop) is var view && view.Revision != revision ? view : null;
}
