// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>
/// Takes the <c>aws-chunked</c> framing off a body (<c>neighbours.md</c> §1.2) piece by piece, holding no more than one line.
/// With a signer every chunk must carry its signature, which is known to be right only when the chunk has ended: data given
/// out must not be used before <see cref="ChunkVerdict.Done"/>. Not thread-safe.
/// </summary>
/// <param name="signer">Null for the unsigned form, and where nobody here can check signatures.</param>
/// <param name="hasTrailer">Whether fields follow the last chunk; without, none may.</param>
/// <param name="hasSignatures">Whether chunks have signatures though there is no signer: they are left out unchecked.</param>
public sealed class AwsChunkDecoder(ChunkSigner? signer, bool hasTrailer, bool hasSignatures = false) : IDisposable
{
    /// <summary>The largest chunk with a signature: what a client has read twice before its signature was checked.</summary>
    public const long MaxSignedChunkBytes = 16L << 20;

    /// <summary>Without signatures a client may send all in one chunk, as some SDKs do: the largest body of one request, 5 GiB.</summary>
    public const long MaxUnsignedChunkBytes = 5L << 30;

    /// <summary>Size, extension and signature take 100 bytes; a trailer field some more.</summary>
    private const int MaxLineBytes = 1024;

    private const int MaxTrailers = 8;
    private const string SignatureExtension = ";chunk-signature=";
    private const string TrailerSignature = "x-amz-trailer-signature";

    private readonly IncrementalHash? _hash = signer is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _line = new byte[MaxLineBytes];
    private readonly List<KeyValuePair<string, string>> _trailers = [];
    private int _lineLength;
    private long _remaining;
    private string _chunkSignature = "";
    private State _state = State.Header;

    private enum State
    {
        Header,
        Data,
        DataEnd,
        Trailer,
        Done,
    }

    /// <summary>The fields behind the last chunk, names in lower case, without the signature among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers => _trailers;

    /// <summary>Decodes what it can; <paramref name="output"/> must be at least as long as <paramref name="input"/>.</summary>
    public ChunkVerdict Decode(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = written = 0;
        while (_state is not State.Done && consumed < input.Length)
        {
            ChunkVerdict verdict;
            if (_state is State.Data)
            {
                var count = (int)Math.Min(_remaining, input.Length - consumed);
                input.Slice(consumed, count).CopyTo(output[written..]);
                verdict = Pass(input.Slice(consumed, count));
                consumed += count;
                written += count;
            }
            else
            {
                verdict = TakeLine(input, ref consumed);
            }

            if (verdict is not ChunkVerdict.More)
            {
                return verdict;
            }
        }

        return _state is State.Done ? ChunkVerdict.Done : ChunkVerdict.More;
    }

    public void Dispose() => _hash?.Dispose();

    private ChunkVerdict Pass(ReadOnlySpan<byte> data)
    {
        _hash?.AppendData(data);
        _remaining -= data.Length;
        if (_remaining > 0)
        {
            return ChunkVerdict.More;
        }

        _state = State.DataEnd;
        return CheckChunk();
    }

    private ChunkVerdict TakeLine(ReadOnlySpan<byte> input, ref int consumed)
    {
        var rest = input[consumed..];
        var end = rest.IndexOf((byte)'\n');
        var take = end < 0 ? rest.Length : end + 1;
        if (_lineLength + take > MaxLineBytes)
        {
            return ChunkVerdict.Malformed;
        }

        rest[..take].CopyTo(_line.AsSpan(_lineLength));
        _lineLength += take;
        consumed += take;
        if (end < 0)
        {
            return ChunkVerdict.More;
        }

        var line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        return line is [.. var content, (byte)'\r', (byte)'\n'] && !content.Contains((byte)'\r') ? OnLine(Encoding.Latin1.GetString(content)) : ChunkVerdict.Malformed;
    }

    private ChunkVerdict OnLine(string line)
    {
        switch (_state)
        {
            case State.Header:
                return OnHeader(line);
            case State.DataEnd:
                _state = State.Header;
                return line.Length == 0 ? ChunkVerdict.More : ChunkVerdict.Malformed;
            default:
                return OnTrailer(line);
        }
    }

    private ChunkVerdict OnHeader(string line)
    {
        var digits = line;
        if (signer is not null || hasSignatures)
        {
            var extension = line.IndexOf(SignatureExtension, StringComparison.Ordinal);
            if (extension < 0)
            {
                return ChunkVerdict.Malformed;
            }

            digits = line[..extension];
            _chunkSignature = line[(extension + SignatureExtension.Length)..];
        }

        if (digits.Length is 0 or > 15 || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _remaining))
        {
            return ChunkVerdict.Malformed;
        }

        if (_remaining > (signer is null ? MaxUnsignedChunkBytes : MaxSignedChunkBytes))
        {
            return ChunkVerdict.ChunkTooLarge;
        }

        _state = _remaining == 0 ? State.Trailer : State.Data;
        return _remaining == 0 ? CheckChunk() : ChunkVerdict.More;
    }

    private ChunkVerdict CheckChunk()
    {
        if (signer is null || _hash is null)
        {
            return ChunkVerdict.More;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return SignatureVerifier.FixedTimeEquals(signer.SignChunk(hash), _chunkSignature) ? ChunkVerdict.More : ChunkVerdict.SignatureDoesNotMatch;
    }

    private ChunkVerdict OnTrailer(string line)
    {
        if (line.Length == 0)
        {
            return EndTrailer();
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (!hasTrailer || colon <= 0 || _trailers.Count == MaxTrailers)
        {
            return ChunkVerdict.Malformed;
        }

        _trailers.Add(new(line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim(' ')));
        return ChunkVerdict.More;
    }

    private ChunkVerdict EndTrailer()
    {
        if ((signer is not null || hasSignatures) && hasTrailer)
        {
            if (_trailers is not [.., { Key: TrailerSignature } signature])
            {
                return ChunkVerdict.SignatureDoesNotMatch;
            }

            _trailers.RemoveAt(_trailers.Count - 1);
            var canonical = string.Concat(_trailers.Select(static field => $"{field.Key}:{field.Value}\n"));
            if (signer is not null && !SignatureVerifier.FixedTimeEquals(signer.SignTrailer(canonical), signature.Value))
            {
                return ChunkVerdict.SignatureDoesNotMatch;
            }
        }

        _state = State.Done;
        return ChunkVerdict.Done;
    }
}
