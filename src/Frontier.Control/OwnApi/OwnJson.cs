// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Control.OwnApi.Versions;

namespace Frontier.Control.OwnApi;

/// <summary>The JSON of Frontier's own API. Who reads answers passes over members that a later version added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(VersionPageDocument))]
[JsonSerializable(typeof(VersionDetailDocument))]
[JsonSerializable(typeof(DiffDocument))]
[JsonSerializable(typeof(RollbackDocument))]
[JsonSerializable(typeof(RolledBackDocument))]
[JsonSerializable(typeof(AccessKeyDocument))]
[JsonSerializable(typeof(AccessKeyListDocument))]
[JsonSerializable(typeof(CreateAccessKeyDocument))]
[JsonSerializable(typeof(UpdateAccessKeyDocument))]
[JsonSerializable(typeof(AuditListDocument))]
[JsonSerializable(typeof(Planning.PlanRequest))]
[JsonSerializable(typeof(Planning.PlanDocument))]
[JsonSerializable(typeof(Planning.LintDocument))]
[JsonSerializable(typeof(PopDocument))]
[JsonSerializable(typeof(PopListDocument))]
[JsonSerializable(typeof(PutPopDocument))]
[JsonSerializable(typeof(NodeDocument))]
[JsonSerializable(typeof(NodeListDocument))]
[JsonSerializable(typeof(CreateJoinTokenDocument))]
[JsonSerializable(typeof(JoinTokenDocument))]
[JsonSerializable(typeof(JoinTokenListDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(Rollouts.RolloutDocument))]
[JsonSerializable(typeof(Rollouts.HaltDocument))]
[JsonSerializable(typeof(Zones.ZoneFileDocument))]
[JsonSerializable(typeof(Zones.ZoneFileImportedDocument))]
public sealed partial class OwnJson : JsonSerializerContext;
