// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Geo.Tests;

/// <summary>Which network an address belongs to.</summary>
public sealed class NetworksTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    public async Task An_address_belongs_to_the_smallest_network_around_it(int recordBits)
    {
        var database = await Scripted.OpenAsync(new ScriptedDatabase(recordBits)
            .With("10.0.0.0/8", Scripted.Country("DE")).With("10.1.0.0/16", Scripted.Country("FR")).With("10.1.2.3/32", Scripted.Country("IT"))
            .With("2001:db8::/32", Scripted.Country("JP")).With("2001:db8:1::/48", Scripted.Country("KR")).ToBytes());
        Assert.Equal("DE", database.CountryOf("10.0.0.1"));
        Assert.Equal("DE", database.CountryOf("10.255.255.255"));
        Assert.Equal("FR", database.CountryOf("10.1.2.4"));
        Assert.Equal("IT", database.CountryOf("10.1.2.3"));
        Assert.Equal("IT", database.CountryOf("::ffff:10.1.2.3"));
        Assert.Equal("JP", database.CountryOf("2001:db8::1"));
        Assert.Equal("KR", database.CountryOf("2001:db8:1::1"));
        Assert.Null(database.CountryOf("11.0.0.0"));
        Assert.Null(database.CountryOf("2001:db9::1"));
        Assert.Equal(("Scripted", 6, recordBits), (database.Metadata.Type, database.Metadata.IpVersion, database.Metadata.RecordBits));
    }

    [Fact]
    public async Task A_database_of_IPv4_has_no_IPv6_addresses()
    {
        var database = await Scripted.OpenAsync(new ScriptedDatabase(ipVersion: 4).With("192.0.2.0/24", Scripted.Country("CH")).ToBytes());
        Assert.Equal("CH", database.CountryOf("192.0.2.200"));
        Assert.Null(database.CountryOf("2001:db8::1"));
        Assert.Null(database.CountryOf("192.0.3.0"));
    }

    [Fact]
    public void Every_network_is_found_from_its_first_address_to_its_last()
    {
        var networks = Gen.ArrayOf(Gen.Choose(0, int.MaxValue).SelectMany(static bits => Gen.Choose(9, 32).Select(length => (Bits: (uint)bits << 1, Length: length)))).ToArbitrary();
        Prop.ForAll(networks, Gen.Elements(24, 28, 32).ToArbitrary(), static (asked, recordBits) =>
        {
            var scripted = new ScriptedDatabase(recordBits);
            var known = new List<(uint First, uint Last, string Name)>();
            foreach (var (bits, length) in asked.OrderBy(static network => network.Length))
            {
                var mask = length == 32 ? 0u : uint.MaxValue >> length;
                var first = bits & ~mask;
                known.Add((first, first | mask, $"N{known.Count}"));
                scripted.With($"{Address(first)}/{length}", known[^1].Name);
            }

            var database = Scripted.OpenAsync(scripted.ToBytes()).GetAwaiter().GetResult();
            return known.SelectMany(static network => new[] { network.First, network.Last, network.First - 1, network.Last + 1 }).All(probe =>
            {
                var expected = known.LastOrDefault(network => network.First <= probe && probe <= network.Last).Name;
                return (database.TryFind(Address(probe), out var record) ? record.AsText() : null) == expected;
            });
        }).QuickCheckThrowOnFailure();
    }

    private static IPAddress Address(uint bits) => new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
}
