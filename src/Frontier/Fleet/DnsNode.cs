// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Dns;
using Frontier.Dns.Routing;
using Frontier.Edge.Places;
using Frontier.Hosting;
using Microsoft.Extensions.Logging;

namespace Frontier.Fleet;

/// <summary>A DNS server of a fleet. Once it has joined it starts and answers with every control plane away.</summary>
internal static class DnsNode
{
    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static Task<RunningRole> StartAsync(UpSettings settings, MachineSettings fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Flag, IPEndPoint Address)> listeners = [("--dns", settings.Dns.Endpoint)];
        var facts = fleet.FactsOf(listeners);
        var roles = new RoleStack(DataDirectory.Open(settings.Data), NodeLogging.Create());
        return roles.GuardAsync(async () =>
        {
            PortCheck.Run(listeners, listeners);
            var machine = await roles.StartAsync("machine", "--control and --token", () => Machine.OpenAsync(fleet, facts, roles.Data, time, roles.Loggers, cancellationToken));
            var name = machine.Identity.Current.Name;
            var places = await roles.StartAsync("database of places", "--geo-database", () => PlaceDatabases.OpenAsync(
                settings.GeoDatabases, roles.Data.Path, time, roles.Loggers.CreateLogger<PlaceDatabases>(), cancellationToken));
            var routing = await roles.StartAsync("routing", "--data", () => Task.FromResult(FleetRouting.Open(
                new FleetRoutingOptions { Directory = settings.Dns.Directory, Websites = settings.Dns.WebsiteAddresses, Measured = settings.Dns.Measured }, places.Find, time, roles.Loggers)));
            var controls = fleet.Controls.Where(static control => IPAddress.TryParse(control.DnsSafeHost, out _)).Select(static control => new IPEndPoint(IPAddress.Parse(control.DnsSafeHost), control.Port));
            var health = await roles.StartAsync("health checks", "--dns", () => Task.FromResult(DnsRole.Prober(settings.AllowPrivateOrigins, controls, time)));
            var dns = await roles.StartAsync("DNS server", "--dns and --dns-sign", () => DnsServer.StartAsync(
                DnsRole.Options(settings, facts.Addresses.Select(IPAddress.Parse), fleet.Controls[0], token: "", name.Id) with
                {
                    ControlTransport = machine.Transport,
                    Facts = facts,
                },
                routing, new ClientPlaces(places.Find), health, health, time, roles.Loggers));
            return new RunningRole(roles, name.RoleName,
            [
                new("id", "Machine", name.Id),
                new("pop", "Point of presence", fleet.Pop),
                new("dns", "DNS", string.Join(" ", dns.Endpoints)),
                new("domain", "Domain", settings.Domain),
                new("control", "Control planes", string.Join(" ", fleet.Controls)),
                new("data", "Data", roles.Data.Path),
            ]);
        });
    }
}
