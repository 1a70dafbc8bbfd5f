// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using System.Text;

namespace Frontier.Control.Versions;

/// <summary>How the document of a version lies in the store: as it is when it is short, compressed when it is long. Pure.</summary>
internal static class VersionText
{
    /// <summary>No document begins so: they are XML.</summary>
    private const string Packed = "br:";

    /// <summary>Characters; below, compression saves next to nothing once it is text again.</summary>
    private const int LongestPlain = 1_024;

    /// <summary>A middle level: a tenth of the size, in a fraction of a millisecond for a document of usual length.</summary>
    private static readonly BrotliCompressionOptions Options = new() { Quality = 5 };

    public static string Pack(string document)
    {
        if (document.Length <= LongestPlain)
        {
            return document;
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, Options, leaveOpen: true))
        {
            brotli.Write(Encoding.UTF8.GetBytes(document));
        }

        return Packed + Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static string Unpack(string stored)
    {
        if (!stored.StartsWith(Packed, StringComparison.Ordinal))
        {
            return stored;
        }

        using var brotli = new BrotliStream(new MemoryStream(Convert.FromBase64String(stored[Packed.Length..])), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
