// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Geo.Tests;

/// <summary>Databases out of bytes.</summary>
internal static class Scripted
{
    public static async Task<MaxMindDatabase> OpenAsync(byte[] file)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.mmdb");
        await File.WriteAllBytesAsync(path, file);
        return await MaxMindDatabase.OpenAsync(path, directory.Path, CancellationToken.None);
    }

    public static Dictionary<string, object> Country(string code) => new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = code } };

    /// <summary>Null for an address that the database does not have.</summary>
    public static string? CountryOf(this MaxMindDatabase database, string address) =>
        database.TryFind(IPAddress.Parse(address), out var record) && record.TryGet("country"u8, out var country) && country.TryGet("iso_code"u8, out var code) ? code.AsText() : null;
}
