// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Decisions.Keys;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Delivery.Compressing;

/// <summary>
/// Puts encoders between origins and the cache, so many at a time: an encoder takes up to 2.2 MiB, and the processor's time is
/// the viewers'. Whoever gets none keeps the body plain (DP-20.4). Thread-safe.
/// </summary>
internal sealed class Compressors(int atOnce)
{
    private int _underWay;

    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>
    /// The body as it is to be stored; it owns the response. Changes the header where the body is coded. Only what comes in is
    /// coded: an object stored plain stays so until it is fetched again (DP-20.7).
    /// </summary>
    /// <param name="wanted">The encodings that the request leaves open.</param>
    /// <param name="headers">What is stored of the response's header.</param>
    /// <param name="length">Of the body, in bytes; null where only the end will tell.</param>
    public IBodySource Take(OriginResponse response, AcceptedEncodings wanted, HeaderList headers, out long? length)
    {
        length = response.BodyLength;
        var coding = Compression.Decide(wanted, response.Head);
        if (coding is ContentCoding.Identity || !TryReserve())
        {
            return response;
        }

        length = null;
        Compression.Apply(coding, headers);
        return new CompressedSource(response, coding is ContentCoding.Brotli ? new BrotliBodyEncoder() : new GzipBodyEncoder(), Release);
    }

    private bool TryReserve()
    {
        if (Interlocked.Increment(ref _underWay) <= atOnce)
        {
            return true;
        }

        Release();
        return false;
    }

    private void Release() => Interlocked.Decrement(ref _underWay);
}
