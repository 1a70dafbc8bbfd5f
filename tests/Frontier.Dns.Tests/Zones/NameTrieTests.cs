// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Tests.Wire;
using Frontier.Dns.Zones;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Dns.Tests.Zones;

/// <summary>The dictionary of names against an ordinary one.</summary>
public sealed class NameTrieTests
{
    [Fact]
    public void It_holds_what_was_put_and_not_removed() => Prop.ForAll(
        Gen.ListOf(from name in Names.Below([0]) from isPut in Gen.Elements(true, true, false) select (name, isPut)).ToArbitrary(),
        static steps =>
        {
            var trie = NameTrie<Item>.Empty;
            var model = new Dictionary<string, Item>();
            foreach (var (name, isPut) in steps)
            {
                var before = trie;
                var count = before.Count;
                if (isPut)
                {
                    var item = new Item(name);
                    trie = trie.Put(item);
                    model[Convert.ToHexString(name)] = item;
                }
                else
                {
                    trie = trie.Remove(name);
                    model.Remove(Convert.ToHexString(name));
                }

                Assert.Equal(count, before.Items.Count()); // the one before is as it was
            }

            Assert.Equal(model.Count, trie.Count);
            Assert.Equal(model.Values.ToHashSet(), trie.Items.ToHashSet());
            return model.All(entry => trie.Find(Convert.FromHexString(entry.Key)) == entry.Value);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Made_at_once_it_is_the_same_as_made_one_by_one()
    {
        var items = Enumerable.Range(0, 20_000).Select(static each => new Item([.. Label($"n{each}"), .. Label("example"), 0])).ToList();

        var trie = NameTrie<Item>.Of(items);

        Assert.Equal(items.Count, trie.Items.Distinct().Count());
        Assert.All(items, item => Assert.Same(item, trie.Find(item.Name)));
        Assert.Null(trie.Find([.. Label("n20000"), .. Label("example"), 0]));
        Assert.Empty(items.Aggregate(trie, static (left, item) => left.Remove(item.Name)).Items);
    }

    private static byte[] Label(string text) => [(byte)text.Length, .. text.Select(static letter => (byte)letter)];

    private sealed class Item(byte[] name) : Named(name);
}
