// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Edge;
using Frontier.Hosting;

namespace Frontier.Fleet;

/// <summary>A machine of a fleet that serves objects: an edge, or a regional cache, which is the same without listeners for viewers. Once it has joined it starts and serves with every control plane away.</summary>
internal static class EdgeNode
{
    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static Task<RunningRole> StartAsync(UpSettings settings, MachineSettings fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        var servesViewers = fleet.Role is NodeRole.Edge;
        IReadOnlyList<(string Flag, IPEndPoint Address)> listeners = servesViewers ? [("--http", settings.Http), ("--https", settings.Https)] : [];
        var facts = fleet.FactsOf(listeners);
        var roles = new RoleStack(DataDirectory.Open(settings.Data), NodeLogging.Create());
        return roles.GuardAsync(async () =>
        {
            PortCheck.Run(fleet.Tier is { } shared ? [.. listeners, ("--tier", shared)] : listeners);
            var machine = await roles.StartAsync("machine", "--control and --token", () => Machine.OpenAsync(fleet, facts, roles.Data, time, roles.Loggers, cancellationToken));
            var edge = await roles.StartAsync(NodeRoleNames.Of(fleet.Role), "--http or --https", () => EdgeServer.StartAsync(
                RoleOptions.Edge(settings, roles.Data, fleet.Controls[0]) with
                {
                    FurtherControls = fleet.Controls[1..],
                    Identity = machine.Identity,
                    ControlTransport = machine.Transport,
                    Facts = facts,
                    ServesViewers = servesViewers,
                    Tier = fleet.Tier,
                    Pop = $"{fleet.Pop.ToUpperInvariant()}-C1",
                }, time, roles.Loggers, cancellationToken));
            var name = machine.Identity.Current.Name;
            return new RunningRole(roles, name.RoleName,
            [
                new("id", "Machine", name.Id),
                new("pop", "Point of presence", fleet.Pop),
                .. servesViewers ? (IEnumerable<RoleFact>)[new("http", "HTTP", $"http://{edge.Http}"), new("https", "HTTPS", $"https://{edge.Https}")] : [],
                .. fleet.Tier is { } listener ? (IEnumerable<RoleFact>)[new("tier", "For other machines", listener.ToString())] : [],
                new("control", "Control planes", string.Join(" ", fleet.Controls)),
                new("data", "Data", roles.Data.Path),
            ]);
        });
    }
}
