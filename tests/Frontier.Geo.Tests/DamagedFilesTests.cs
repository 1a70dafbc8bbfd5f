// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Geo.Tests;

/// <summary>Files that are not what they should be cost a message, never an address that is wrong without a word, a loop, or the process.</summary>
public sealed class DamagedFilesTests
{
    private static readonly byte[] Good = new ScriptedDatabase()
        .With("10.0.0.0/8", Scripted.Country("DE"))
        .With("192.0.2.0/24", new Dictionary<string, object> { ["names"] = new List<object> { "a", "b" }, ["country"] = new Dictionary<string, object> { ["iso_code"] = "FR" } })
        .With("2001:db8::/32", Scripted.Country("JP")).ToBytes();

    [Fact]
    public async Task A_file_of_another_kind_is_refused_by_a_message_that_says_so()
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Scripted.OpenAsync("ip,country\n10.0.0.0/8,DE\n"u8.ToArray()));
        Assert.Contains("no MaxMind DB file", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<InvalidDataException>(() => Scripted.OpenAsync([]));
        Assert.Contains("empty", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_end_is_missing_is_refused()
    {
        for (var length = 1; length < Good.Length - 200; length += 7)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => Scripted.OpenAsync(Good[..length]));
        }
    }

    [Fact]
    public async Task A_file_whose_beginning_is_missing_is_refused_or_its_look_ups_fail_within_bounds()
    {
        for (var cut = 1; cut < Good.Length; cut += 11)
        {
            await ProbeAsync(Good[cut..]);
        }
    }

    [Fact]
    public void Whatever_bytes_are_changed_look_ups_end() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Choose(0, Good.Length - 1).SelectMany(static at => Gen.Choose(0, 255).Select(value => (At: at, Value: (byte)value)))).ToArbitrary(),
            static changes =>
            {
                var file = (byte[])Good.Clone();
                foreach (var (at, value) in changes)
                {
                    file[at] = value;
                }

                ProbeAsync(file).GetAwaiter().GetResult();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public async Task What_becomes_of_the_file_after_it_was_opened_does_not_matter()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.mmdb");
        await File.WriteAllBytesAsync(path, Good);
        var database = await MaxMindDatabase.OpenAsync(path, directory.Path, CancellationToken.None);
        Assert.Equal([path], Directory.GetFiles(directory.Path));
        await File.WriteAllBytesAsync(path, []);
        Assert.Equal("DE", database.CountryOf("10.9.8.7"));
    }

    private static async Task ProbeAsync(byte[] file)
    {
        try
        {
            var database = await Scripted.OpenAsync(file);
            foreach (var address in (string[])["10.1.2.3", "192.0.2.7", "2001:db8::1", "255.255.255.255", "::"])
            {
                Read(database, IPAddress.Parse(address));
            }
        }
        catch (InvalidDataException)
        {
            // The one thing that may happen.
        }
    }

    private static void Read(MaxMindDatabase database, IPAddress address)
    {
        try
        {
            if (database.TryFind(address, out var record))
            {
                record.AsText();
                record.AsNumber();
                record.AsDouble();
                if (record.TryGet("country"u8, out var country) && country.TryGet("iso_code"u8, out var code))
                {
                    code.AsText();
                }
            }
        }
        catch (InvalidDataException)
        {
            // As above; the other addresses may do well.
        }
    }
}
