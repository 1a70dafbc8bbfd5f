// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;

namespace Frontier.Scenarios.Harness;

/// <summary><c>aws route53</c>, asked of a control plane.</summary>
internal sealed class Route53Cli(FrontierProcess frontier)
{
    public async Task<JsonElement> RunAsync(params IReadOnlyList<string> arguments)
    {
        var run = await CallAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Output.Trim().Length == 0 ? default : JsonDocument.Parse(run.Output).RootElement;
    }

    public async Task<string> FailAsync(params IReadOnlyList<string> arguments)
    {
        var run = await CallAsync(arguments);
        Assert.NotEqual(0, run.ExitCode);
        return run.Error;
    }

    private Task<CommandResult> CallAsync(IReadOnlyList<string> arguments) => Command.RunAsync(
        "/usr/bin/aws", ["route53", .. arguments, "--endpoint-url", frontier.Addresses.GetProperty("api").GetString()!, "--output", "json", "--no-cli-pager"], FrontierProcess.Patience * 2,
        new Dictionary<string, string>
        {
            ["AWS_SHARED_CREDENTIALS_FILE"] = frontier.Addresses.GetProperty("credentials").GetString()!,
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
        });
}
