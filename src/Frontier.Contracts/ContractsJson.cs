// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;

namespace Frontier.Contracts;

/// <summary>
/// The one JSON form of everything that crosses between roles. Unknown members are skipped, and members that are missing have their defaults,
/// so that neighbouring versions understand each other; a document without a required one is refused.
/// </summary>
/// <remarks>
/// What reads the JSON gives every member of a record that can be set while it is made, also where the JSON lacks it: then it is zero or null, whatever its
/// initialiser says. So a number or a flag that has another default is a parameter of its record, whose default counts; and lists and
/// objects that would be null are replaced where they are set (<see cref="MissingMembers"/>).
/// </remarks>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
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
