// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Keys;

/// <summary>The viewer's Accept-Encoding as key and origin get it (§7).</summary>
public enum AcceptedEncodings
{
    /// <summary>The policy takes no part, also where it lists the header among others (DP-20.6), or the viewer sent none.</summary>
    Unspecified,

    /// <summary>The header names neither encoding that the policy enables.</summary>
    Identity,
    Gzip,
    Brotli,
    BrotliAndGzip,
}

public static class AcceptEncodingNormalization
{
    extension(AcceptedEncodings encodings)
    {
        /// <summary>The part of the cache key; empty when it has none.</summary>
        public ReadOnlySpan<byte> KeyValue => encodings switch
        {
            AcceptedEncodings.Unspecified or AcceptedEncodings.Identity => default,
            AcceptedEncodings.Gzip => "gzip"u8,
            AcceptedEncodings.Brotli => "br"u8,
            AcceptedEncodings.BrotliAndGzip => "br,gzip"u8,
        };

        /// <summary>The header sent to the origin; empty for none.</summary>
        public ReadOnlySpan<byte> OriginValue => encodings is AcceptedEncodings.Identity ? "identity"u8 : encodings.KeyValue;
    }

    /// <summary>DP-7.1: <c>q=0</c> means unsupported, other weights are ignored, <c>*</c> names nothing. DP-7.3: an HTTP/1.0 viewer's header does not count.</summary>
    public static AcceptedEncodings Decide(RequestHead request, CachePolicyModel policy)
    {
        if ((!policy.Gzip && !policy.Brotli) || request.Version is HttpVersion.Http10 || !request.Headers.Contains("accept-encoding"u8))
        {
            return AcceptedEncodings.Unspecified;
        }

        var (gzip, brotli) = (false, false);
        for (var i = request.Headers.IndexOf("accept-encoding"u8); i >= 0; i = request.Headers.IndexOf("accept-encoding"u8, i + 1))
        {
            foreach (var range in request.Headers.Value(i).Split((byte)','))
            {
                var member = request.Headers.Value(i)[range];
                gzip |= policy.Gzip && Names(member, "gzip"u8);
                brotli |= policy.Brotli && Names(member, "br"u8);
            }
        }

        return (brotli, gzip) switch
        {
            (true, true) => AcceptedEncodings.BrotliAndGzip,
            (true, false) => AcceptedEncodings.Brotli,
            (false, true) => AcceptedEncodings.Gzip,
            (false, false) => AcceptedEncodings.Identity,
        };
    }

    private static bool Names(ReadOnlySpan<byte> member, ReadOnlySpan<byte> coding)
    {
        var semicolon = member.IndexOf((byte)';');
        var name = (semicolon < 0 ? member : member[..semicolon]).Trim(" \t"u8);
        return Ascii.EqualsIgnoreCase(name, coding) && (semicolon < 0 || !HasZeroWeight(member[(semicolon + 1)..]));
    }

    private static bool HasZeroWeight(ReadOnlySpan<byte> parameters)
    {
        foreach (var range in parameters.Split((byte)';'))
        {
            var parameter = parameters[range].Trim(" \t"u8);
            if (parameter is [(byte)'q' or (byte)'Q', (byte)'=', _, ..] && parameter[2..].IndexOfAnyExcept("0."u8) < 0)
            {
                return true;
            }
        }

        return false;
    }
}
