// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Domain;

/// <summary>DP-25.5: patterns overlap when some field matches both.</summary>
public sealed class FieldPatternTests
{
    /// <summary>Every field of up to three letters of two: with patterns of at most two letters none longer is needed to tell.</summary>
    private static readonly string[] Fields = [.. Grow([""], 3)];

    [Fact]
    public void Overlap_is_what_trying_every_field_finds() =>
        Prop.ForAll(
            Gen.Elements<string>([.. Grow([""], 2), .. Grow([""], 2).Select(prefix => prefix + "*")]).Two().ToArbitrary(),
            pair => FieldEncryptionValidation.Overlap(pair.Item1, pair.Item2) == Fields.Any(field => Matches(pair.Item1, field) && Matches(pair.Item2, field)))
        .QuickCheckThrowOnFailure();

    private static bool Matches(string pattern, string field) =>
        pattern.EndsWith('*') ? field.StartsWith(pattern[..^1], StringComparison.Ordinal) : field == pattern;

    private static IEnumerable<string> Grow(IEnumerable<string> words, int letters) =>
        letters == 0 ? words : words.Concat(Grow(words.SelectMany(word => new[] { word + "a", word + "b" }), letters - 1)).Distinct();
}
