// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.Planning;
using Frontier.Decisions.Linting;
using Frontier.OwnApi;
using Frontier.Planning;

namespace Frontier.Commands;

/// <summary><c>frontier plan</c>: what a configuration would change, before it is sent.</summary>
internal static class PlanCommand
{
    private const int InOrder = 0;

    /// <summary>The API would refuse the configuration.</summary>
    private const int Refused = 2;

    /// <summary>It brings errors or warnings that the present one does not have.</summary>
    private const int Doubtful = 3;

    public static Command Create()
    {
        var config = new Option<string>("--distribution-config") { Description = "The configuration: what \"aws cloudfront get-distribution-config\" prints, the DistributionConfig in it, or the API's XML", Required = true };
        var id = new Option<string?>("--id") { Description = "The distribution it is for. Default: the one with its CallerReference, or a new one" };
        var logs = new Option<string[]>("--log") { Description = "A standard access log, plain or gzip, whose requests are run through both configurations; repeatable" };
        var command = new Command("plan", $"""
            Tell what a configuration would change if it were sent, and send nothing: whether the API would take it, which
            behaviors change and in what, what the linter finds new, and for which requests of a log the behavior, the
            cache key, the time to live, the origin or the status would be another.

            Examples:
              aws cloudfront get-distribution-config --id E1A2B3C4D5E6F7 > config.json    (then edit it)
              frontier plan --distribution-config config.json
              frontier plan --distribution-config config.xml --id E1A2B3C4D5E6F7 --log edge/logs/E1A2B3C4D5E6F7.2026-11-21-15.log
              frontier plan --distribution-config config.json --log monday.gz --log tuesday.gz --json

            A log does not tell of most headers, nor of what the origin said: a plan says where it depends on them.

            {ApiFlags.Help}

            Exit codes: 0 in order, 1 no plan could be made (the reason is printed), 2 the API would refuse the configuration,
            3 it brings errors or warnings that the present one does not have.
            """) { config, id, logs };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var plan = await new PlanQuestion(parsed.GetValue(config)!, parsed.GetValue(id), parsed.GetValue(logs) ?? []).AskAsync(client, token);
                return (flags.IsJson(parsed) ? JsonSerializer.Serialize(plan, OwnJson.Default.PlanDocument) : PlanPage.Text(plan), Code(plan));
            },
            cancellationToken));
        return command;
    }

    private static int Code(PlanDocument plan) => plan.Refused is not null ? Refused : plan.NewFindings.Any(static finding => finding.Severity > LintSeverity.Advice) ? Doubtful : InOrder;
}
