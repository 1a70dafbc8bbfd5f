// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;
using Frontier.Control.Backup;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Fleet;
using Frontier.Control.OwnApi;
using Frontier.Control.Rollout;
using Frontier.Testing;

namespace Frontier.Control.Tests.Versions;

/// <summary>What another version of the program wrote into the store, or answers, lacks members that this one has.</summary>
public sealed class StoredJsonTests
{
    private static readonly JsonSerializerContext[] Contexts = [RolloutJson.Default, MachineReportJson.Default, RecordSetJson.Default, BackupJson.Default, OwnJson.Default];

    [Fact]
    public void A_member_that_a_stored_document_lacks_has_its_default_or_is_required() => Assert.All(Contexts, static context =>
    {
        Assert.Empty(MissingMembersCheck.FaultsOf(context, out var members));
        Assert.True(members > 0);
    });
}
