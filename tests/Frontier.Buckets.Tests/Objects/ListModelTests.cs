// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Buckets.Tests.Objects;

public sealed class ListModelTests
{
    private static readonly Gen<string> Names = Gen.NonEmptyListOf(Gen.Elements("a", "b", "/", "//", "-", "ü", "\U0001F600", "\uFFFD")).Select(static pieces => string.Concat(pieces.Take(6)));

    /// <summary>Pages through any set of keys with any prefix, delimiter and page size and finds what a listing by hand finds, in the same order.</summary>
    [Fact]
    public void Paging_finds_what_a_naive_listing_finds() =>
        Prop.ForAll(
            (from keys in Gen.ListOf(Names)
             from prefix in Gen.OneOf(Gen.Constant(""), Names)
             from delimiter in Gen.Elements<string?>(null, "/", "//", "a", "ü")
             from size in Gen.Choose(1, 7)
             select (Keys: keys.ToArray(), prefix, delimiter, size)).ToArbitrary(),
            static sample =>
            {
                var order = new SortedSet<ObjectKey>(sample.Keys.Select(ObjectKey.FromText));
                var expected = Naive(order, sample.prefix, sample.delimiter);
                List<string> found = [];
                ObjectKey? after = null;
                for (var pages = 0; pages <= expected.Count; pages++)
                {
                    var page = ListPage.Read(order, static key => Stored(key), new ListQuery(sample.prefix, sample.delimiter, after, sample.size));
                    found.AddRange(page.Entries.Select(static entry => (entry.Object is null ? "P:" : "K:") + entry.Name));
                    if (!page.IsTruncated)
                    {
                        break;
                    }

                    if (page.Entries.Count != sample.size)
                    {
                        return false;
                    }

                    after = page.Last;
                }

                return found.SequenceEqual(expected);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Keys_are_ordered_by_their_bytes_not_by_their_utf16_units()
    {
        // U+FFFD is EF BF BD, U+1F600 is F0 9F 98 80; in UTF-16 the surrogate D83D comes first.
        Assert.True(ObjectKey.FromText("\uFFFD").CompareTo(ObjectKey.FromText("\U0001F600")) < 0);
    }

    private static List<string> Naive(SortedSet<ObjectKey> order, string prefix, string? delimiter)
    {
        List<string> found = [];
        foreach (var key in order.Select(static key => key.ToString()).Where(key => key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var cut = delimiter is null ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var entry = cut < 0 ? "K:" + key : "P:" + key[..(cut + delimiter!.Length)];
            if (!found.Contains(entry))
            {
                found.Add(entry);
            }
        }

        return found;
    }

    private static StoredObject Stored(ObjectKey key) =>
        new(key, "", default, new ObjectMetadata([], [], ObjectMetadata.Standard), null, new ObjectBody(new BodyFiles("/nowhere"), []));
}
