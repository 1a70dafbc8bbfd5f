// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Frontier.Contracts;
using Frontier.Control.Api.Certificates;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Feed;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Acme;

/// <summary>
/// Works on certificates that were requested and on those to be renewed, step by step, with everything that counts in the store: a restart, or another
/// process, goes on. Every process tells its edges what all processes' orders are asked for; those that know an authority work on the orders,
/// one at a time on each. One loop.
/// </summary>
/// <param name="issuer">Null without an authority.</param>
internal sealed partial class CertificateOrders(
    IControlStore store, CatalogueLoader loader, Publisher publisher, CertificatePlans plans, FeedState feed, EdgeRegistry edges, CertificateIssuer? issuer, TimeProvider time, ILogger<CertificateOrders> logger) : IAsyncDisposable
{
    /// <summary>One row is read each time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long another process waits when this one has died. A step that takes longer costs the authority a few calls more; what two make of it, one stores.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Steps at the same time: the rest of the orders waits for its turn.</summary>
    private const int MostAtOnce = 4;

    /// <summary>Lists that edges may still have; one with an older list is told the newest and asked again.</summary>
    private const int MostTold = 64;

    /// <summary>A store of one process alone has nobody to wait for, its own earlier runs included.</summary>
    private readonly string _holder = store is ISharedControlStore ? RandomNumberGenerator.GetHexString(16, lowercase: true) : "only";
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Queue<Told> _told = new();
    private Catalogue? _catalogue;
    private ImmutableHashSet<string> _used = [];
    private DateTimeOffset _restUntil;
    private Task _running = Task.CompletedTask;

    /// <summary>Before the first edge asks, which may be in the middle of an order that a restart has interrupted.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Log.Lost(logger, error.Message); // the loop tries again
        }
    }

    public void Start() => _running = RunAsync(_stopping.Token);

    /// <summary>There is something new to do.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        issuer?.Dispose();
        _stopping.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var went = false;
            try
            {
                await RefreshAsync(cancellationToken);
                went = await StepAsync(cancellationToken);
                lost = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, nobody else renews certificates: it is tried again.
                if (!lost)
                {
                    Log.Lost(logger, error.Message);
                }

                lost = true;
            }

            if (!went)
            {
                await WaitAsync(cancellationToken);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _wake.WaitAsync(either.Token);
        await Task.WhenAny(woken, Task.Delay(Pause, time, either.Token));
        await either.CancelAsync();
        await ((Task)woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads what has changed, here or in another process, and tells edges of it.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        if (_catalogue is null || head.Revision != _catalogue.Revision)
        {
            _catalogue = await loader.LoadAsync(cancellationToken);
            _used = [.. _catalogue.Distributions.SelectMany(static distribution => CertificateUses.Of(distribution.Settings))];
        }

        var told = Told.Of(_catalogue.Certificates, time.GetUtcNow());
        if (_told.Count == 0 || _told.Last().List.Revision != told.List.Revision)
        {
            _told.Enqueue(told);
            if (_told.Count > MostTold)
            {
                _told.Dequeue();
            }

            feed.Tell(told.List);
        }
    }

    /// <summary>Makes one step for each certificate for which there is something to do. False where there was nothing.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (issuer is null)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var room = ChallengeList.Most - _told.Last().List.Challenges.Length;
        var knowing = new Lazy<Task<ImmutableArray<EdgeRow>>>(() => edges.ListInServiceAsync(cancellationToken));
        var steps = new ConcurrentQueue<(Resource<CertificateSettings> Certificate, Func<CancellationToken, Task<IssuanceStep>> Step)>();
        foreach (var certificate in _catalogue!.Certificates)
        {
            if (!IssuanceSchedule.IsDue(certificate.Settings, _used.Contains(certificate.Id), now) || certificate.Settings.Issuance is not { } issuance || IsOthers(issuance, now))
            {
                continue;
            }

            if (await NextAsync(certificate, issuance, knowing, room, now) is not { } step)
            {
                continue;
            }

            room -= issuance.Order is null ? issuance.Names.Length : 0;
            steps.Enqueue((certificate, step));
        }

        await Parallel.ForEachAsync(
            steps, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (next, cancellationToken) => await TakeAsync(next.Certificate, next.Step, cancellationToken));
        return !steps.IsEmpty;
    }

    /// <summary>What is to be done next; null where that is to wait.</summary>
    private async Task<Func<CancellationToken, Task<IssuanceStep>>?> NextAsync(
        Resource<CertificateSettings> certificate, Issuance issuance, Lazy<Task<ImmutableArray<EdgeRow>>> knowing, int room, DateTimeOffset now)
    {
        var (id, settings) = (certificate.Id, certificate.Settings);
        if (issuance.Order is not { } order)
        {
            return now < _restUntil || issuance.Names.Length > room ? null : cancellationToken => issuer!.BeginAsync(id, settings, cancellationToken);
        }

        if (order.IsAsked)
        {
            return cancellationToken => issuer!.LookAsync(id, settings, cancellationToken);
        }

        // Whichever edge the authority comes to must know the answer.
        var inService = await knowing.Value;
        if (!inService.IsEmpty && inService.All(edge => Knows(edge, order)))
        {
            return cancellationToken => issuer!.AskAsync(settings, cancellationToken);
        }

        return IssuanceSchedule.IsToldTooLong(order, now)
            ? _ => Task.FromResult(issuer!.Fail(settings, AcmeFault.OfOrder(inService.IsEmpty
                ? "No edge is in service that could answer the ACME server."
                : $"Edges in service have not heard what to answer the ACME server: {string.Join(", ", inService.Where(edge => !Knows(edge, order)).Take(3).Select(static edge => edge.EdgeId))}.")))
            : null;
    }

    private bool Knows(EdgeRow edge, IssuanceOrder order) => _told.Any(told => told.List.Revision == edge.Challenges && told.Whole.Contains(order.Url));

    private bool IsOthers(Issuance issuance, DateTimeOffset now) => issuance.Lease is { } lease && lease.Holder != _holder && lease.Until > now;

    private async Task TakeAsync(Resource<CertificateSettings> certificate, Func<CancellationToken, Task<IssuanceStep>> step, CancellationToken cancellationToken)
    {
        var issuance = certificate.Settings.Issuance!;
        var lease = new IssuanceLease(_holder, time.GetUtcNow() + Lease);
        var etag = certificate.ETag;
        if (issuance.Lease is not { } held || held.Holder != _holder || held.Until - time.GetUtcNow() < Lease / 2)
        {
            if (await SaveAsync(certificate.Id, etag, issuance with { Lease = lease }, null, cancellationToken) is not { } claimed)
            {
                return; // another process was quicker
            }

            etag = claimed;
        }

        var done = await MakeAsync(certificate, step, cancellationToken);
        var next = done.Next.Order is null || done.Fault is not null ? done.Next with { Lease = null } : done.Next with { Lease = lease };
        if (done.Fault is { } fault)
        {
            Rest(issuance, fault);
            Log.Failed(logger, certificate.Id, issuance.Names[0], next.Problem, next.FailureReason.Length > 0 ? "never" : next.NextAt.ToString("u", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (await SaveAsync(certificate.Id, etag, next, done.Issued, cancellationToken) is not null && done.Issued is { } parts)
        {
            Log.Issued(logger, certificate.Id, parts.Details.DomainName, parts.Details.NotAfter);
        }
    }

    /// <summary>A bug must cost one order, and not keep the others waiting.</summary>
    private async Task<IssuanceStep> MakeAsync(Resource<CertificateSettings> certificate, Func<CancellationToken, Task<IssuanceStep>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step(cancellationToken);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StoreUnavailableException))
        {
            Log.Broke(logger, certificate.Id, error);
            return issuer!.Fail(certificate.Settings, AcmeFault.OfOrder($"The control plane failed: {error.Message}"));
        }
    }

    /// <summary>Who asks for fewer orders is asked for none for a while, whatever they are for.</summary>
    private void Rest(Issuance issuance, AcmeFault fault)
    {
        if (issuance.Order is null && fault is { Kind: AcmeFaultKind.Later, RetryAfter: { } until } && until > _restUntil)
        {
            _restUntil = until;
        }
    }

    /// <summary>Null when the certificate is not what it was: deleted, or another process's by now.</summary>
    /// <returns>The ETag from here on.</returns>
    private async Task<string?> SaveAsync(string id, string etag, Issuance next, CertificateParts? issued, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = await publisher.ChangeAsync(catalogue => plans.PlanIssuance(catalogue, id, etag, next, issued), cancellationToken);
            if (!changed.Failed(out var error, out var row))
            {
                return row.ETag;
            }

            if (error != ApiErrors.ServiceUnavailable)
            {
                return null;
            }

            // Others change without pause. What an authority was asked is not to be lost for that.
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>A list that edges were told, and the addresses of the orders that it says everything for.</summary>
    private sealed record Told(ChallengeList List, ImmutableHashSet<string> Whole)
    {
        public static Told Of(IReadOnlyList<Resource<CertificateSettings>> certificates, DateTimeOffset now)
        {
            var challenges = ImmutableArray.CreateBuilder<ChallengeConfig>();
            var whole = ImmutableHashSet.CreateBuilder<string>();
            foreach (var certificate in certificates)
            {
                if (IssuanceSchedule.IsOpen(certificate.Settings, now) && certificate.Settings.Issuance is { Order: { } order } && challenges.Count + order.Challenges.Length <= ChallengeList.Most)
                {
                    challenges.AddRange(order.Challenges.Select(static ordered => ordered.Challenge));
                    whole.Add(order.Url);
                }
            }

            return new Told(ChallengeList.Of(challenges.ToImmutable()), whole.ToImmutable());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3501, LogLevel.Information, "The certificate {Id} for {Name} was issued; it is good until {Until:u}.", EventName = "CertificateIssued")]
        public static partial void Issued(ILogger logger, string id, string name, DateTimeOffset until);

        [LoggerMessage(3502, LogLevel.Warning, "The certificate {Id} for {Name} was not issued: {Problem} (Tried again: {When}.)", EventName = "CertificateNotIssued")]
        public static partial void Failed(ILogger logger, string id, string name, string problem, string when);

        [LoggerMessage(3504, LogLevel.Error, "An order for the certificate {Id} failed in the control plane itself.", EventName = "CertificateOrderBroke")]
        public static partial void Broke(ILogger logger, string id, Exception error);

        [LoggerMessage(3503, LogLevel.Warning, "Orders of certificates rest: {Reason}", EventName = "CertificateOrdersLost")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
