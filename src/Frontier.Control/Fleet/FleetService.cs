// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Control.Feed;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Fleet;

/// <summary>What the control plane does for machines, put together from its parts.</summary>
internal sealed class FleetService : IAsyncDisposable
{
    private readonly FleetAuthority? _authority;
    private readonly JoinEndpoint? _joining;
    private FleetListener? _listener;

    private FleetService(FleetAuthority? authority, FleetBoard board, JoinEndpoint? joining, FleetDesk desk, FleetRoutes routes) =>
        (_authority, Board, _joining, Desk, Routes) = (authority, board, joining, desk, routes);

    public FleetBoard Board { get; }

    public FleetDesk Desk { get; }

    public FleetRoutes Routes { get; }

    /// <summary>Where machines are listened to; null for nowhere.</summary>
    public IPEndPoint? Endpoint => _listener?.Endpoint;

    /// <exception cref="InvalidDataException">Another key file sealed the fleet's authority in the store.</exception>
    public static async Task<FleetService> OpenAsync(
        IControlStore store, CatalogueLoader loader, Publisher publisher, FeedState feed, ControlOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var authority = options.Fleet is null ? null : await FleetAuthority.OpenAsync(store, options.SecretsKey, time, cancellationToken);
        var presence = new FleetPresence(time);
        var board = new FleetBoard(store, loader, feed, presence, options, time, loggers.CreateLogger<FleetBoard>());
        var gate = new FleetGate(store, board, options, time);
        var joining = authority is null ? null : new JoinEndpoint(publisher, authority, gate, board, options, time, loggers.CreateLogger<JoinEndpoint>());
        var routes = new FleetRoutes(new PopOperations(loader, publisher, board), new NodeOperations(publisher, board), new TokenOperations(loader, publisher, authority, time), new StatusOperations(board, feed, options, time));
        await board.RefreshAsync(cancellationToken);
        return new FleetService(authority, board, joining, new FleetDesk(gate, board, presence, publisher), routes);
    }

    /// <summary>Begins to make the directory and, where the options name an address, to listen to machines.</summary>
    /// <param name="routes">What machines may ask beside joining, by path; each asks <see cref="FleetGate"/> who calls.</param>
    public async Task StartAsync(IEnumerable<KeyValuePair<string, RequestDelegate>> routes, ControlOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.Fleet is { } endpoint && _authority is { } authority && _joining is { } joining)
        {
            IEnumerable<KeyValuePair<string, RequestDelegate>> all =
            [
                .. routes,
                new(AuthorityAnswer.Path, joining.TellAuthorityAsync),
                new(JoinRequest.Path, joining.JoinAsync),
                new(RenewRequest.Path, joining.RenewAsync),
            ];
            _listener = await FleetListener.StartAsync(endpoint, authority, Board.Name, all.ToFrozenDictionary(), time, loggers, cancellationToken);
        }

        Board.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await (_listener?.DisposeAsync() ?? default);
        await Board.DisposeAsync();
        _joining?.Dispose();
    }
}
