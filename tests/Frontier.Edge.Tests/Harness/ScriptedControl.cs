// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Frontier.Edge.Tests.Harness;

/// <summary>A control plane that says what a test tells it, over the real feed. Thread-safe.</summary>
internal sealed class ScriptedControl : IAsyncDisposable
{
    public const string Token = "edge-token";

    private readonly Lock _gate = new();
    private readonly WebApplication _application;
    private readonly List<InvalidationEntry> _log = [];
    private bool _isStopped;
    private readonly List<ConfigSnapshot> _published = [];
    private ConfigSnapshot? _snapshot;
    private ChallengeList _challenges = ChallengeList.Empty;
    private EdgeReport? _lastReport;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedControl(WebApplication application) => _application = application;

    /// <summary>Stays the same when nobody listens there any more.</summary>
    public Uri Address { get; private set; } = null!;

    public EdgeReport? LastReport
    {
        get
        {
            lock (_gate)
            {
                return _lastReport;
            }
        }
    }

    /// <summary>What the answers say of the log, when a test wants a gap; null for the truth.</summary>
    public (long OldestKept, long LogEnd)? PretendedLog { get; set; }

    /// <summary>How long edges are told that they are waited for; 0 for no word of it.</summary>
    public int SilenceMilliseconds { get; set; }

    /// <summary>Where it says that its API listens.</summary>
    public int ApiPort { get; set; }

    /// <summary>Whether an edge that says what it has is told the difference alone.</summary>
    public bool TellsDifferences { get; set; }

    /// <summary>What is given to edges that ask, by id.</summary>
    public ConcurrentDictionary<string, CertificateMaterial> Certificates { get; } = new();

    /// <summary>What was asked for, request by request.</summary>
    public ConcurrentQueue<CertificateRequest> CertificateRequests { get; } = new();

    /// <summary>What machines of the fleet there are; told to whoever reports another revision. Null for no word of it.</summary>
    public FleetDirectory? Fleet { get; private set; }

    /// <summary>Answers that told a difference.</summary>
    public int DifferencesTold { get; private set; }

    public static async Task<ScriptedControl> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var application = builder.Build();
        var control = new ScriptedControl(application);
        application.Run(control.AnswerAsync);
        await application.StartAsync();
        control.Address = new Uri(application.Urls.First());
        return control;
    }

    public void Publish(FleetDirectory fleet)
    {
        lock (_gate)
        {
            Fleet = fleet;
            Signal();
        }
    }

    public void Publish(ConfigSnapshot snapshot)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            _published.Add(snapshot);
            Signal();
        }
    }

    /// <summary>Tells what certificate authorities are answered from here on, and waits until the edge has acknowledged it.</summary>
    public Task ChallengeAsync(params ImmutableArray<ChallengeConfig> challenges)
    {
        var list = ChallengeList.Of(challenges);
        lock (_gate)
        {
            _challenges = list;
            Signal();
        }

        return WaitForReportAsync(report => report.ChallengeRevision == list.Revision);
    }

    /// <summary>Appends to the log and waits until the edge has acknowledged it.</summary>
    public Task InvalidateAsync(string distributionId, params ImmutableArray<string> paths)
    {
        long sequence;
        lock (_gate)
        {
            sequence = _log.Count + 1;
            _log.Add(new InvalidationEntry
            {
                Sequence = sequence,
                DistributionId = distributionId,
                InvalidationId = $"I{sequence}",
                Paths = paths,
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
            Signal();
        }

        return WaitForReportAsync(report => report.InvalidationPosition >= sequence);
    }

    public async Task WaitForReportAsync(Func<EdgeReport, bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_lastReport is { } report && condition(report))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(ScriptedOrigin.Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            Signal();
        }

        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        if (context.Request.Path == CertificateRequest.Path)
        {
            var asked = await context.Request.ReadFromJsonAsync(ContractsJson.Default.CertificateRequest) ?? throw new InvalidOperationException();
            CertificateRequests.Enqueue(asked);
            var answer = new CertificateAnswer { Certificates = [.. asked.Ids.Select(id => Certificates.GetValueOrDefault(id)).OfType<CertificateMaterial>()] };
            await context.Response.WriteAsJsonAsync(answer, ContractsJson.Default.CertificateAnswer);
            return;
        }

        var report = await context.Request.ReadFromJsonAsync(ContractsJson.Default.EdgeReport) ?? throw new InvalidOperationException();
        lock (_gate)
        {
            _lastReport = report;
            Signal();
        }

        await context.Response.WriteAsJsonAsync(await NextAsync(report, context.RequestAborted), ContractsJson.Default.FeedAnswer);
    }

    private async Task<FeedAnswer> NextAsync(EdgeReport report, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var snapshot = _snapshot is { } current && current.Version != report.SnapshotVersion && current.Version != report.Refused?.Version ? current : null;
                ImmutableArray<InvalidationEntry> entries = [.. _log.Where(entry => entry.Sequence > report.InvalidationPosition)];
                var fleet = Fleet is { } told && told.Revision != report.FleetRevision ? told : null;
                var challenges = report.ChallengeRevision == _challenges.Revision ? null : _challenges;
                if (snapshot is not null || fleet is not null || challenges is not null || entries.Length > 0 || report.AtOnce || PretendedLog is not null)
                {
                    var (oldestKept, logEnd) = PretendedLog ?? (_log.Count > 0 ? 1 : 0, _log.Count);
                    PretendedLog = null;
                    if (snapshot is not null && TellsDifferences && _published.Find(basis => basis.Version == report.SnapshotVersion && basis.CreatedAt == report.SnapshotCreatedAt) is { } basis)
                    {
                        DifferencesTold++;
                        return new FeedAnswer { Delta = SnapshotDelta.Between(basis, snapshot), Invalidations = entries, OldestKept = oldestKept, LogEnd = logEnd };
                    }

                    return new FeedAnswer { Snapshot = snapshot, Fleet = fleet, Challenges = challenges, Invalidations = entries, OldestKept = oldestKept, LogEnd = logEnd, SilenceMilliseconds = SilenceMilliseconds, ApiPort = ApiPort };
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
