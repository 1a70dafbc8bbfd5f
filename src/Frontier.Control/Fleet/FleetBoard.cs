// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Frontier.Contracts.Fleet;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Fleet;

/// <summary>
/// Makes the fleet's directory of what operators say, lying in the store, and of what machines report, to this process or through the
/// store to others. It looks every second, and whenever this process changed something. While the store does not answer, the last one
/// stands. Thread-safe.
/// </summary>
internal sealed partial class FleetBoard(IControlStore store, CatalogueLoader loader, FeedState feed, FleetPresence presence, ControlOptions options, TimeProvider time, ILogger<FleetBoard> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>For so long status tells when a process was heard that is not any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A process that is alone with the edge beside it has nobody to tell.</summary>
    private readonly bool _isShared = store is ISharedControlStore || options.Fleet is not null;

    private volatile FleetMoment _moment = new();
    private long _revision = -1;
    private long _listeningSince = time.GetTimestamp();
    private long? _saved;
    private Task _running = Task.CompletedTask;

    /// <summary>Who this process is, from start to end.</summary>
    public FleetName Name { get; } = new(null, "control-" + RandomNumberGenerator.GetHexString(16, lowercase: true));

    public FleetMoment Read() => _moment;

    public void Start() => _running = RunAsync(_stopping.Token);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _turn.Dispose();
    }

    /// <summary>Takes in what changed, now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await ShareAsync(cancellationToken);
            await LookAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = false;
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(cancellationToken))
                {
                    return;
                }

                if (lost)
                {
                    _listeningSince = time.GetTimestamp(); // nobody could be heard meanwhile, so nobody may count as silent
                }

                await RefreshAsync(cancellationToken);
                lost = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, machines keep the directory that they have, and the store is asked again.
                if (!lost)
                {
                    Log.Lost(logger, error.Message);
                }

                lost = true;
            }
        }
    }

    /// <summary>Writes down who is heard here, often enough that two may be lost before anybody counts as silent.</summary>
    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        var moment = feed.Read();
        presence.Note(Name.Id, new MachineReport(Name.RoleName, "", options.ProgramVersion) { SnapshotVersion = moment.Version, InvalidationPosition = moment.LogEnd });
        presence.Forget(Remembered);
        if (_isShared && (_saved is not { } saved || time.GetElapsedTime(saved) >= options.EdgeSilence / 4))
        {
            await store.SavePresenceAsync(presence.Read(options.EdgeSilence), Remembered, cancellationToken);
            _saved = time.GetTimestamp();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (pops, nodes) = (_moment.Pops, _moment.Nodes);
        var revision = (await store.ReadHeadAsync(cancellationToken)).Revision;
        if (revision != _revision)
        {
            var catalogue = await loader.LoadAsync(cancellationToken);
            pops = catalogue.Pops.ToFrozenDictionary(static pop => pop.Id);
            nodes = catalogue.Nodes.ToFrozenDictionary(static node => node.Id);
            _revision = catalogue.Revision;
        }

        var rows = presence.Read(Remembered);
        if (_isShared)
        {
            rows = [.. rows, .. await store.ListPresenceAsync(cancellationToken)];
        }

        Publish(pops, nodes, Newest(rows));
    }

    private static ImmutableDictionary<string, HeardMachine> Newest(ImmutableArray<PresenceRow> rows) => rows
        .GroupBy(static row => row.Id, StringComparer.Ordinal)
        .Select(static group => group.MinBy(static row => row.Ago)!)
        .Select(static row => (row.Id, row.Ago, Report: FleetPresence.ReportOf(row)))
        .Where(static machine => machine.Report is not null)
        .ToImmutableDictionary(static machine => machine.Id, static machine => new HeardMachine(machine.Ago, machine.Report!));

    private void Publish(FrozenDictionary<string, Resource<PopSettings>> pops, FrozenDictionary<string, Resource<NodeSettings>> nodes, ImmutableDictionary<string, HeardMachine> heard)
    {
        var directory = DirectoryViews.Seal(
            pops.Values.Select(static pop => pop.Settings.ToConfig(pop.Id)),
            nodes.Values.Select(node => ToConfig(node, pops.GetValueOrDefault(node.Settings.Pop), heard.GetValueOrDefault(node.Id))));
        if (directory.Revision == _moment.Directory.Revision)
        {
            _moment = _moment with { Pops = pops, Nodes = nodes, Heard = heard }; // with the views that were made
            return;
        }

        _moment = new FleetMoment { Pops = pops, Nodes = nodes, Heard = heard, Directory = directory };
        feed.Nudge();
    }

    private NodeConfig ToConfig(Resource<NodeSettings> node, Resource<PopSettings>? pop, HeardMachine? heard) => new()
    {
        Id = node.Id,
        Pop = node.Settings.Pop,
        Facts = node.Settings.Facts,
        State = StateOf(node.Settings, pop, heard),
        Load = heard?.Report.Load ?? 0,
    };

    private NodeState StateOf(NodeSettings node, Resource<PopSettings>? pop, HeardMachine? heard)
    {
        // After a start everybody counts as heard: machines come one after another.
        var ago = heard?.Ago ?? TimeSpan.MaxValue;
        var listening = time.GetElapsedTime(_listeningSince);
        return (ago < listening ? ago : listening) > options.EdgeSilence ? NodeState.Silent
            : node.IsDrained || pop is { Settings.IsDrained: true } ? NodeState.Draining
            : NodeState.InService;
    }

    private static partial class Log
    {
        [LoggerMessage(3204, LogLevel.Warning, "The directory of the fleet stays as it is: {Reason}", EventName = "DirectoryNotRead")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
