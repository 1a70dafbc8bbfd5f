// SPDX-License-Identifier: Apache-2.0

using System.IO.Compression;
using Frontier.Edge.Delivery.Compressing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Edge.Tests.Delivery;

/// <summary>However a body is cut on its way in and on its way out, it decodes to what it was (§20).</summary>
public sealed class BodyEncodersTests
{
    [Fact]
    public void Brotli_survives_every_cut() => Survives(static () => new BrotliBodyEncoder(), static coded => new BrotliStream(coded, CompressionMode.Decompress));

    [Fact]
    public void Gzip_survives_every_cut() => Survives(static () => new GzipBodyEncoder(), static coded => new GZipStream(coded, CompressionMode.Decompress));

    private static void Survives(Func<BodyEncoder> encoder, Func<Stream, Stream> decoder) =>
        Prop.ForAll<NonNegativeInt, PositiveInt, PositiveInt>((seed, sourceStep, destinationStep) =>
        {
            var body = Body(seed.Get);
            using var coded = new MemoryStream();
            Encode(encoder, body, sourceStep.Get, destinationStep.Get, coded);
            coded.Position = 0;
            using var plain = new MemoryStream();
            using var decoding = decoder(coded);
            decoding.CopyTo(plain);
            return plain.ToArray().AsSpan().SequenceEqual(body) && coded.Position == coded.Length;
        }).QuickCheckThrowOnFailure();

    private static void Encode(Func<BodyEncoder> make, byte[] body, int sourceStep, int destinationStep, MemoryStream into)
    {
        using var encoder = make();
        var destination = new byte[destinationStep];
        var (at, isComplete) = (0, false);
        while (!isComplete)
        {
            var source = body.AsSpan(at, Math.Min(sourceStep, body.Length - at));
            isComplete = encoder.Encode(source, at + source.Length == body.Length, destination, out var consumed, out var written);
            at += consumed;
            into.Write(destination, 0, written);
        }

        Assert.Equal(body.Length, at);
    }

    /// <summary>Up to 4 KiB, half noise and half runs.</summary>
    private static byte[] Body(int seed)
    {
        var random = new Random(seed);
        var body = new byte[random.Next(4_096)];
        random.NextBytes(body.AsSpan(0, body.Length / 2));
        return body;
    }
}
