// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Http.Tests.Transport;

/// <summary>What handlers of the tests say.</summary>
internal static class Answers
{
    public static ResponseHead Head(int status = 200, params IReadOnlyList<(string Name, string Value)> fields)
    {
        var head = new ResponseHead { Status = status };
        foreach (var (name, value) in fields)
        {
            head.Headers.Add(name, value);
        }

        return head;
    }

    public static async ValueTask TextAsync(HttpExchange exchange, string text, int status = 200)
    {
        await exchange.StartAsync(Head(status), text.Length, CancellationToken.None);
        await exchange.WriteAsync(Encoding.Latin1.GetBytes(text), CancellationToken.None);
    }

    /// <summary>The path is the answer.</summary>
    public static ValueTask PathAsync(HttpExchange exchange) => TextAsync(exchange, exchange.Request.PathText);

    /// <summary>The request's body is the answer, with its trailers behind it.</summary>
    public static async ValueTask EchoAsync(HttpExchange exchange)
    {
        var body = await ReadAsync(exchange);
        var trailers = exchange.RequestTrailers is { } fields ? Http1.Wire.Fields(fields) : "";
        await TextAsync(exchange, body + trailers);
    }

    public static async ValueTask<string> ReadAsync(HttpExchange exchange)
    {
        var body = new StringBuilder();
        while (await exchange.ReadBodyAsync(CancellationToken.None) is { IsEmpty: false } run)
        {
            body.Append(Encoding.Latin1.GetString(run.Span));
        }

        return body.ToString();
    }

    /// <summary>Bytes that differ from place to place.</summary>
    public static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)('!' + (((i * 7) + (i >> 8)) % 90));
        }

        return bytes;
    }
}
