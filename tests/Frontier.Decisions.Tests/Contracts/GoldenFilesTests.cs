// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.Contracts;

/// <summary>What programs of this format of the snapshot and of the one before wrote is understood member by member.</summary>
public sealed class GoldenFilesTests
{
    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var format in (string[])["format-5", "format-6"])
        {
            foreach (var name in (string[])["snapshot.json", "snapshot.json.deltas", "fleet.json", "report.json", "answer.json"])
            {
                files.Add(format, name);
            }
        }

        files.Add("format-6", "zones.jsonl");
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_member_that_was_written_means_what_it_meant(string format, string name)
    {
        var written = JsonNode.Parse(GoldenFile.Read($"{format}/{name}"))!;

        var read = written.Deserialize(TypeOf(name));

        Assert.Empty(Lost(name, written, JsonSerializer.SerializeToNode(read, TypeOf(name))));
    }

    [Theory]
    [InlineData("format-5", 5)]
    [InlineData("format-6", 6)]
    public void A_snapshot_and_what_changed_since_compile(string folder, int format)
    {
        var whole = JsonSerializer.Deserialize(GoldenFile.Read($"{folder}/snapshot.json"), ContractsJson.Default.ConfigSnapshot)!;
        var changed = JsonSerializer.Deserialize(GoldenFile.Read($"{folder}/snapshot.json.deltas"), ContractsJson.Default.SnapshotDelta)!.ApplyTo(whole);

        Assert.Equal((format, format), (whole.Format, changed.Format));
        Assert.Empty(SnapshotCompiler.Compile(whole).Faults);
        Assert.Empty(SnapshotCompiler.Compile(changed).Faults);
        Assert.Equal("index.html", changed.Distributions[0].DefaultRootObject);
    }

    /// <summary>What the format before did not know is as it was there.</summary>
    [Fact]
    public void What_a_program_of_the_format_before_did_not_say_is_the_default()
    {
        var distribution = JsonSerializer.Deserialize(GoldenFile.Read("format-5/snapshot.json"), ContractsJson.Default.ConfigSnapshot)!.Distributions[0];

        Assert.Equal((CutOffChoice.Serve, true), (distribution.WhenCutOff, distribution.IsIpv6Enabled));
        Assert.Null(JsonSerializer.Deserialize(GoldenFile.Read("format-5/report.json"), ContractsJson.Default.EdgeReport)!.ChallengeRevision);
    }

    [Fact]
    public void There_are_golden_files_of_the_present_format() => Assert.Equal(
        ConfigSnapshot.CurrentFormat, JsonSerializer.Deserialize(GoldenFile.Read($"format-{ConfigSnapshot.CurrentFormat}/snapshot.json"), ContractsJson.Default.ConfigSnapshot)!.Format);

    private static JsonTypeInfo TypeOf(string name) => name switch
    {
        "snapshot.json" => ContractsJson.Default.ConfigSnapshot,
        "snapshot.json.deltas" => ContractsJson.Default.SnapshotDelta,
        "fleet.json" => ContractsJson.Default.FleetDirectory,
        "report.json" => ContractsJson.Default.EdgeReport,
        "answer.json" => ContractsJson.Default.FeedAnswer,
        "zones.jsonl" => ContractsJson.Default.ZoneAnswer,
        _ => throw new ArgumentException(name),
    };

    /// <summary>Every value of the one that is another in the other, or is not there.</summary>
    private static IEnumerable<string> Lost(string path, JsonNode? written, JsonNode? read) => (written, read) switch
    {
        (JsonObject one, JsonObject other) => one.SelectMany(member => Lost($"{path}.{member.Key}", member.Value, other[member.Key])),
        (JsonArray one, JsonArray other) when one.Count == other.Count => one.Zip(other).SelectMany((pair, i) => Lost($"{path}[{i}]", pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(written, read) ? [] : [$"{path}: {written?.ToJsonString()} is {read?.ToJsonString()} now"],
    };
}
