// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Http.Tls;

/// <summary>The JA3 and JA4 fingerprints of a ClientHello, as their authors publish them (§10.3).</summary>
public static class ClientFingerprint
{
    private const ushort ServerName = 0;
    private const ushort Alpn = 16;

    public static TlsFingerprints Of(ClientHello hello) => new(Ja3(hello), Ja4(hello));

    /// <summary>The text that JA3 hashes: version, ciphers, extensions, groups and point formats, in decimal, as sent.</summary>
    public static string Ja3Text(ClientHello hello) => string.Create(
        CultureInfo.InvariantCulture,
        $"{hello.LegacyVersion},{string.Join('-', hello.Ciphers)},{string.Join('-', hello.Extensions)},{string.Join('-', hello.Groups)},{string.Join('-', hello.PointFormats)}");

#pragma warning disable CA5351 // The format prescribes MD5; nothing is protected by it.
    public static string Ja3(ClientHello hello) => Convert.ToHexStringLower(MD5.HashData(Encoding.ASCII.GetBytes(Ja3Text(hello))));
#pragma warning restore CA5351

    /// <summary>
    /// Transport, version, whether a name was sent, two counts and the protocol's ends; then, each as twelve digits of SHA-256,
    /// the sorted ciphers, and the sorted extensions with the signature algorithms as sent.
    /// </summary>
    public static string Ja4(ClientHello hello)
    {
        var name = hello.Extensions.Contains(ServerName) ? 'd' : 'i';
        var extensions = hello.Extensions.Where(static type => type is not (ServerName or Alpn)).Order();
        var signatures = hello.SignatureAlgorithms.Count > 0 ? "_" + Hex(hello.SignatureAlgorithms) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"t{Version(hello)}{name}{Math.Min(hello.Ciphers.Count, 99):D2}{Math.Min(hello.Extensions.Count, 99):D2}{Protocol(hello.FirstProtocol)}_{Hash(Hex(hello.Ciphers.Order()))}_{Hash(hello.Extensions.Count == 0 ? "" : Hex(extensions) + signatures)}");
    }

    private static string Version(ClientHello hello) => hello.Versions.Append(hello.Versions.Count == 0 ? hello.LegacyVersion : (ushort)0).Max() switch
    {
        0x0304 => "13",
        0x0303 => "12",
        0x0302 => "11",
        0x0301 => "10",
        0x0300 => "s3",
        0x0002 => "s2",
        _ => "00",
    };

    /// <summary>First and last character; of their hexadecimal form where either is neither letter nor digit.</summary>
    private static string Protocol(byte[] name)
    {
        if (name is not [var first, ..])
        {
            return "00";
        }

        var last = name[^1];
        return char.IsAsciiLetterOrDigit((char)first) && char.IsAsciiLetterOrDigit((char)last)
            ? $"{(char)first}{(char)last}"
            : $"{Convert.ToHexStringLower([first])[0]}{Convert.ToHexStringLower([last])[1]}";
    }

    private static string Hex(IEnumerable<ushort> numbers) => string.Join(',', numbers.Select(static number => number.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Hash(string text) => text.Length == 0 ? "000000000000" : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..12];
}
