// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Frontier.Control.OwnApi;

/// <summary>An access key as callers see it.</summary>
/// <param name="Role"><c>Admin</c> or <c>ReadOnly</c>.</param>
/// <param name="Status"><c>Active</c>, <c>Inactive</c>, or <c>Unreadable</c> where another key file sealed its secret.</param>
/// <param name="Origin"><c>Store</c>, or <c>Start</c> for a key that the process which answers was given.</param>
/// <param name="LastUsedAt">To within an hour; null for never, or where that is not known.</param>
/// <param name="Secret">In the answer to its creation, and never again.</param>
public sealed record AccessKeyDocument(string Id, string Role, string Status, string Description, string Origin, DateTimeOffset? CreatedAt = null, DateTimeOffset? LastUsedAt = null, string? Secret = null);

/// <summary>The request that makes a key.</summary>
/// <param name="Role"><c>Admin</c> or <c>ReadOnly</c>; without one it is refused by name, which a parser could not.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateAccessKeyDocument(string? Role = null, string? Description = null);

/// <summary>The request that changes one.</summary>
/// <param name="Status"><c>Active</c> or <c>Inactive</c>; without one it is refused by name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateAccessKeyDocument(string? Status = null);

public sealed record AccessKeyListDocument(ImmutableArray<AccessKeyDocument> Items);

/// <summary>An entry of the audit log.</summary>
/// <param name="ResourceType">A kind of CloudFront resource, <c>Invalidation</c> or <c>AccessKey</c>; empty for a refused attempt.</param>
/// <param name="Error">The code that a refused attempt was answered with; null for a change that was made.</param>
public sealed record AuditEntryDocument(
    long Sequence, DateTimeOffset Time, string AccessKeyId, string Source, string Operation, string ResourceType, string ResourceId, string RequestId, string? Error = null,
    [property: JsonPropertyName("etagBefore")] string? ETagBefore = null, [property: JsonPropertyName("etagAfter")] string? ETagAfter = null, string? Before = null, string? After = null);

/// <summary>A page of the audit log, newest first.</summary>
/// <param name="NextBefore">What to give as <c>before</c> for the page that follows; null on the last.</param>
public sealed record AuditListDocument(ImmutableArray<AuditEntryDocument> Items, long? NextBefore = null);
