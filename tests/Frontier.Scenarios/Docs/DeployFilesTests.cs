// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Frontier.Commands;
using Frontier.Contracts.Fleet;
using Frontier.Control;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Docs;

/// <summary>What <c>deploy/</c> says to the program, the program understands.</summary>
public sealed partial class DeployFilesTests
{
    /// <summary>Debian's, which has a library for it.</summary>
    private const string Python = "/usr/bin/python3";

    private static readonly string Deploy = Path.Combine(Repository.Root, "deploy");

    private static readonly System.CommandLine.Command Run = RunCommand.Create();

    [Theory]
    [InlineData("systemd/edge.env", "edge")]
    [InlineData("systemd/control.env", "control")]
    public void Every_variable_of_a_unit_is_a_flag_of_its_role(string file, string role) =>
        Assert.All(Variables(File.ReadAllText(Path.Combine(Deploy, file))), variable => Assert.Contains(variable, FlagsOf(role)));

    [Fact]
    public void The_unit_starts_a_role_with_its_data_below_its_state()
    {
        var unit = File.ReadAllText(Path.Combine(Deploy, "systemd", "frontier@.service"));

        Assert.Contains("ExecStart=/usr/local/bin/frontier run %i\n", unit, StringComparison.Ordinal);
        Assert.Contains("Environment=FRONTIER_DATA=/var/lib/frontier/%i\n", unit, StringComparison.Ordinal);
        Assert.Contains("StateDirectory=frontier frontier/%i\n", unit, StringComparison.Ordinal);
        Assert.Contains("data", FlagsOf("edge"));
    }

    [Fact]
    public void Every_variable_of_the_image_is_a_flag_of_every_role()
    {
        var variables = Variables(File.ReadAllText(Path.Combine(Deploy, "Containerfile"))).ToList();

        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.All(Run.Subcommands, role => Assert.Contains(variable, FlagsOf(role.Name))));
    }

    [Theory]
    [InlineData("control.yaml", 1)]
    [InlineData("edge.yaml", 1)]
    [InlineData("kustomization.yaml", 0)]
    public async Task Manifests_are_YAML_and_their_containers_start_a_role_with_flags_that_it_has(string file, int containers)
    {
        var found = (await ContainersAsync(file)).ToList();

        Assert.Equal(containers, found.Count);
        Assert.All(found, static container =>
        {
            var arguments = ArgumentsOf(container);
            Assert.Equal("run", arguments[0]);
            Assert.Empty(Run.Parse(arguments[1..]).Errors.Select(static error => error.Message));
        });
    }

    [Fact]
    public async Task Probes_ask_what_each_role_answers_where_it_listens()
    {
        Assert.SkipUnless(File.Exists(Python), $"The test needs {Python}, which is not installed.");
        var control = Assert.Single(await ContainersAsync("control.yaml"));
        var edge = Assert.Single(await ContainersAsync("edge.yaml"));

        Assert.Equal((ControlServer.HealthPath, "8400"), Asked(control, "readinessProbe", "api"));
        Assert.Equal((NodeFacts.HealthPath, "80"), Asked(edge, "readinessProbe", "http"));
        Assert.Equal("8400", PortOf(control, control.GetProperty("livenessProbe").GetProperty("tcpSocket").GetProperty("port")));
        Assert.Equal("80", PortOf(edge, edge.GetProperty("livenessProbe").GetProperty("tcpSocket").GetProperty("port")));
    }

    [GeneratedRegex(@"\bFRONTIER_([A-Z0-9_]+)=")]
    private static partial Regex Variable { get; }

    /// <summary>Their names as flags are compared.</summary>
    private static IEnumerable<string> Variables(string text) => Variable.Matches(text).Select(static match => UpSettings.Plain(match.Groups[1].Value).ToLowerInvariant());

    private static List<string> FlagsOf(string role) =>
        [.. Run.Subcommands.Single(command => command.Name == role).Options.Select(static option => UpSettings.Plain(option.Name).ToLowerInvariant())];

    private static string[] ArgumentsOf(JsonElement container) => [.. container.GetProperty("args").EnumerateArray().Select(static argument => argument.GetString()!)];

    /// <summary>The path that a probe asks for and the port it asks at, which must be that of an address flag.</summary>
    private static (string Path, string Port) Asked(JsonElement container, string probe, string flag)
    {
        var get = container.GetProperty(probe).GetProperty("httpGet");
        var arguments = ArgumentsOf(container);
        Assert.EndsWith($":{PortOf(container, get.GetProperty("port"))}", arguments[Array.IndexOf(arguments, "--" + flag) + 1], StringComparison.Ordinal);
        return (get.GetProperty("path").GetString()!, PortOf(container, get.GetProperty("port")));
    }

    /// <summary>A number, or the name of one among the container's.</summary>
    private static string PortOf(JsonElement container, JsonElement port) => port.ValueKind is JsonValueKind.Number
        ? port.GetInt32().ToString(CultureInfo.InvariantCulture)
        : container.GetProperty("ports").EnumerateArray().Single(known => known.GetProperty("name").GetString() == port.GetString()).GetProperty("containerPort").GetInt32().ToString(CultureInfo.InvariantCulture);

    private static async Task<IEnumerable<JsonElement>> ContainersAsync(string file)
    {
        Assert.SkipUnless(File.Exists(Python), $"The test needs {Python}, which is not installed.");
        var read = await Harness.Command.RunAsync(
            Python, ["-c", "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))", Path.Combine(Deploy, "kubernetes", file)], TimeSpan.FromMinutes(1));
        Assert.SkipWhen(read.Error.Contains("No module named", StringComparison.Ordinal), "The test needs python3-yaml, which is not installed.");
        Assert.True(read.ExitCode == 0, read.Everything);
        return JsonDocument.Parse(read.Output).RootElement.EnumerateArray()
            .Where(static document => document.TryGetProperty("spec", out var spec) && spec.TryGetProperty("template", out _))
            .SelectMany(static document => document.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers").EnumerateArray());
    }
}
