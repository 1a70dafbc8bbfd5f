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
internal sealed class World(IReadOnlyList<SteadyViewer> viewers) : IAsyncDisposable
{
    /// <summary>Two turns of what a viewer asks for.</summary>
    private const int Answers = 12;

    private readonly StringBuilder _book = new("| what was broken | answers | slowest | predicted | counted |\n|---|---:|---:|---|---|\n");
    private TimeSpan _slowest;
    private long _since = Stopwatch.GetTimestamp();
    private int _before;

    /// <summary>A row for each fault, in Markdown.</summary>
    public string Book => _book.ToString();

    /// <summary>The longest that an answer took while what was last written down was broken.</summary>
    public TimeSpan Slowest => _slowest;

    public int TotalAnswers => viewers.Sum(static viewer => viewer.Answers);

    /// <summary>Each viewer is answered for two turns more; all that they saw since this was last asked was predicted.</summary>
    /// <returns>What they saw.</returns>
    public async Task<IReadOnlyList<ViewerFault>> ServedAsync(string broken, params IReadOnlyList<Prediction> predicted)
    {
        var starts = viewers.Select(static viewer => viewer.Answers).ToList();
        await Eventually.IsTrueAsync(() => viewers.Zip(starts).All(static viewer => viewer.First.Answers >= viewer.Second + Answers));
        List<ViewerFault> faults = [.. viewers.SelectMany(static viewer => viewer.TakeFaults())];
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
        foreach (var viewer in viewers)
        {
            await viewer.DisposeAsync();
        }
    }

    private void Note(string broken, IReadOnlyList<Prediction> predicted, List<ViewerFault> faults)
    {
        _slowest = viewers.Max(static viewer => viewer.TakeSlowest());
        var answers = TotalAnswers;
        var says = predicted.Count == 0 ? "no error" : string.Join("; ", predicted.Select(static prediction => prediction.ToString()));
        var counted = faults.Count == 0 ? "0" : string.Join(", ", faults.CountBy(static fault => fault.Kind).Select(static count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));
        _book.AppendLine(CultureInfo.InvariantCulture, $"| {broken} | {answers - _before} in {Stopwatch.GetElapsedTime(_since).TotalSeconds:0.0} s | {_slowest.TotalMilliseconds:0} ms | {says} | {counted} |");
        (_before, _since) = (answers, Stopwatch.GetTimestamp());
    }
}
