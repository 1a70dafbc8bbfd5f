// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;

namespace Frontier.Scenarios.Harness;

/// <summary>The AWS CLI as its users call it.</summary>
internal static class AwsCli
{
    /// <summary>Runs one command against the control API of a node.</summary>
    public static Task<CommandResult> RunAsync(Node node, params IReadOnlyList<string> arguments) => Command.RunAsync(
        "aws", ["--endpoint-url", $"http://{node.Control.Endpoint}", "--region", "us-east-1", "--output", "json", .. arguments], FrontierProcess.Patience, new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = node.AccessKeys[0].Id,
            ["AWS_SECRET_ACCESS_KEY"] = node.AccessKeys[0].Secret,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        });
}
