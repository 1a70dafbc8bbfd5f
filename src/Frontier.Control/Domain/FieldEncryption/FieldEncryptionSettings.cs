// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.FieldEncryption;

/// <summary>Which profile encrypts which request (<c>api.md</c> §6.14, DP-25.2 to DP-25.4).</summary>
internal sealed record FieldEncryptionSettings
{
    public required string CallerReference { get; init; }

    public string Comment { get; init; } = "";

    /// <summary>Null when left out.</summary>
    public QueryArgProfiles? QueryArgProfiles { get; init; }

    /// <summary>Null when left out.</summary>
    public ContentTypeProfiles? ContentTypeProfiles { get; init; }

    /// <summary>Every profile that is named.</summary>
    public IEnumerable<string> ProfileIds =>
        (QueryArgProfiles?.Profiles ?? []).Select(static profile => profile.ProfileId)
            .Concat((ContentTypeProfiles?.Profiles ?? []).Select(static profile => profile.ProfileId)).Where(static id => id.Length > 0);
}

internal sealed record QueryArgProfiles(bool ForwardWhenUnknown, ImmutableArray<QueryArgProfile> Profiles);

internal sealed record QueryArgProfile(string QueryArg, string ProfileId);

internal sealed record ContentTypeProfiles(bool ForwardWhenUnknown, ImmutableArray<ContentTypeProfile> Profiles);

/// <param name="ProfileId">Empty when nothing is encrypted in this content type.</param>
internal sealed record ContentTypeProfile(string Format, string ContentType, string ProfileId);
