// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using Frontier.Control.Domain.FieldEncryption;
using Frontier.Control.Domain.Keys;

namespace Frontier.Control.Domain.Validation;

/// <summary>Configurations and profiles of field-level encryption (<c>api.md</c> §7, §9.1, DP-25.2, DP-25.5).</summary>
internal static class FieldEncryptionValidation
{
    /// <summary>§9.1: one key encrypts all fields of a profile.</summary>
    private const int Entities = 1;

    /// <summary>§9.1: there is one content type to have a profile.</summary>
    private const int MostContentTypes = 1;

    private const string ContentType = "application/x-www-form-urlencoded";
    private const int LongestWord = 128;
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> ProviderCharacters = SearchValues.Create(Alphanumeric + ":_-");
    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create(Alphanumeric + "[]._-");

    public static void Check(FieldEncryptionSettings settings, CheckContext context, FaultList faults)
    {
        NameValidation.CheckCallerReference(settings.CallerReference, faults);
        NameValidation.CheckComment(settings.Comment, faults);
        CheckQueryArgs(settings.QueryArgProfiles?.Profiles ?? [], context.Quotas, faults);
        CheckContentTypes(settings.ContentTypeProfiles?.Profiles ?? [], faults);
        if (settings.ProfileIds.Any(id => context.Catalogue.FieldEncryptionProfiles.All(profile => profile.Id != id)))
        {
            faults.Add(ApiErrors.NoSuchFieldEncryptionProfile);
        }
    }

    public static void Check(FieldEncryptionProfileSettings settings, CheckContext context, FaultList faults)
    {
        NameValidation.CheckCallerReference(settings.CallerReference, faults);
        NameValidation.CheckName(settings.Name, faults);
        NameValidation.CheckComment(settings.Comment, faults);
        faults.Require(settings.Entities.Length >= Entities, ApiErrors.InvalidArgument, "The parameter EncryptionEntities must have one item.");
        faults.Require(settings.Entities.Length <= Entities, ApiErrors.TooManyEncryptionEntities, ApiErrors.TooManyEncryptionEntities.Message);
        foreach (var entity in settings.Entities)
        {
            faults.Require(
                entity.ProviderId.Length is > 0 and <= LongestWord && !entity.ProviderId.AsSpan().ContainsAnyExcept(ProviderCharacters), ApiErrors.InvalidArgument,
                $"The parameter ProviderId must have 1 to {LongestWord} characters, each a letter or digit of ASCII or one of :_-.");
            CheckPatterns(entity.FieldPatterns, context.Quotas, faults);
            CheckKey(entity.PublicKeyId, context, faults);
        }
    }

    /// <summary>DP-25.5: whether some field would match both.</summary>
    public static bool Overlap(string one, string other) => (one, other) switch
    {
        ([.. var prefix, '*'], [.. var second, '*']) => prefix.StartsWith(second, StringComparison.Ordinal) || second.StartsWith(prefix, StringComparison.Ordinal),
        ([.. var prefix, '*'], var name) => name.StartsWith(prefix, StringComparison.Ordinal),
        (var name, [.. var prefix, '*']) => name.StartsWith(prefix, StringComparison.Ordinal),
        _ => one == other,
    };

    private static void CheckQueryArgs(ImmutableArray<QueryArgProfile> profiles, Quotas quotas, FaultList faults)
    {
        faults.Require(profiles.Length <= quotas.QueryArgProfiles, ApiErrors.TooManyQueryArgProfiles, ApiErrors.TooManyQueryArgProfiles.Message);
        faults.Require(profiles.DistinctBy(static profile => profile.QueryArg).Count() == profiles.Length, ApiErrors.InvalidArgument, "The parameter QueryArg is given more than once.");
        faults.Require(
            profiles.All(static profile => profile.QueryArg.Length is > 0 and <= LongestWord), ApiErrors.InvalidArgument,
            $"The parameter QueryArg must have 1 to {LongestWord} characters.");
        faults.Require(profiles.All(static profile => profile.ProfileId.Length > 0), ApiErrors.QueryArgProfileEmpty, ApiErrors.QueryArgProfileEmpty.Message);
    }

    private static void CheckContentTypes(ImmutableArray<ContentTypeProfile> profiles, FaultList faults)
    {
        faults.Require(profiles.Length <= MostContentTypes, ApiErrors.TooManyContentTypeProfiles, ApiErrors.TooManyContentTypeProfiles.Message);
        faults.Require(
            profiles.All(static profile => profile.ContentType.Equals(ContentType, StringComparison.OrdinalIgnoreCase)), ApiErrors.InvalidArgument,
            $"The parameter ContentType must be {ContentType}.");
    }

    private static void CheckPatterns(ImmutableArray<string> patterns, Quotas quotas, FaultList faults)
    {
        faults.Require(!patterns.IsEmpty, ApiErrors.InvalidArgument, "The parameter FieldPatterns must have at least one item.");
        if (patterns.Length > quotas.FieldPatternsPerProfile)
        {
            // Too many are not compared with each other: that would take the square of their number.
            faults.Add(ApiErrors.TooManyFieldPatterns);
            return;
        }

        foreach (var (position, pattern) in patterns.Index())
        {
            var name = pattern.EndsWith('*') ? pattern.AsSpan(0, pattern.Length - 1) : pattern;
            faults.Require(
                pattern.Length is > 0 and <= LongestWord && !name.ContainsAnyExcept(FieldCharacters), ApiErrors.InvalidArgument,
                $"The parameter FieldPattern '{pattern}' is not valid: it has 1 to {LongestWord} letters or digits of ASCII or characters of []._- and may end in an asterisk.");
            foreach (var other in patterns.Take(position).Where(other => Overlap(pattern, other)))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The parameters FieldPattern '{other}' and '{pattern}' overlap.");
            }
        }
    }

    private static void CheckKey(string id, CheckContext context, FaultList faults)
    {
        if (context.Catalogue.FindPublicKey(id) is not { } key)
        {
            faults.Add(ApiErrors.NoSuchPublicKey);
            return;
        }

        faults.Require(
            PublicKeyMaterial.TryParse(key.Settings.EncodedKey, out var material) && material.Algorithm == PublicKeyAlgorithm.Rsa2048, ApiErrors.InvalidArgument,
            $"The public key {id} is no RSA key; fields can be encrypted only with RSA.");
    }
}
