// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Fleet;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier fleet</c>: the machines of the fleet, and the tokens that let them in.</summary>
internal static class FleetCommand
{
    public static Command Create() => new("fleet", $"""
        Let machines into the fleet, list, drain and remove them.

        Examples:
          frontier fleet token --role edge --pop fra1 > join-token     then, there: frontier run edge --token join-token …
          frontier fleet token list            and revoke, for one that must not be used any more
          frontier fleet list
          frontier fleet drain edge-1f0c…      viewers are sent elsewhere; it serves on whoever comes
          frontier fleet remove edge-1f0c…     its certificate counts for nothing from then on

        {ApiFlags.Help}

        Exit codes: 0 done, 1 not done (the reason is printed).
        """)
    {
        TokenCommand.Create(), List(), Drain("drain", "Send viewers elsewhere than to a machine. It serves on whoever comes."), Drain("undrain", "Let viewers come to a machine again."), Remove(),
    };

    private static Command List() => ApiCommand.New(
        "list",
        """
        List the machines of the fleet. "frontier status" tells how they do.

        Examples:
          frontier fleet list
          frontier fleet list --json
        """,
        static async (client, _, isJson, cancellationToken) =>
        {
            var nodes = await client.GetAsync("nodes", OwnJson.Default.NodeListDocument, cancellationToken);
            return isJson ? JsonSerializer.Serialize(nodes, OwnJson.Default.NodeListDocument) : FleetPages.Nodes(nodes.Items);
        });

    private static Command Drain(string name, string description)
    {
        var id = IdArgument();
        return ApiCommand.New(
            name,
            $"""
            {description}

            Examples:
              frontier fleet {name} edge-1f0c2a9b7d5e4c31
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var node = await client.PostAsync($"{Target(parsed.GetValue(id)!)}/{name}", OwnJson.Default.NodeDocument, cancellationToken);
                return isJson ? JsonSerializer.Serialize(node, OwnJson.Default.NodeDocument) : $"{node.Id} is {(node.IsDrained ? "drained: viewers are sent elsewhere" : "open")}.";
            },
            id);
    }

    private static Command Remove()
    {
        var id = IdArgument();
        return ApiCommand.New(
            "remove",
            """
            Remove a machine from the fleet. No control plane listens to it from then on, and other machines learn of it within seconds. It
            comes back by a new token alone.

            Examples:
              frontier fleet remove edge-1f0c2a9b7d5e4c31
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                await client.DeleteAsync(Target(parsed.GetValue(id)!), cancellationToken);
                return isJson ? "{}" : $"{parsed.GetValue(id)} is removed.";
            },
            id);
    }

    private static Argument<string> IdArgument() => new("id") { Description = "The id of the machine" };

    private static string Target(string id) => "nodes/" + Uri.EscapeDataString(id);
}
