// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

/// <summary>Bytes and the outcomes of parsing them, in forms that compare.</summary>
internal static class Wire
{
    /// <summary>Bytes that look like HTTP more often than chance would have it, cut and shuffled.</summary>
    public static Arbitrary<byte[]> Messages(params string[] fragments)
    {
        var some = Gen.Elements(fragments).Select(Bytes);
        var noise = Gen.Choose(0, 255).Select(value => new[] { (byte)value });
        var piece = Gen.Frequency((9, some), (1, noise));
        return Arb.From(piece.ListOf().Select(pieces => pieces.SelectMany(bytes => bytes).ToArray()));
    }

    public static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static string Fields(HeaderList headers) =>
        string.Concat(Enumerable.Range(0, headers.Count).Select(i => $"[{headers.NameText(i)}={headers.ValueText(i)}]"));

    /// <summary>What a response parser says when the bytes arrive in steps; all at once for a step that covers them.</summary>
    public static string ParseResponse(byte[] bytes, int step)
    {
        var parser = new ResponseHeadParser();
        var head = new ResponseHead();
        var status = Feed(bytes, step, buffered => parser.Parse(buffered, head));
        return status is HeadParseStatus.Complete
            ? $"{head.Status} {parser.Version} {parser.ConsumedBytes} {Fields(head.Headers)}"
            : $"{status} {parser.Refusal}";
    }

    /// <summary>What a request parser says when the bytes arrive in steps; all at once for a step that covers them.</summary>
    public static string ParseRequest(byte[] bytes, int step)
    {
        var parser = new RequestHeadParser();
        var head = new RequestHead();
        head.Reset();
        var status = Feed(bytes, step, buffered => parser.Parse(buffered, head));
        return status is HeadParseStatus.Complete
            ? $"{head.MethodToken} {head.TargetText} {head.Host} {head.Version} {parser.ConsumedBytes} {Fields(head.Headers)}"
            : $"{status} {parser.Refusal}";
    }

    public static string ParseRequest(string text) => ParseRequest(Bytes(text), int.MaxValue);

    public static string ParseResponse(string text) => ParseResponse(Bytes(text), int.MaxValue);

    /// <summary>The decoded bytes and how decoding ended, with input and output cut into steps.</summary>
    public static string Decode(byte[] bytes, int inputStep, int outputStep)
    {
        var decoder = new ChunkedDecoder();
        var output = new byte[Math.Min(outputStep, 4096)];
        var decoded = new StringBuilder();
        var at = 0;
        for (var end = Math.Min(inputStep, bytes.Length); ; end = (int)Math.Min((long)end + inputStep, bytes.Length))
        {
            ChunkedStatus status;
            int consumed;
            int written;
            do
            {
                status = decoder.Decode(bytes.AsSpan(at, end - at), output, out consumed, out written);
                at += consumed;
                decoded.Append(Text(output.AsSpan(0, written)));
            }
            while (status is ChunkedStatus.NeedMore && (consumed > 0 || written > 0));

            if (status is not ChunkedStatus.NeedMore || end == bytes.Length)
            {
                return $"{decoded}|{status}|{decoder.Refusal}|{(status is ChunkedStatus.End ? at : 0)}";
            }
        }
    }

    private static HeadParseStatus Feed(byte[] bytes, int step, Func<byte[], HeadParseStatus> parse)
    {
        for (var end = Math.Min(step, bytes.Length); ; end = (int)Math.Min((long)end + step, bytes.Length))
        {
            var status = parse(bytes[..end]);
            if (status is not HeadParseStatus.NeedMore || end == bytes.Length)
            {
                return status;
            }
        }
    }
}
