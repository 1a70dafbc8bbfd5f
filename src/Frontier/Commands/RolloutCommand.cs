// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Rollouts;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier rollout</c>: which edges get the newest configuration, and what an operator decides about that.</summary>
internal static class RolloutCommand
{
    public static Command Create()
    {
        var reason = new Option<string?>("--reason") { Description = "For whoever looks at it; up to 256 characters" };
        return new Command("rollout", $"""
            With --rollout waves a control plane sends a new version of the configuration to one edge first, then to the point of
            presence that it is in, then to all. It halts by itself when an edge of a wave refuses the version, falls silent, or answers
            with more errors of its own or slower than before: then that edge is sent the version before, no other edge gets the new
            one, and changes wait until somebody decides.

            Examples:
              frontier rollout status                    which edges have it, and why it was halted
              frontier rollout rollback                  take the last changes back
              frontier rollout resume                    try the newest version again, from the first edge on
              frontier rollout expedite                  send the newest version to all edges now
              frontier rollout halt --reason "black friday"
              frontier rollout status --json

            {ApiFlags.Help}

            Exit codes: 0 done, 1 not done (the reason is printed); of "status" 2 where it is halted.
            """)
        {
            Status(),
            New("expedite", "Send the newest version to all edges at once.", static (client, _, token) => PostAsync(client, "expedite", token)),
            New(
                "halt", "Send edges nothing newer than what is good. What has not come to all edges goes back to the version before.",
                (client, parsed, token) => client.PostAsync("rollout/halt", new HaltDocument(parsed.GetValue(reason)), OwnJson.Default.HaltDocument, null, OwnJson.Default.RolloutDocument, token), reason),
            New("resume", "Roll out the newest version, from the first edge on.", static (client, _, token) => PostAsync(client, "resume", token)),
            New(
                "rollback", "Take back what is being rolled out or was halted, or else what the last rollout brought: distributions return to what they were, by a new version each.",
                static (client, _, token) => PostAsync(client, "rollback", token)),
        };
    }

    private static Command Status()
    {
        var command = new Command("status", "Show which edges get the newest configuration.");
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var rollout = await client.GetAsync("rollout", OwnJson.Default.RolloutDocument, token);
                return (Show(rollout, flags.IsJson(parsed)), rollout.Reason is null ? 0 : 2);
            },
            cancellationToken));
        return command;
    }

    private static Command New(string name, string what, Func<ApiClient, ParseResult, CancellationToken, Task<RolloutDocument>> decide, params Option[] options)
    {
        var command = new Command(name, what);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed), async (client, token) => Show(await decide(client, parsed, token), flags.IsJson(parsed)), cancellationToken));
        return command;
    }

    private static Task<RolloutDocument> PostAsync(ApiClient client, string decision, CancellationToken cancellationToken) =>
        client.PostAsync($"rollout/{decision}", OwnJson.Default.RolloutDocument, cancellationToken);

    private static string Show(RolloutDocument rollout, bool isJson) => isJson ? JsonSerializer.Serialize(rollout, OwnJson.Default.RolloutDocument) : RolloutText.Of(rollout);
}
