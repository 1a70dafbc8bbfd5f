// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Frontier.Contracts;

namespace Frontier.Edge.Tests.Harness;

/// <summary>A control plane of another version: it answers the first report with a text as that version writes it, and the others with nothing new.</summary>
internal sealed class GoldenControl(string answer) : HttpMessageHandler
{
    private readonly TaskCompletionSource _never = new();
    private int _answered;

    public ConcurrentQueue<EdgeReport> Reports { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Reports.Enqueue(JsonSerializer.Deserialize(await request.Content!.ReadAsStringAsync(cancellationToken), ContractsJson.Default.EdgeReport)!);
        switch (Interlocked.Increment(ref _answered))
        {
            case 1:
                return Answer(answer);
            case 2:
                return Answer("""{"oldestKept":1,"logEnd":1,"invalidations":[]}""");
            default:
                await _never.Task.WaitAsync(cancellationToken);
                throw new InvalidOperationException();
        }
    }

    private static HttpResponseMessage Answer(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
}
