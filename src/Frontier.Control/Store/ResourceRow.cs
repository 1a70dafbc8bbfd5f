// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>Kinds of resource. Stored by name: members may be added, never renamed.</summary>
public enum ResourceKind
{
    Distribution,
    OriginAccessControl,
    OriginAccessIdentity,
    CachePolicy,
    OriginRequestPolicy,
    ResponseHeadersPolicy,
    ContinuousDeploymentPolicy,
    Function,
    KeyValueStore,

    PublicKey,
    KeyGroup,
    FieldLevelEncryptionConfig,
    FieldLevelEncryptionProfile,
    RealtimeLogConfig,
    MonitoringSubscription,
    StreamingDistribution,
    TrustStore,

    /// <summary>Imported by ACM's API.</summary>
    Certificate,

    /// <summary>Uploaded by IAM's API.</summary>
    ServerCertificate,
}

/// <summary>One versioned resource of the API.</summary>
public sealed record ResourceRow
{
    public required ResourceKind Kind { get; init; }

    /// <summary>Unique within its kind.</summary>
    public required string Id { get; init; }

    /// <summary>Unique within its kind; null for kinds that are not named.</summary>
    public string? Name { get; init; }

    /// <summary>Unique within its kind; null for kinds that have none.</summary>
    public string? CallerReference { get; init; }

    /// <summary>Unique; null for kinds that are not reached by name.</summary>
    public string? DomainName { get; init; }

    /// <summary>Changes with every successful write (API-3.1), so that readers may keep what they made of a row. Only <see cref="Deployed"/> changes without it.</summary>
    public required string ETag { get; init; }

    /// <summary>The configuration document, canonical XML.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    /// <summary>The snapshot version of its last change.</summary>
    public long SnapshotVersion { get; init; }

    /// <summary>Whether every edge in service had that version at some moment.</summary>
    public bool Deployed { get; init; }
}

/// <summary>All resources in order of creation, and the newest snapshot version when they were read.</summary>
/// <param name="Marks">Of every resource.</param>
/// <param name="Resources">Those of the resources that the reader did not know.</param>
public sealed record StoreContents(long SnapshotVersion, IReadOnlyList<ResourceMark> Marks, IReadOnlyList<ResourceRow> Resources)
{
    /// <summary>Counts changes to resources, those included that cause no snapshot.</summary>
    public long Revision { get; init; }
}

/// <summary>A compiled configuration: <see cref="Contracts.ConfigSnapshot"/> or <see cref="Contracts.SnapshotDelta"/> as JSON. To the store it is a text.</summary>
public sealed record SnapshotRow(long Version, string Json, DateTimeOffset CreatedAt);

/// <param name="SnapshotVersion">The newest version; 0 for none yet.</param>
/// <param name="LogEnd">The newest sequence of the invalidation log; 0 for none yet.</param>
/// <param name="OldestKept">The oldest sequence that <see cref="IControlStore.ReadLogAsync"/> can still answer; <c>LogEnd + 1</c> when the log is empty.</param>
public sealed record StoreHead(long SnapshotVersion, long LogEnd, long OldestKept)
{
    /// <summary>Moves with every change to an access key.</summary>
    public long KeyRevision { get; init; }

    /// <summary>As <see cref="StoreContents.Revision"/>.</summary>
    public long Revision { get; init; }
}
