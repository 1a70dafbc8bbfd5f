// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// The viewers of three continents, who ask all the time, and the book of what they saw while something was broken: every fault is one that
/// was predicted, and no more of them.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>Two turns of what a viewer asks for.</summary>
    private const int Answers = 12;

    private readonly IReadOnlyList<SteadyViewer> _viewers;
    private readonly StringBuilder _book = new("| what was broken | answers | slowest | predicted | counted |\n|---|---:|---:|---|---|\n");
    private TimeSpan _slowest;
    private long _since = Stopwatch.GetTimestamp();
    private int _before;

    public World(FleetOnNetwork fleet, PromisedSite steady, PromisedSite careful)
    {
        (PromisedSite, string)[] round = [(steady, SiteOrigin.Page), (careful, SiteOrigin.Page), (steady, SiteOrigin.Brief), (steady, SiteOrigin.Page), (careful, SiteOrigin.Page), (steady, SiteOrigin.New)];
        _viewers = [.. Enumerable.Range(0, PerContinent * Network.Viewers.Count).Select(number => new SteadyViewer(number, Network.Viewers[number / PerContinent], EdgesFor(fleet, number), round))];
    }

    /// <summary>One for each edge of the point of presence nearest to them.</summary>
    public static int PerContinent => 2;

    /// <summary>A row for each fault, in Markdown.</summary>
    public string Book => _book.ToString();

    /// <summary>The longest that an answer took while what was last written down was broken.</summary>
    public TimeSpan Slowest => _slowest;

    public int TotalAnswers => _viewers.Sum(static viewer => viewer.Answers);

    /// <summary>Everything is there again, and viewers go where they went before.</summary>
    public void AllBack()
    {
        foreach (var viewer in _viewers)
        {
            viewer.AllBack();
        }
    }

    /// <summary>Each viewer is answered for two turns more; all that they saw since this was last asked was predicted.</summary>
    /// <returns>What they saw.</returns>
    public async Task<IReadOnlyList<ViewerFault>> ServedAsync(string broken, params IReadOnlyList<Prediction> predicted)
    {
        var starts = _viewers.Select(static viewer => viewer.Answers).ToList();
        await Eventually.IsTrueAsync(() => _viewers.Zip(starts).All(static viewer => viewer.First.Answers >= viewer.Second + Answers));
        List<ViewerFault> faults = [.. _viewers.SelectMany(static viewer => viewer.TakeFaults())];
        Note(broken, predicted, faults);
        var surprises = faults.Where(fault => !predicted.Any(prediction => prediction.Covers(fault))).ToList();
        Assert.True(surprises.Count == 0, $"{broken}: nobody predicted\n{string.Join('\n', surprises)}\n{_book}");
        foreach (var prediction in predicted)
        {
            Assert.True(faults.Count(fault => prediction.Covers(fault)) <= prediction.Most, $"{broken}: more than {prediction.Most}, {prediction.Why}\n{string.Join('\n', faults)}\n{_book}");
        }

        return faults;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var viewer in _viewers)
        {
            await viewer.DisposeAsync();
        }
    }

    /// <summary>The edge of its own, the one beside it, and those of the other continents in turn.</summary>
    private static IReadOnlyList<NetworkHost> EdgesFor(FleetOnNetwork fleet, int viewer)
    {
        var pop = viewer / PerContinent;
        var own = fleet.EdgesOf(pop);
        return
        [
            .. viewer % PerContinent == 0 ? own : own.Reverse(),
            .. Enumerable.Range(1, FleetOnNetwork.Pops.Count - 1).SelectMany(further => fleet.EdgesOf((pop + further) % FleetOnNetwork.Pops.Count)),
        ];
    }

    private void Note(string broken, IReadOnlyList<Prediction> predicted, List<ViewerFault> faults)
    {
        _slowest = _viewers.Max(static viewer => viewer.TakeSlowest());
        var answers = TotalAnswers;
        var says = predicted.Count == 0 ? "no error" : string.Join("; ", predicted.Select(static prediction => prediction.ToString()));
        var counted = faults.Count == 0 ? "0" : string.Join(", ", faults.CountBy(static fault => fault.Kind).Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));
        _book.AppendLine(CultureInfo.InvariantCulture, $"| {broken} | {answers - _before} in {Stopwatch.GetElapsedTime(_since).TotalSeconds:0.0} s | {_slowest.TotalMilliseconds:0} ms | {says} | {counted} |");
        (_before, _since) = (answers, Stopwatch.GetTimestamp());
    }
}
