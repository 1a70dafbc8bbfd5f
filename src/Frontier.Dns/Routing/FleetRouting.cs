// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using Frontier.Decisions.Models;
using Frontier.Decisions.Routing;
using Frontier.Dns.Explaining;
using Frontier.Dns.Zones;
using Microsoft.Extensions.Logging;
using ClientNetwork = Frontier.Dns.Zones.ClientNetwork;

namespace Frontier.Dns.Routing;

/// <summary>
/// What a DNS server answers for distributions: the machines and distributions that the control plane told last, kept on disk, and which
/// edges answer. Written by the feed's loop, read by every query.
/// </summary>
public sealed partial class FleetRouting : IEdgeAddresses, IAsyncDisposable
{
    private readonly RoutingFiles _files;
    private readonly FleetEdges _edges;
    private readonly EdgeProber? _prober;
    private readonly ILogger _logger;
    private readonly Func<IPAddress, ViewerPlace?> _findPlace;
    private volatile FleetDirectory _fleet = FleetDirectory.Empty;

    private FleetRouting(FleetRoutingOptions options, Func<IPAddress, ViewerPlace?> findPlace, TimeProvider time, ILogger logger)
    {
        (_files, _findPlace, _logger) = (new RoutingFiles(options.Directory), findPlace, logger);
        _prober = options.Beside is null ? new EdgeProber(Forget, time, logger) : null;
        _edges = new FleetEdges((IEdgeHealth?)_prober ?? new NobodyAsks(), findPlace, options.Measured) { Websites = options.Websites };
        if ((options.Beside ?? _files.LoadFleet()) is { } fleet)
        {
            Apply(fleet);
        }

        if (_files.LoadDistributions() is { } distributions)
        {
            Apply(distributions);
        }

        _prober?.Start();
    }

    /// <summary>Of the directory that it has, empty for none; null where it wants none.</summary>
    internal string? FleetRevision => _prober is null ? null : _fleet.Revision;

    /// <summary>Of the snapshot whose distributions it has; 0 for none.</summary>
    internal long SnapshotVersion { get; private set; }

    /// <inheritdoc cref="SnapshotVersion"/>
    internal DateTimeOffset? SnapshotCreatedAt { get; private set; }

    /// <summary>Whether distributions have been heard of: before that, "there is no such name" would be a lie.</summary>
    internal bool IsReady => SnapshotCreatedAt is not null;

    /// <summary>Begins with what was heard last, whether or not the control plane is there.</summary>
    /// <param name="findPlace">Where an address is, from memory; null for nobody knows.</param>
    /// <exception cref="IOException">The directory cannot be made.</exception>
    public static FleetRouting Open(FleetRoutingOptions options, Func<IPAddress, ViewerPlace?> findPlace, TimeProvider time, ILoggerFactory loggers)
    {
        Directory.CreateDirectory(options.Directory);
        return new FleetRouting(options, findPlace, time, loggers.CreateLogger<FleetRouting>());
    }

    public EdgeAnswer Find(AliasTargetKind kind, ReadOnlySpan<byte> name, EdgeRecord record, in ClientNetwork client, Span<byte> data) => _edges.Find(kind, name, record, client, data);

    public ValueTask DisposeAsync() => _prober?.DisposeAsync() ?? default;

    /// <summary>Null where there is no such distribution.</summary>
    /// <param name="domainName">In lower case, without a final dot.</param>
    internal ServedDistribution? FindDistribution(string domainName) => _edges.Distributions.GetValueOrDefault(domainName);

    /// <summary>The decision for a client, with its reasons.</summary>
    internal EdgeChoice Explain(ServedDistribution distribution, IPAddress client, AddressFamily family) => _edges.Explain(distribution, client, family);

    /// <summary>Where an address is; null for nobody knows.</summary>
    internal ViewerPlace? PlaceOf(IPAddress address) => _findPlace(address);

    /// <summary>The edges of a point of presence, and the part of the world that it counts to.</summary>
    internal (string Zone, ImmutableArray<ExplainedMachine> Machines) MachinesOf(string pop)
    {
        var fleet = _fleet;
        return (
            fleet.Pops.FirstOrDefault(known => known.Name == pop)?.Zone.ToString() ?? "",
            [.. fleet.Nodes.Where(node => node.Pop == pop && node.Facts.Role == NodeRole.Edge).Select(node => new ExplainedMachine(node.Id, node.State.ToString(), _prober?.Answers(node.Id), node.Load, node.Facts.Weight))]);
    }

    /// <summary>Takes what an answer of the control plane tells. It is in effect when this returns, and on disk where that takes it.</summary>
    internal void Take(ZoneAnswer answer)
    {
        var hasOthers = answer.Distributions is { } told && Apply(told);
        var fleet = _prober is null ? null : answer.Fleet;
        if (fleet is not null)
        {
            Apply(fleet);
        }

        try
        {
            if (hasOthers)
            {
                _files.Save(new ServedDistributions { Version = SnapshotVersion, CreatedAt = answer.Distributions!.CreatedAt, IsWhole = true, Put = [.. _edges.Distributions.Values] });
            }

            if (fleet is not null)
            {
                _files.Save(fleet);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is in effect all the same; only a restart without control plane would go back to what was before.
            Log.NotSaved(_logger, error.Message);
        }
    }

    private void Forget() => _edges.Forget();

    private void Apply(FleetDirectory fleet)
    {
        _fleet = fleet;
        _prober?.Watch(fleet);
        _edges.Change(fleet);
    }

    /// <returns>Whether any distribution is another one than before.</returns>
    private bool Apply(ServedDistributions next)
    {
        (SnapshotVersion, SnapshotCreatedAt) = (next.Version, next.CreatedAt);
        if (next is { IsWhole: false, Put.IsEmpty: true, Removed.IsEmpty: true })
        {
            return false;
        }

        var distributions = new Dictionary<string, ServedDistribution>(next.IsWhole ? [] : _edges.Distributions, StringComparer.Ordinal);
        foreach (var gone in next.Removed)
        {
            distributions.Remove(gone);
        }

        foreach (var distribution in next.Put)
        {
            distributions[distribution.DomainName] = distribution;
        }

        _edges.Change(distributions);
        return true;
    }

    /// <summary>The edges beside this server answer as long as it does.</summary>
    private sealed class NobodyAsks : IEdgeHealth
    {
        public bool? Answers(string nodeId) => null;
    }

    private static partial class Log
    {
        [LoggerMessage(6044, LogLevel.Warning, "Machines and distributions could not be written to disk: {Reason}", EventName = "RoutingNotSaved")]
        public static partial void NotSaved(ILogger logger, string reason);
    }
}
