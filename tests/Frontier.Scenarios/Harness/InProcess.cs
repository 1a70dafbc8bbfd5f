// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;

namespace Frontier.Scenarios.Harness;

/// <summary>The whole program in the test's own process, on free ports.</summary>
internal static class InProcess
{
    public static Task<Node> StartAsync(string data, TimeProvider time) => Node.StartAsync(
        UpSettings.Read(new Dictionary<string, string?>
        {
            ["data"] = data,
            ["api"] = "127.0.0.1:0",
            ["buckets"] = "127.0.0.1:0",
            ["http"] = "127.0.0.1:0",
            ["https"] = "127.0.0.1:0",
        }),
        time,
        CancellationToken.None);
}
