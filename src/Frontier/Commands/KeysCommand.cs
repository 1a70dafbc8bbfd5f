// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Credentials;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier keys</c>: the access keys of the store, through the API of a running control plane; it holds the store and knows the keys that count.</summary>
internal static class KeysCommand
{
    private const string Admin = "admin";
    private const string ReadOnly = "read-only";

    public static Command Create()
    {
        var command = new Command("keys", $"""
            Make, list and take away access keys. They lie encrypted in the store of the control plane and hold for its APIs, for key
            value stores and for buckets. An admin key may do everything, a read-only key looks at everything and changes nothing.
            Keys given to "frontier up" at its start are listed, too, and are changed there.

            Examples:
              frontier keys create --role read-only --description "dashboards"
              frontier keys list
              frontier keys rotate FKABCDEFGHIJKLMNOPQR      a second key like it; let callers change to that
              frontier keys deactivate FKABCDEFGHIJKLMNOPQR  then the old one does nothing, and can be brought back
              frontier keys delete FKABCDEFGHIJKLMNOPQR
              frontier keys list --endpoint http://192.0.2.10:8400 --profile frontier

            {ApiFlags.Help}

            Exit codes: 0 done, 1 not done (the reason is printed).
            """)
        {
            CreateKey(), List(), Rotate(), SetStatus("deactivate", "Inactive", "Take a key's rights away; it stays and can be activated again."),
            SetStatus("activate", "Active", "Give a deactivated key its rights back."), Delete(), ForgetKeysCommand.Create(),
        };
        return command;
    }

    private static Command CreateKey()
    {
        var role = new Option<string>("--role") { Description = "admin or read-only", Required = true };
        role.AcceptOnlyFromAmong(Admin, ReadOnly);
        var description = new Option<string?>("--description") { Description = "What it is for; up to 256 characters" };
        return ApiCommand.New(
            "create",
            """
            Make a key. Its secret is printed once, in the form of an AWS credentials file, and can never be read again.

            Examples:
              frontier keys create --role admin --description "terraform"
              frontier keys create --role read-only >> ~/.aws/credentials
              frontier keys create --role read-only --json
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var made = await CreateAsync(client, parsed.GetValue(role) == Admin ? "Admin" : "ReadOnly", parsed.GetValue(description), cancellationToken);
                return await ShowAsync(made, isJson);
            },
            role, description);
    }

    private static Command List() => ApiCommand.New(
        "list",
        """
        List all keys, without their secrets.

        Examples:
          frontier keys list
          frontier keys list --json
        """,
        static async (client, _, isJson, cancellationToken) =>
        {
            var keys = await client.GetAsync("keys", OwnJson.Default.AccessKeyListDocument, cancellationToken);
            return isJson ? JsonSerializer.Serialize(keys, OwnJson.Default.AccessKeyListDocument) : KeyPage.Table(keys.Items);
        });

    private static Command Rotate()
    {
        var id = KeyArgument();
        return ApiCommand.New(
            "rotate",
            """
            Make a second key with the role and description of another one. Both hold until the old one is deactivated.

            Examples:
              frontier keys rotate FKABCDEFGHIJKLMNOPQR
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var old = parsed.GetValue(id)!;
                var keys = await client.GetAsync("keys", OwnJson.Default.AccessKeyListDocument, cancellationToken);
                var like = keys.Items.FirstOrDefault(key => key.Id == old) ?? throw new ApiException($"There is no access key {old}. See: frontier keys list");
                var made = await CreateAsync(client, like.Role, like.Description, cancellationToken);
                await Console.Error.WriteLineAsync(like.Origin == "Start"
                    ? $"{old} holds on: it was given to the node at its start. Once no caller uses it, change --access-key there, or delete secrets/access-key in its data directory and start it again."
                    : $"{old} holds on. Once no caller uses it (see LAST USED): frontier keys deactivate {old}");
                return await ShowAsync(made, isJson);
            },
            id);
    }

    private static Command SetStatus(string name, string status, string description)
    {
        var id = KeyArgument();
        return ApiCommand.New(
            name,
            $"""
            {description}

            Examples:
              frontier keys {name} FKABCDEFGHIJKLMNOPQR
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var key = await client.PutAsync(
                    Target(parsed.GetValue(id)!), new UpdateAccessKeyDocument(status), OwnJson.Default.UpdateAccessKeyDocument, null, OwnJson.Default.AccessKeyDocument, cancellationToken);
                return isJson ? JsonSerializer.Serialize(key, OwnJson.Default.AccessKeyDocument) : $"{key.Id} is {(status == "Active" ? "active" : "inactive")}.";
            },
            id);
    }

    private static Command Delete()
    {
        var id = KeyArgument();
        return ApiCommand.New(
            "delete",
            """
            Delete a key for good. Deactivate it first to see whether somebody still uses it.

            Examples:
              frontier keys delete FKABCDEFGHIJKLMNOPQR
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                await client.DeleteAsync(Target(parsed.GetValue(id)!), cancellationToken);
                return isJson ? "{}" : $"{parsed.GetValue(id)} is deleted.";
            },
            id);
    }

    private static Task<AccessKeyDocument> CreateAsync(ApiClient client, string role, string? description, CancellationToken cancellationToken) => client.PostAsync(
        "keys", new CreateAccessKeyDocument(role, description), OwnJson.Default.CreateAccessKeyDocument, null, OwnJson.Default.AccessKeyDocument, cancellationToken);

    /// <summary>Whatever the output is redirected to, a person is told that this is the only time.</summary>
    private static async Task<string> ShowAsync(AccessKeyDocument made, bool isJson)
    {
        await Console.Error.WriteLineAsync("The secret is shown this once; keep it like a password.");
        return isJson ? JsonSerializer.Serialize(made, OwnJson.Default.AccessKeyDocument) : KeyPage.Made(made);
    }

    private static Argument<string> KeyArgument() => new("id") { Description = "The id of the key" };

    private static string Target(string id) => "keys/" + Uri.EscapeDataString(id);
}
