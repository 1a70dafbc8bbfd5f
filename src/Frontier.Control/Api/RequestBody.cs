// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api;

/// <summary>Reads request bodies whole, within a bound.</summary>
internal static class RequestBody
{
    /// <summary>The body, or null when it is longer than <paramref name="longest"/> bytes; no more than that is ever kept.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int longest)
    {
        if (context.Request.ContentLength > longest)
        {
            return null;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > longest)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
