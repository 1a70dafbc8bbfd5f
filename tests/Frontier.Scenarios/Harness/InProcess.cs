// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;

namespace Frontier.Scenarios.Harness;

/// <summary>The whole program in the test's own process, on free ports.</summary>
internal static class InProcess
{
    /// <param name="more">Flags by name, without their dashes.</param>
    public static Task<Node> StartAsync(string data, TimeProvider time, params IReadOnlyList<(string Flag, string Value)> more) => Node.StartAsync(
        UpSettings.Read(new Dictionary<string, string?>(more.Select(static pair => KeyValuePair.Create<string, string?>(pair.Flag, pair.Value)))
        {
            ["data"] = data,
            ["api"] = "127.0.0.1:0",
            ["buckets"] = "127.0.0.1:0",
            ["http"] = "127.0.0.1:0",
            ["https"] = "127.0.0.1:0",
            ["dns"] = "127.0.0.1:0",
        }),
        time,
        CancellationToken.None);
}
