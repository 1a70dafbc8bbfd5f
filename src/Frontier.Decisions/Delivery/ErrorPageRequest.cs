// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>What the request for a custom error page keeps of the one that failed (DP-19.5).</summary>
public static class ErrorPageRequest
{
    /// <summary>They speak of the object that was asked for, or of the body that came with it.</summary>
    private static readonly byte[][] LeftOut =
    [
        "range"u8.ToArray(), "if-range"u8.ToArray(), "if-match"u8.ToArray(), "if-none-match"u8.ToArray(), "if-modified-since"u8.ToArray(), "if-unmodified-since"u8.ToArray(),
        "content-length"u8.ToArray(), "content-type"u8.ToArray(), "content-encoding"u8.ToArray(), "content-language"u8.ToArray(), "content-disposition"u8.ToArray(),
        "content-md5"u8.ToArray(), "transfer-encoding"u8.ToArray(), "expect"u8.ToArray(), "trailer"u8.ToArray(),
    ];

    public static void CopyHeaders(HeaderList failed, HeaderList into)
    {
        for (var i = 0; i < failed.Count; i++)
        {
            var index = i;
            if (!Array.Exists(LeftOut, name => failed.NameIs(index, name)))
            {
                into.Add(failed.Name(i), failed.Value(i));
            }
        }
    }
}
