// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Fleet;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier fleet token</c>: the tokens that let machines into the fleet.</summary>
internal static class TokenCommand
{
    private const string Target = "fleet/tokens";

    public static Command Create()
    {
        var role = new Option<string>("--role") { Description = "edge, regional or dns", Required = true };
        role.AcceptOnlyFromAmong("edge", "regional", "dns");
        var pop = new Option<string>("--pop") { Description = "The point of presence that the machine is to stand in", Required = true };
        var valid = new Option<string>("--valid") { Description = "How long it holds: a number with m, h or d, up to 7d. Default 1h", DefaultValueFactory = static _ => "1h" };
        var uses = new Option<int>("--uses") { Description = "How many machines may join by it, 1 to 1000. Default 1", DefaultValueFactory = static _ => 1 };
        var command = ApiCommand.New(
            "token",
            """
            Make a token by which machines join the fleet. It is printed once: keep it like a password, in a file of its owner alone.

            Examples:
              frontier fleet token --role edge --pop fra1 > join-token
              frontier fleet token --role edge --pop fra1 --uses 12 --valid 1d > join-token
              frontier fleet token list
              frontier fleet token revoke 1f0c2a9b7d5e
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var seconds = SecondsOf(parsed.GetValue(valid)!) ?? throw new ApiException($"--valid is \"{parsed.GetValue(valid)}\": give a number with m, h or d, such as 30m.");
                var body = new CreateJoinTokenDocument(parsed.GetValue(role), parsed.GetValue(pop), seconds, parsed.GetValue(uses));
                var made = await client.PostAsync(Target, body, OwnJson.Default.CreateJoinTokenDocument, null, OwnJson.Default.JoinTokenDocument, cancellationToken);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"It lets in {made.Uses} {made.Role} at {made.Pop}, until {made.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, and is shown this once. Its id is {made.Id}."));
                return isJson ? JsonSerializer.Serialize(made, OwnJson.Default.JoinTokenDocument) : made.Token;
            },
            role, pop, valid, uses);
        command.Subcommands.Add(List());
        command.Subcommands.Add(Revoke());
        return command;
    }

    private static Command List() => ApiCommand.New(
        "list",
        """
        List the tokens by which machines may join, and those of yesterday. What they say is not shown: the control plane does not know it.

        Examples:
          frontier fleet token list
          frontier fleet token list --json
        """,
        static async (client, _, isJson, cancellationToken) =>
        {
            var tokens = await client.GetAsync(Target, OwnJson.Default.JoinTokenListDocument, cancellationToken);
            return isJson ? JsonSerializer.Serialize(tokens, OwnJson.Default.JoinTokenListDocument) : FleetPages.Tokens(tokens.Items);
        });

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The id of the token, as \"frontier fleet token list\" shows it" };
        return ApiCommand.New(
            "revoke",
            """
            Revoke a token: it lets in nobody from then on. Machines that joined by it stay; "frontier fleet remove" takes them away.

            Examples:
              frontier fleet token revoke 1f0c2a9b7d5e
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                await client.DeleteAsync($"{Target}/{Uri.EscapeDataString(parsed.GetValue(id)!)}", cancellationToken);
                return isJson ? "{}" : $"{parsed.GetValue(id)} is revoked.";
            },
            id);
    }

    /// <summary>Null for what is no time.</summary>
    private static int? SecondsOf(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'm' => 60, 'h' => 3_600, 'd' => 24 * 3_600, _ => 0 };
        return unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue / unit ? number * unit : null;
    }
}
