// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Geo.Tests;

/// <summary>What a record says.</summary>
public sealed class ValuesTests
{
    private static readonly IPAddress Somebody = IPAddress.Parse("192.0.2.1");

    [Fact]
    public async Task Each_type_is_read_as_it_was_written()
    {
        var record = await OnlyRecordAsync(new Dictionary<string, object>
        {
            ["text"] = "Zürich",
            ["long"] = new string('x', 2000),
            ["double"] = -33.86749,
            ["float"] = 0.5f,
            ["small"] = (ushort)500,
            ["zero"] = 0u,
            ["asn"] = 4_200_000_000u,
            ["large"] = ulong.MaxValue,
            ["yes"] = true,
            ["no"] = false,
            ["bytes"] = new byte[] { 1, 2, 3 },
            ["list"] = new List<object> { "a", new Dictionary<string, object> { ["iso_code"] = "b" }, 7u },
        });
        Assert.Equal("Zürich", Member(record, "text").AsText());
        Assert.Equal(2000, Member(record, "long").AsText()!.Length);
        Assert.Equal(-33.86749, Member(record, "double").AsDouble());
        Assert.Equal(0.5, Member(record, "float").AsDouble());
        Assert.Equal(500ul, Member(record, "small").AsNumber());
        Assert.Equal(0ul, Member(record, "zero").AsNumber());
        Assert.Equal(4_200_000_000ul, Member(record, "asn").AsNumber());
        Assert.Equal(ulong.MaxValue, Member(record, "large").AsNumber());
        Assert.True(Member(record, "yes").AsBoolean());
        Assert.False(Member(record, "no").AsBoolean());
        Assert.True(Member(record, "list").TryGet(1, out var second));
        Assert.Equal("b", Member(second, "iso_code").AsText());
        Assert.True(Member(record, "list").TryGet(2, out var third));
        Assert.Equal(7ul, third.AsNumber());
    }

    [Fact]
    public async Task What_is_not_there_or_of_another_type_is_nothing()
    {
        var record = await OnlyRecordAsync(new Dictionary<string, object> { ["text"] = "a", ["list"] = new List<object>() });
        Assert.False(record.TryGet("tex"u8, out _));
        Assert.False(record.TryGet("Text"u8, out _));
        Assert.False(Member(record, "list").TryGet(0, out _));
        Assert.False(Member(record, "text").TryGet("a"u8, out _));
        Assert.Null(Member(record, "text").AsNumber());
        Assert.Null(Member(record, "text").AsDouble());
        Assert.Null(Member(record, "text").AsBoolean());
        Assert.Null(record.AsText());
        Assert.Null(default(DatabaseValue).AsText());
        Assert.False(default(DatabaseValue).TryGet("a"u8, out _));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3_000, false)]
    [InlineData(600_000, false)]
    [InlineData(600_000, true)]
    public async Task Pointers_of_every_length_lead_to_what_was_said_before(int room, bool longest)
    {
        var database = await Scripted.OpenAsync(new ScriptedDatabase(32) { Room = room, UsesLongestPointers = longest }
            .With("192.0.2.0/25", Scripted.Country("DE")).With("192.0.2.128/25", Scripted.Country("DE")).ToBytes());
        Assert.Equal(("DE", "DE"), (database.CountryOf("192.0.2.1"), database.CountryOf("192.0.2.129")));
    }

    private static async Task<DatabaseValue> OnlyRecordAsync(object record)
    {
        var database = await Scripted.OpenAsync(new ScriptedDatabase().With("192.0.2.0/24", record).ToBytes());
        Assert.True(database.TryFind(Somebody, out var found));
        return found;
    }

    private static DatabaseValue Member(DatabaseValue map, string name)
    {
        Assert.True(map.TryGet(System.Text.Encoding.UTF8.GetBytes(name), out var value));
        return value;
    }
}
