// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Protocols.SignedUrls;

/// <summary>The parts of a signature as a request carries them, encoded, by one of the two ways. A part that is empty counts as missing.</summary>
public ref struct SignedFields
{
    private uint _seen;

    /// <summary>Whether they came in cookies.</summary>
    public bool AreCookies { get; private set; }

    /// <summary>
    /// Whether a query parameter stands there twice: nobody knows which one was meant. Of two cookies of one name the first counts,
    /// which viewers send for the longer path (RFC 6265, section 5.4).
    /// </summary>
    public bool AreRepeated { get; private set; }

    public ReadOnlySpan<byte> Expires { get; private set; }

    public ReadOnlySpan<byte> Policy { get; private set; }

    public ReadOnlySpan<byte> Signature { get; private set; }

    public ReadOnlySpan<byte> KeyPairId { get; private set; }

    public ReadOnlySpan<byte> HashAlgorithm { get; private set; }

    /// <summary>DP-24.6: as soon as the query has any of the four, its cookies mean nothing.</summary>
    public static SignedFields Of(ReadOnlySpan<byte> query, HeaderList headers)
    {
        var fields = OfQuery(query);
        return (fields._seen & ~Bit(SigningPart.HashAlgorithm)) != 0 ? fields : OfCookies(headers);
    }

    private static SignedFields OfQuery(ReadOnlySpan<byte> query)
    {
        var fields = default(SignedFields);
        while (!query.IsEmpty)
        {
            var end = query.IndexOf((byte)'&');
            var parameter = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            var equals = parameter.IndexOf((byte)'=');
            fields.Take(SigningNames.Read(equals < 0 ? parameter : parameter[..equals]), equals < 0 ? default : parameter[(equals + 1)..]);
        }

        return fields;
    }

    private static SignedFields OfCookies(HeaderList headers)
    {
        var fields = new SignedFields { AreCookies = true };
        for (var i = headers.IndexOf("cookie"u8); i >= 0; i = headers.IndexOf("cookie"u8, i + 1))
        {
            var value = headers.Value(i);
            while (!value.IsEmpty)
            {
                var end = value.IndexOf((byte)';');
                var pair = (end < 0 ? value : value[..end]).Trim(" \t"u8);
                value = end < 0 ? default : value[(end + 1)..];
                var equals = pair.IndexOf((byte)'=');
                if (equals > 0)
                {
                    fields.Take(SigningNames.ReadCookie(pair[..equals]), pair[(equals + 1)..]);
                }
            }
        }

        return fields;
    }

    private static uint Bit(SigningPart part) => part is SigningPart.None ? 0 : 1u << (int)part;

    private void Take(SigningPart part, ReadOnlySpan<byte> value)
    {
        if ((_seen & Bit(part)) != 0)
        {
            AreRepeated |= !AreCookies;
            return;
        }

        _seen |= Bit(part);
        switch (part)
        {
            case SigningPart.None:
                return;
            case SigningPart.Expires:
                Expires = value;
                return;
            case SigningPart.Policy:
                Policy = value;
                return;
            case SigningPart.Signature:
                Signature = value;
                return;
            case SigningPart.KeyPairId:
                KeyPairId = value;
                return;
            case SigningPart.HashAlgorithm:
                HashAlgorithm = value;
                return;
        }
    }
}
