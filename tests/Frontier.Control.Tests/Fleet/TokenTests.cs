// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Fleet;

/// <summary>Tokens are known by ids that tell nothing, and can be revoked.</summary>
public sealed class TokenTests
{
    [Fact]
    public async Task Tokens_are_listed_by_their_ids_and_say_what_is_left_of_them()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        var token = await TestMachine.TokenAsync(control, uses: 3, seconds: 60);

        var items = (await control.CallOwnAsync("GET", "fleet/tokens")).Expect(200).Json().GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(2, items.Count);
        Assert.Equal((JoinToken.HashOf(token.Secret)[..12], "Open", 3), (items[0].GetProperty("id").GetString(), items[0].GetProperty("state").GetString(), items[0].GetProperty("usesLeft").GetInt32()));
        Assert.Equal(("UsedUp", 0), (items[1].GetProperty("state").GetString(), items[1].GetProperty("usesLeft").GetInt32()));
        control.Clock.Advance(TimeSpan.FromSeconds(60));
        var after = (await control.CallOwnAsync("GET", "fleet/tokens")).Expect(200);
        Assert.Equal("Expired", after.Json().GetProperty("items")[0].GetProperty("state").GetString());
        Assert.DoesNotContain(token.Secret, after.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(JoinToken.HashOf(token.Secret), after.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_lets_nobody_in_and_machines_that_joined_by_it_stay()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var made = (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"edge","pop":"fra1","uses":2}""")).Expect(201).Json();
        Assert.True(JoinToken.TryParse(made.GetProperty("token").GetString()!, out var token));
        using var joined = await stranger.TryJoinAsync(token.Secret, key, id: "edge-1");
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        using var machine = new TestMachine(control, await TestMachine.ReadAsync(joined, key));

        (await control.CallOwnAsync("DELETE", $"fleet/tokens/{made.GetProperty("id").GetString()}")).Expect(204);

        await TestMachine.ExpectRefusalAsync(await stranger.TryJoinAsync(token.Secret, key, id: "edge-2"), HttpStatusCode.Forbidden, "not known here");
        Assert.NotNull((await machine.ReportAsync()).Fleet);
        Assert.Empty((await control.CallOwnAsync("GET", "fleet/tokens")).Json().GetProperty("items").EnumerateArray());
        var entry = (await control.CallOwnAsync("GET", "audit?limit=1")).Json().GetProperty("items")[0];
        Assert.Equal(("RevokeJoinToken", "JoinToken"), (entry.GetProperty("operation").GetString(), entry.GetProperty("resourceType").GetString()));
    }

    [Theory]
    [InlineData("0123456789ab")]
    [InlineData("0")]
    public async Task Of_a_token_that_there_is_not_it_says_where_to_look(string id)
    {
        await using var control = await StartAsync();
        await TestMachine.TokenAsync(control);

        Assert.Contains("frontier fleet token list", (await control.CallOwnAsync("DELETE", $"fleet/tokens/{id}")).ExpectProblem(404, "NoSuchJoinToken"), StringComparison.Ordinal);
    }

    /// <summary>Attack: who may only look must not keep machines out, nor learn how to come in.</summary>
    [Fact]
    public async Task A_read_only_key_sees_tokens_and_revokes_none()
    {
        await using var control = await StartAsync();
        var token = await TestMachine.TokenAsync(control);
        var key = await control.CreateKeyAsync("ReadOnly");
        var id = JoinToken.HashOf(token.Secret)[..12];

        (await control.CallOwnAsync("DELETE", $"fleet/tokens/{id}", key: key)).Expect(403);

        Assert.Contains(id, (await control.CallOwnAsync("GET", "fleet/tokens", key: key)).Expect(200).Body, StringComparison.Ordinal);
    }

    private static async Task<TestControl> StartAsync()
    {
        var control = await TestControl.StartAsync(TestControl.WithFleet);
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        return control;
    }
}
