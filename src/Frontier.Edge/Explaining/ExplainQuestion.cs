// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>
/// What a request asks to have explained, in fields that no origin and no key ever sees. <c>Frontier-Explain: token;live;method=HEAD</c>
/// carries the token and how to take the request, <c>Frontier-Explain-Client</c> an address to take it from.
/// </summary>
/// <param name="Method">The method to take the request for; null for its own. The answer needs a body, which HEAD has none of.</param>
/// <param name="Client">Null for the connection's own address.</param>
public sealed record ExplainQuestion(string Token, bool IsLive, string? Method, IPAddress? Client)
{
    public const string Field = "Frontier-Explain";

    public const string ClientField = "Frontier-Explain-Client";

    private static ReadOnlySpan<byte> Prefix => "frontier-explain"u8;

    /// <summary>The value of <see cref="Field"/>.</summary>
    public string FieldValue => Token + (IsLive ? ";live" : "") + (Method is null ? "" : ";method=" + Method);

    /// <summary>Takes the fields out of a request, whoever sent them. Null when there is no question, or none that makes sense.</summary>
    internal static ExplainQuestion? TakeFrom(HeaderList headers)
    {
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            if (headers.Name(i).Length >= Prefix.Length && Ascii.EqualsIgnoreCase(headers.Name(i)[..Prefix.Length], Prefix))
            {
                return Read(headers);
            }
        }

        return null;
    }

    /// <summary>Whether the token is the edge's, told in a time that says nothing of how nearly.</summary>
    internal bool IsFrom(string token) => CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(Token), Encoding.Latin1.GetBytes(token));

    private static ExplainQuestion? Read(HeaderList headers)
    {
        var asked = headers.GetText(Encoding.ASCII.GetBytes(Field));
        var client = headers.GetText(Encoding.ASCII.GetBytes(ClientField));
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            if (headers.NameText(i).StartsWith(Field, StringComparison.OrdinalIgnoreCase))
            {
                headers.RemoveAt(i);
            }
        }

        IPAddress? address = null;
        if (asked is null || (client is not null && !IPAddress.TryParse(client, out address)))
        {
            return null;
        }

        var parts = asked.Split(';', StringSplitOptions.TrimEntries);
        var method = parts.Skip(1).FirstOrDefault(static part => part.StartsWith("method=", StringComparison.Ordinal))?["method=".Length..];
        return method is null || (method.Length > 0 && method.All(char.IsAsciiLetter)) // nothing that could not be sent on
            ? new ExplainQuestion(parts[0], parts.Skip(1).Contains("live"), method, address)
            : null;
    }
}
