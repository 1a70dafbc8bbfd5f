// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Attacks;

/// <summary>A viewer that asks for what is cached, again and again, and remembers how it fared. Each answer must come before the next request.</summary>
internal sealed class GoodViewer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TimeSpan> _times = [];
    private readonly Task _asking;
    private string? _failure;

    private GoodViewer(Client client, Site site, string path) => _asking = AskAsync(client, site, path);

    public static GoodViewer Start(Client client, Site site, string path) => new(client, site, path);

    /// <summary>Stops, and says how many answers there were and how long the slowest of a hundred took. Every one was right.</summary>
    public async Task<(int Answers, TimeSpan P99)> StopAsync()
    {
        await _stopping.CancelAsync();
        await _asking;
        Assert.Null(_failure);
        _times.Sort();
        return (_times.Count, _times[(int)(_times.Count * 0.99)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _asking;
        _stopping.Dispose();
    }

    private async Task AskAsync(Client client, Site site, string path)
    {
        using var pause = new PeriodicTimer(Pause);
        try
        {
            while (await pause.WaitForNextTickAsync(_stopping.Token))
            {
                var began = Stopwatch.GetTimestamp();
                var answer = await client.GetAsync(site.Domain, path);
                _times.Add(Stopwatch.GetElapsedTime(began));
                if ((answer.Status, answer.Cache) != (200, "Hit from cloudfront"))
                {
                    _failure ??= $"{answer.Status} {answer.Cache}: {answer.Text}";
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end.
        }
        catch (HttpRequestException error)
        {
            _failure ??= error.ToString();
        }
    }
}
