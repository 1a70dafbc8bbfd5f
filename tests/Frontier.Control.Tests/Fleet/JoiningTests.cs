// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Fleet;

/// <summary>Machines come into the fleet by tokens (decision 23), and by nothing else.</summary>
public sealed class JoiningTests
{
    [Fact]
    public async Task A_machine_joins_by_a_token_and_reports_with_its_certificate()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);

        var answer = await machine.ReportAsync();

        Assert.Equal("frontier://edge/edge-1", FleetName.Of(machine.Certificate!)!.ToString());
        Assert.Equal(control.Clock.GetUtcNow().UtcDateTime.AddDays(7), machine.Certificate!.NotAfter.ToUniversalTime(), TimeSpan.FromSeconds(1));
        var node = Assert.Single(answer.Fleet!.Nodes);
        Assert.Equal(("edge-1", "fra1", NodeState.InService), (node.Id, node.Pop, node.State));
    }

    [Fact]
    public async Task What_the_authority_is_anybody_may_ask_and_its_fingerprint_is_in_the_token()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);

        using var response = await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Get, AuthorityAnswer.Path));
        var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AuthorityAnswer))!;

        using var authority = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Assert.Single(answer.Authorities));
        Assert.Equal((await TestMachine.TokenAsync(control)).Fingerprint, FleetTrust.FingerprintOf(authority));
    }

    [Fact]
    public async Task A_token_that_nobody_made_lets_nobody_in()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();

        await TestMachine.ExpectRefusalAsync(
            await stranger.TryJoinAsync(JoinToken.New(new string('0', 64)).Secret, key), HttpStatusCode.Forbidden, "not known here. Get another one from the control plane: frontier fleet token --role edge --pop fra1");
    }

    [Fact]
    public async Task A_token_lets_in_as_many_machines_as_it_was_made_for()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var token = await TestMachine.TokenAsync(control, uses: 2);

        Assert.Equal(HttpStatusCode.OK, (await stranger.TryJoinAsync(token.Secret, key, id: "edge-1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.TryJoinAsync(token.Secret, key, id: "edge-2")).StatusCode);
        await TestMachine.ExpectRefusalAsync(await stranger.TryJoinAsync(token.Secret, key, id: "edge-3"), HttpStatusCode.Forbidden, "used up");
    }

    [Fact]
    public async Task Machines_of_a_place_that_is_switched_on_at_once_all_get_in()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var token = await TestMachine.TokenAsync(control, uses: 24);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => stranger.TryJoinAsync(token.Secret, key, id: $"edge-{i}")));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Of_machines_that_show_one_token_at_once_one_joins()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var token = await TestMachine.TokenAsync(control);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => stranger.TryJoinAsync(token.Secret, key, id: $"edge-{i}")));

        Assert.Single(answers, static answer => answer.IsSuccessStatusCode);
        Assert.Single((await control.CallOwnAsync("GET", "nodes")).Expect(200).Json().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_token_expires()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var token = await TestMachine.TokenAsync(control, seconds: 60);
        control.Clock.Advance(TimeSpan.FromSeconds(60));

        await TestMachine.ExpectRefusalAsync(await stranger.TryJoinAsync(token.Secret, key), HttpStatusCode.Forbidden, "expired at");
    }

    [Theory]
    [InlineData(NodeRole.Dns, "fra1")]
    [InlineData(NodeRole.Regional, "fra1")]
    [InlineData(NodeRole.Edge, "ams1")]
    public async Task A_token_is_for_one_role_and_one_place(NodeRole role, string pop)
    {
        await using var control = await StartAsync();
        (await control.CallOwnAsync("PUT", "pops/ams1")).Expect(200);
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();
        var token = await TestMachine.TokenAsync(control);

        await TestMachine.ExpectRefusalAsync(
            await stranger.TryJoinAsync(token.Secret, key, role, pop), HttpStatusCode.Forbidden, $"lets in the role edge at fra1, and not {NodeRoleNames.Of(role)} at {pop}");
    }

    [Fact]
    public async Task A_machine_cannot_take_the_place_of_another_one_by_joining_under_its_id()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();

        await TestMachine.ExpectRefusalAsync(await stranger.TryJoinAsync((await TestMachine.TokenAsync(control)).Secret, key), HttpStatusCode.Forbidden, "There is a machine edge-1 already");
    }

    [Theory]
    [InlineData("Edge-1")]
    [InlineData("edge/1")]
    [InlineData("")]
    public async Task An_id_that_is_none_is_refused(string id)
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();

        await TestMachine.ExpectRefusalAsync(await stranger.TryJoinAsync((await TestMachine.TokenAsync(control)).Secret, key, id: id), HttpStatusCode.BadRequest, "no request to join");
    }

    [Fact]
    public async Task Neither_a_tokens_secret_nor_the_authoritys_key_can_be_read_from_the_store()
    {
        await using var control = await StartAsync();
        var token = await TestMachine.TokenAsync(control);

        var files = await control.FileTextAsync();

        Assert.Contains(JoinToken.HashOf(token.Secret), files, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Secret, files, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", files, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_joined_by_which_token_is_in_the_audit_log()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);

        var entries = (await control.CallOwnAsync("GET", "audit")).Expect(200).Json().GetProperty("items").EnumerateArray();

        var joined = entries.Single(static entry => entry.GetProperty("operation").GetString() == "JoinFleet" && entry.GetProperty("resourceType").GetString() == "Node");
        Assert.Equal("edge-1", joined.GetProperty("resourceId").GetString());
        Assert.StartsWith("token ", joined.GetProperty("accessKeyId").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_needs_a_place_that_there_is_and_bounds()
    {
        await using var control = await StartAsync();

        (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"edge","pop":"ams1"}""")).ExpectProblem(404, "NoSuchPop");
        (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"control","pop":"fra1"}""")).ExpectProblem(400, "InvalidArgument");
        (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"edge","pop":"fra1","validSeconds":604801}""")).ExpectProblem(400, "InvalidArgument");
        (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"edge","pop":"fra1","uses":0}""")).ExpectProblem(400, "InvalidArgument");
    }

    [Fact]
    public async Task Without_a_listener_for_machines_there_are_no_tokens()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);

        Assert.Contains("--fleet", (await control.CallOwnAsync("POST", "fleet/tokens", """{"role":"edge","pop":"fra1"}""")).ExpectProblem(409, "NoFleet"), StringComparison.Ordinal);
    }

    private static async Task<TestControl> StartAsync()
    {
        var control = await TestControl.StartAsync(TestControl.WithFleet);
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        return control;
    }
}
