// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Frontier.Geo.Tests;

/// <summary>A real database, read beside the reference implementation (DP-23.4): its command line, and its library by way of Python.</summary>
public sealed class OtherReadersTests
{
    private const string LookUpAll = """
        import sys, maxminddb
        database = maxminddb.open_database(sys.argv[1], maxminddb.MODE_MMAP_EXT)
        for line in sys.stdin:
            record = database.get(line.strip())
            print(record["country_code"] if record else "-")
        """;

    /// <summary>It ends with 6 for an address that the database does not know, and with another number, or silently, for no answer at all.</summary>
    private const string LookUpEach = """
        while read -r address; do
            found=$(mmdblookup --file "$1" --ip "$address" country_code 2>&1)
            case "$?:$found" in
                0:*\"*\"*) found=${found#*\"}; echo "${found%%\"*}" ;;
                6:*"Could not find"*) echo - ;;
                *) echo "$address: $found"; exit 1 ;;
            esac
        done
        """;

    private static readonly string Database = Path.Combine(
        Repository(), "tests", "javascript", "node_modules", "@ip-location-db", "geo-whois-asn-country-mmdb", "geo-whois-asn-country.mmdb");

    [Fact]
    public async Task A_hundred_thousand_addresses_are_where_the_reference_library_finds_them()
    {
        var database = await OpenAsync();
        var random = new Random(20261121);
        var addresses = Enumerable.Range(0, 100_000).Select(i => Address(random, i)).ToList();
        var expected = await RunAsync("/usr/bin/python3", ["-c", LookUpAll, Database], string.Join('\n', addresses));
        Assert.Equal(expected.Split('\n', StringSplitOptions.RemoveEmptyEntries), addresses.Select(address => CountryOf(database, address) ?? "-"));
        Assert.InRange(addresses.Count(address => CountryOf(database, address) is not null), 40_000, 100_000); // most of them mean something
    }

    /// <summary>A process for each: a hundred thousand, as <c>bench/results/geo-2026-11-22.md</c> tells of, take minutes.</summary>
    [Fact]
    public async Task Some_addresses_are_where_mmdblookup_finds_them()
    {
        var database = await OpenAsync();
        var random = new Random(42);
        var count = int.Parse(Environment.GetEnvironmentVariable("FRONTIER_TEST_ADDRESSES") ?? "500", CultureInfo.InvariantCulture);
        var addresses = Enumerable.Range(0, count).Select(i => Address(random, i)).ToList();
        var said = await RunAsync("/bin/sh", ["-c", LookUpEach, "sh", Database], string.Join('\n', addresses) + '\n');
        Assert.Equal(said.Split('\n', StringSplitOptions.RemoveEmptyEntries), addresses.Select(address => CountryOf(database, address) ?? "-"));
    }

    /// <summary>Every other one of IPv6, among the addresses that are given out.</summary>
    private static IPAddress Address(Random random, int index)
    {
        var bytes = new byte[index % 2 == 0 ? 4 : 16];
        random.NextBytes(bytes);
        if (bytes.Length == 16)
        {
            (bytes[0], bytes[1]) = ((byte)(0x20 | (bytes[0] & 0x0F)), (byte)(bytes[1] & 0x1F));
            bytes[0] = index % 4 == 1 ? (byte)0x2A : bytes[0];
        }

        return new IPAddress(bytes);
    }

    private static string? CountryOf(MaxMindDatabase database, IPAddress address) =>
        database.TryFind(address, out var record) && record.TryGet("country_code"u8, out var code) ? code.AsText() : null;

    private static async Task<MaxMindDatabase> OpenAsync()
    {
        Assert.SkipUnless(File.Exists(Database), $"The database is not installed; ./eng/test.sh does that. It was looked for at {Database}.");
        using var directory = new TemporaryDirectory();
        return await MaxMindDatabase.OpenAsync(Database, directory.Path, CancellationToken.None);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var reading = process.StandardOutput.ReadToEndAsync();
        var complaining = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await reading;
        await process.WaitForExitAsync();
        var complaint = await complaining;
        Assert.True(process.ExitCode is 0 || complaint.Contains("Could not find", StringComparison.Ordinal), complaint);
        return output;
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Frontier.slnx")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
