// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Acme;

/// <summary>An edge, as far as the control plane sees: it reports, takes what it is told, and reports again until it is disposed of. Thread-safe.</summary>
internal sealed class ListeningEdge : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client = new();
    private readonly Uri _control;
    private readonly string _id;
    private readonly Task _running;
    private volatile ChallengeList _challenges = ChallengeList.Empty;
    private volatile ConfigSnapshot? _snapshot;

    /// <param name="control">Of whichever process it hears.</param>
    public ListeningEdge(Uri control, string id = "edge")
    {
        (_control, _id) = (control, id);
        _running = RunAsync();
    }

    /// <summary>Whether it takes challenges; one that does not acknowledges what it had.</summary>
    public bool TakesChallenges { get; set; } = true;

    public ImmutableArray<ChallengeConfig> Challenges => _challenges.Challenges;

    public ConfigSnapshot? Snapshot => _snapshot;

    public bool Answers(string name, string token, string keyAuthorization) => Challenges.Contains(new ChallengeConfig(name, ChallengeKind.Http01, token, keyAuthorization));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var report = new EdgeReport
                {
                    EdgeId = _id,
                    Pop = "TST50",
                    SnapshotVersion = _snapshot?.Version ?? 0,
                    SnapshotCreatedAt = _snapshot?.CreatedAt,
                    InvalidationPosition = 0,
                    ChallengeRevision = TakesChallenges ? _challenges.Revision : null,
                };
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_control, "/frontier/v1/feed"));
                request.Headers.Authorization = new("Bearer", TestControl.EdgeToken);
                request.Content = JsonContent.Create(report, ContractsJson.Default.EdgeReport);
                using var response = await _client.SendAsync(request, _stopping.Token);
                response.EnsureSuccessStatusCode();
                var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer, _stopping.Token))!;
                _snapshot = answer.Snapshot ?? answer.Delta?.ApplyTo(_snapshot!) ?? _snapshot;
                _challenges = answer.Challenges ?? _challenges;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Yield(); // the control plane is just being started again
            }
        }
    }
}
