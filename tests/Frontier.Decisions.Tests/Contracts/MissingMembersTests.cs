// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.Contracts;

/// <summary>Documents of neighbouring versions lack members that this one has, and it reads them by the defaults.</summary>
public sealed partial class MissingMembersTests
{
    [Fact]
    public void A_member_that_a_document_of_another_role_lacks_has_its_default_or_is_required()
    {
        Assert.Empty(MissingMembersCheck.FaultsOf(ContractsJson.Default, out var members));
        Assert.InRange(members, 200, 1_000);
    }

    /// <summary>What generated code makes of initialisers; should that change one day, contracts can be written more plainly.</summary>
    [Fact]
    public void The_check_finds_a_member_whose_default_an_initialiser_alone_says()
    {
        var faults = MissingMembersCheck.FaultsOf(ForgetfulJson.Default, out _);

        Assert.Equal(
            ["Forgetful.isOn: where it is missing it is false, and should be true.", "Forgetful.list: where it is missing it is no list at all, and should be [].", "Forgetful.name: where it is missing it is null, and should be \"\"."],
            faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lists_of_a_directory_that_it_does_not_have_are_empty()
    {
        var directory = JsonSerializer.Deserialize("""{"revision":"a"}""", ContractsJson.Default.FleetDirectory)!;

        Assert.Empty(directory.Nodes);
        Assert.Empty(directory.Pops);
        Assert.Equal(100, JsonSerializer.Deserialize("""{"revision":"a","nodes":[{"id":"edge-1","pop":"fra1","state":"InService","facts":{"role":"Edge","programVersion":"0.1"}}]}""", ContractsJson.Default.FleetDirectory)!.Nodes[0].Facts.Weight);
    }

    [Theory]
    [InlineData("""{"revision":"a","nodes":null}""")]
    [InlineData("""{"nodes":[]}""")]
    public void A_document_without_what_is_required_or_with_null_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ContractsJson.Default.FleetDirectory));

    internal sealed record Forgetful
    {
        public string Name { get; init; } = "";

        public ImmutableArray<string> List { get; init; } = [];

        public bool IsOn { get; init; } = true;
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(Forgetful))]
    internal sealed partial class ForgetfulJson : JsonSerializerContext;
}
