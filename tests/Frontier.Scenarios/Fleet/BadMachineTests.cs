// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Fleet;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>A machine that cannot be of a fleet as it is started says everything that is wrong, and what to do.</summary>
public sealed class BadMachineTests
{
    private static readonly string[] Whole = ["--control", "https://127.0.0.1:1", "--pop", "fra1", "--http", "127.0.0.1:0", "--https", "127.0.0.1:0"];

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        using var directory = new TemporaryDirectory();

        var result = await FrontierProcess.RunAsync(["run", "edge", "--data", directory.Path, "--control", "http://127.0.0.1:8404", "--weight", "0", "--advertise", "here", "--cache-disk", "1"]);

        Assert.Equal(1, result.ExitCode);
        foreach (var flag in new[] { "--control is \"http://127.0.0.1:8404\": give the https URL", "--pop is missing", "--weight is \"0\"", "--advertise is \"here\"", "--cache-disk is \"1\"" })
        {
            Assert.Contains(flag, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Status_tells_wrong_usage_from_trouble()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["credentials"], "[default]\naws_access_key_id = A\naws_secret_access_key = B\n");

        Assert.Equal(2, (await FrontierProcess.RunAsync(["status", "--watsch"])).ExitCode);
        Assert.Equal(2, (await FrontierProcess.RunAsync(["status", "--data", directory["none"]])).ExitCode);
        Assert.Equal(1, (await FrontierProcess.RunAsync(["status", "--data", directory.Path, "--endpoint", "http://127.0.0.1:1"])).ExitCode);
    }

    [Fact]
    public async Task The_first_start_takes_a_token_and_says_how_to_get_one()
    {
        using var directory = new TemporaryDirectory();

        var result = await FrontierProcess.RunAsync(["run", "edge", "--data", directory.Path, .. Whole]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("frontier fleet token --role edge --pop fra1 > join-token", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_token_and_a_control_plane_that_is_not_there_are_told_apart()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["no-token"], "hello");
        await File.WriteAllTextAsync(directory["token"], JoinToken.New(new string('a', 64)).ToText());

        Assert.Contains("holds no token", (await FrontierProcess.RunAsync(["run", "edge", "--data", directory["a"], "--token", directory["no-token"], .. Whole])).Error, StringComparison.Ordinal);
        Assert.Contains("no control plane answers", (await FrontierProcess.RunAsync(["run", "edge", "--data", directory["b"], "--token", directory["token"], .. Whole])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeRole.Edge, "", "0.0.0.0:80", "--advertise")]
    [InlineData(NodeRole.Edge, "192.0.2.1", "0.0.0.0:80", null)]
    [InlineData(NodeRole.Edge, "", "192.0.2.1:80", null)]
    [InlineData(NodeRole.Regional, "", null, "--tier")]
    [InlineData(NodeRole.Regional, "10.0.0.4", null, null)]
    public void A_machine_that_listens_everywhere_says_by_which_address_it_is_reached(NodeRole role, string advertise, string? http, string? fault)
    {
        var settings = MachineSettings.Read(new Dictionary<string, string?> { ["control"] = "https://c:8404", ["pop"] = "fra1", ["advertise"] = advertise.Length > 0 ? advertise : null }, role);
        var faults = new List<string>();

        var facts = settings.ToFacts(http is null ? [] : [("--http", System.Net.IPEndPoint.Parse(http))], faults);

        Assert.Empty(settings.Faults);
        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, message => Assert.Contains(fault!, message, StringComparison.Ordinal));
        if (fault is null)
        {
            Assert.EndsWith(":8405", facts.Tier, StringComparison.Ordinal);
            Assert.Single(facts.Addresses);
        }
    }

    [Fact]
    public void Tokens_are_read_as_they_were_made_and_nothing_else_is()
    {
        var token = JoinToken.New(new string('a', 64));

        Assert.True(JoinToken.TryParse(token.ToText() + "\n", out var read));
        Assert.Equal(token, read);
        Assert.DoesNotContain(token.Secret, token.ToString(), StringComparison.Ordinal);
        foreach (var text in new[] { "", "frontier-join-1", token.ToText()[..^1], token.ToText().Replace("join-1", "join-2", StringComparison.Ordinal), "frontier-join-1.short." + token.Fingerprint })
        {
            Assert.False(JoinToken.TryParse(text, out _));
        }
    }
}
