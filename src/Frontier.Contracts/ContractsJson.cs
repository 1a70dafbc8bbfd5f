// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;

namespace Frontier.Contracts;

/// <summary>The one JSON form of everything that crosses between roles. Unknown members are skipped, so that neighbouring versions understand each other.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConfigSnapshot))]
[JsonSerializable(typeof(SnapshotDelta))]
[JsonSerializable(typeof(EdgeReport))]
[JsonSerializable(typeof(FeedAnswer))]
[JsonSerializable(typeof(InvalidationEntry))]
[JsonSerializable(typeof(System.Collections.Immutable.ImmutableArray<InvalidationEntry>))]
[JsonSerializable(typeof(CertificateRequest))]
[JsonSerializable(typeof(CertificateAnswer))]
[JsonSerializable(typeof(FleetDirectory))]
[JsonSerializable(typeof(AuthorityAnswer))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(RenewRequest))]
[JsonSerializable(typeof(MachineCertificate))]
[JsonSerializable(typeof(ZoneReport))]
[JsonSerializable(typeof(ZoneAnswer))]
[JsonSerializable(typeof(ServedDistributions))]
public sealed partial class ContractsJson : JsonSerializerContext;
