// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>Which profile encrypts the fields of which request (DP-25.2 to DP-25.4), with the profiles it names.</summary>
public sealed class FieldEncryptionModel(FieldEncryptionConfig config, ImmutableArray<FieldEncryptionProfileModel> profiles)
{
    private readonly FrozenDictionary<string, FieldEncryptionProfileModel> _byQueryArg = (config.QueryArgs?.Profiles ?? [])
        .ToFrozenDictionary(static mapped => mapped.QueryArg, mapped => profiles.First(profile => profile.Id == mapped.ProfileId), StringComparer.Ordinal);

    public ImmutableArray<FieldEncryptionProfileModel> Profiles { get; } = profiles;

    /// <summary>Whether the query argument means anything.</summary>
    public bool ReadsQueryArg { get; } = config.QueryArgs is not null;

    public bool ForwardsUnknownQueryArgs { get; } = config.QueryArgs is { ForwardsUnknown: true };

    public bool ForwardsUnknownContent { get; } = config.ForwardsUnknownContent;

    public bool KnowsForms { get; } = config.KnowsForms;

    /// <summary>Null where forms go to the origin as they are.</summary>
    public FieldEncryptionProfileModel? FormProfile { get; } = config.FormProfileId is { } id ? profiles.First(profile => profile.Id == id) : null;

    /// <summary>Null for an argument that is mapped to none.</summary>
    public FieldEncryptionProfileModel? FindByQueryArg(string value) => _byQueryArg.GetValueOrDefault(value);
}
