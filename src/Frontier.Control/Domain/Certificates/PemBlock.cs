// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Control.Domain.Certificates;

/// <summary>One block of a PEM text (RFC 7468). Text around blocks is explanation, which many tools write.</summary>
internal readonly record struct PemBlock(string Label, byte[] Content, string Text)
{
    /// <summary>At most so many are looked at; no chain is that long.</summary>
    private const int Most = 16;

    public static List<PemBlock> ReadAll(string text)
    {
        var blocks = new List<PemBlock>();
        var rest = text.AsSpan();
        while (blocks.Count < Most && PemEncoding.TryFind(rest, out var fields))
        {
            blocks.Add(new PemBlock(rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString()), rest[fields.Location].ToString()));
            rest = rest[fields.Location.End..];
        }

        return blocks;
    }
}
