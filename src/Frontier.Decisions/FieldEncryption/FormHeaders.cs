// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Decisions.FieldEncryption;

/// <summary>Header fields of a form that is encrypted on its way.</summary>
public static class FormHeaders
{
    private static readonly byte[][] Digests =
        ["content-md5"u8.ToArray(), "content-digest"u8.ToArray(), "repr-digest"u8.ToArray(), "digest"u8.ToArray(), "x-amz-content-sha256"u8.ToArray()];

    /// <summary>What the viewer has said of the body's bytes is true of other bytes (RFC 9530; SigV4).</summary>
    public static void RemoveDigests(HeaderList headers)
    {
        foreach (var name in Digests)
        {
            headers.Remove(name);
        }
    }
}
