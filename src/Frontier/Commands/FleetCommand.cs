// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Fleet;
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
          frontier fleet list
          frontier fleet drain edge-1f0c…      viewers are sent elsewhere; it serves on whoever comes
          frontier fleet remove edge-1f0c…     its certificate counts for nothing from then on

        {ApiFlags.Help}

        Exit codes: 0 done, 1 not done (the reason is printed).
        """)
    {
        Token(), List(), Drain("drain", "Send viewers elsewhere than to a machine. It serves on whoever comes."), Drain("undrain", "Let viewers come to a machine again."), Remove(),
    };

    private static Command Token()
    {
        var role = new Option<string>("--role") { Description = "edge, regional or dns", Required = true };
        role.AcceptOnlyFromAmong("edge", "regional", "dns");
        var pop = new Option<string>("--pop") { Description = "The point of presence that the machine is to stand in", Required = true };
        var valid = new Option<string>("--valid") { Description = "How long it holds: a number with m, h or d, up to 7d. Default 1h", DefaultValueFactory = static _ => "1h" };
        var uses = new Option<int>("--uses") { Description = "How many machines may join by it, 1 to 1000. Default 1", DefaultValueFactory = static _ => 1 };
        return ApiCommand.New(
            "token",
            """
            Make a token by which machines join the fleet. It is printed once: keep it like a password, in a file of its owner alone.

            Examples:
              frontier fleet token --role edge --pop fra1 > join-token
              frontier fleet token --role edge --pop fra1 --uses 12 --valid 1d > join-token
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var seconds = SecondsOf(parsed.GetValue(valid)!) ?? throw new ApiException($"--valid is \"{parsed.GetValue(valid)}\": give a number with m, h or d, such as 30m.");
                var body = new CreateJoinTokenDocument(parsed.GetValue(role), parsed.GetValue(pop), seconds, parsed.GetValue(uses));
                var made = await client.PostAsync("fleet/tokens", body, OwnJson.Default.CreateJoinTokenDocument, null, OwnJson.Default.JoinTokenDocument, cancellationToken);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"It lets in {made.Uses} {made.Role} at {made.Pop}, until {made.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, and is shown this once."));
                return isJson ? JsonSerializer.Serialize(made, OwnJson.Default.JoinTokenDocument) : made.Token;
            },
            role, pop, valid, uses);
    }

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

    /// <summary>Null for what is no time.</summary>
    private static int? SecondsOf(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'm' => 60, 'h' => 3_600, 'd' => 24 * 3_600, _ => 0 };
        return unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue / unit ? number * unit : null;
    }

    private static Argument<string> IdArgument() => new("id") { Description = "The id of the machine" };

    private static string Target(string id) => "nodes/" + Uri.EscapeDataString(id);
}
