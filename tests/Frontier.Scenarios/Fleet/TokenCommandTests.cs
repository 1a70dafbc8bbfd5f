// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>Tokens as an operator has them: made, listed, revoked.</summary>
public sealed class TokenCommandTests
{
    [Fact]
    public async Task A_token_is_made_listed_without_its_secret_and_revoked()
    {
        using var directory = new TemporaryDirectory();
        await using var fleet = new FleetOf(directory);
        var control = await fleet.ControlAsync("control");
        await FleetOf.DoneAsync(control, "pop", "add", "fra1");
        var made = await FleetOf.DoneAsync(control, "fleet", "token", "--role", "edge", "--pop", "fra1", "--uses", "3");

        var listed = await FleetOf.DoneAsync(control, "fleet", "token", "list");
        var item = Assert.Single(JsonDocument.Parse((await FleetOf.DoneAsync(control, "fleet", "token", "list", "--json")).Output).RootElement.GetProperty("items").EnumerateArray());
        var id = item.GetProperty("id").GetString()!;

        Assert.Contains($"Its id is {id}.", made.Error, StringComparison.Ordinal);
        Assert.Matches($@"{id} +edge +fra1 +Open +3 +\d{{4}}-", listed.Output);
        Assert.DoesNotContain(made.Output.Trim().Split('.')[1], listed.Output, StringComparison.Ordinal);
        Assert.Equal($"{id} is revoked.", (await FleetOf.DoneAsync(control, "fleet", "token", "revoke", id)).Output.Trim());
        var again = await FleetOf.AskAsync(control, "fleet", "token", "revoke", id);
        Assert.Equal((1, "There is no such token. \"frontier fleet token list\" shows those there are."), (again.ExitCode, again.Error.Trim()));
        Assert.Equal(1, (await FleetOf.AskAsync(control, "fleet", "token")).ExitCode); // --role and --pop are wanted still
    }
}
