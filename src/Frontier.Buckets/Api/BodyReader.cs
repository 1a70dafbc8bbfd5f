// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using Frontier.Buckets.Objects;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Frontier.Buckets.Api;

/// <summary>
/// Reads one request's body a buffer at a time, takes off its framing, and at its end checks everything the client said of
/// it: length, SHA-256, Content-MD5, checksum, signatures of chunks. Nothing read may be used before the end was reached
/// without a fault. Not thread-safe.
/// </summary>
internal sealed class BodyReader : IDisposable
{
    /// <summary>The largest body of one request (NB-1.8).</summary>
    public const long MaxBytes = 5L << 30;

    public const int BufferBytes = 128 * 1024;

    private static readonly S3Fault MalformedFraming = new(S3Error.InvalidRequest, "The aws-chunked framing of the body is malformed.");

    private readonly BodyHash _digest;
    private readonly IncrementalHash? _sha256;
    private readonly ChecksumAlgorithm? _algorithm;
    private readonly AwsChunkDecoder? _decoder;
    private readonly Stream _body;
    private readonly PayloadForm _form;
    private readonly byte[]? _expectedMd5;
    private readonly string? _expectedChecksum;
    private readonly bool _checksumInTrailer;
    private readonly byte[] _raw;
    private readonly long _length;
    private long _read;
    private bool _ended;
    private bool _decoded;

    private BodyReader(HttpRequest request, PayloadForm form, long length, byte[]? md5, ChecksumAlgorithm? algorithm, string? checksum, bool inTrailer)
    {
        _checksumInTrailer = inTrailer;
        (_body, _form, _length, _expectedMd5, _expectedChecksum) = (request.Body, form, length, md5, checksum);
        _sha256 = form.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _algorithm = algorithm;
        _digest = new BodyHash(algorithm);
        _decoder = form.IsChunked ? new AwsChunkDecoder(form.Signer, form.HasTrailer) : null;
        _raw = form.IsChunked ? new byte[BufferBytes] : [];
    }

    /// <summary>The length of the body without framing, known before it is read.</summary>
    public long Length => _length;

    /// <summary>Reads what the head says of the body; the body itself is not touched, so a refusal costs no upload.</summary>
    /// <param name="compute">An algorithm to compute although the client asked for none.</param>
    public static S3Fault? TryOpen(HttpRequest request, PayloadForm form, ChecksumAlgorithm? compute, out BodyReader? reader)
    {
        reader = null;
        var text = form.IsChunked ? request.Headers["x-amz-decoded-content-length"].ToString() : request.ContentLength?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return S3Error.MissingContentLength;
        }

        if (length > MaxBytes)
        {
            return new S3Fault(
                S3Error.EntityTooLarge, S3Error.EntityTooLarge.Message,
                new("ProposedSize", length.ToString(CultureInfo.InvariantCulture)), new("MaxSizeAllowed", MaxBytes.ToString(CultureInfo.InvariantCulture)));
        }

        byte[]? md5 = null;
        if (request.Headers.ContentMD5.ToString() is { Length: > 0 } given)
        {
            md5 = new byte[16];
            if (!Convert.TryFromBase64String(given, md5, out var written) || written != 16)
            {
                return S3Error.InvalidDigest;
            }
        }

        if (ReadChecksumHeaders(request, form, out var algorithm, out var checksum) is { } fault)
        {
            return fault;
        }

        reader = new BodyReader(request, form, length, md5, algorithm ?? compute, checksum, algorithm is not null && checksum is null);
        return null;
    }

    /// <summary>Reads up to a buffer of the body; 0 at its end. A fault means that nothing of the body may be used.</summary>
    public async ValueTask<(int Count, S3Fault? Fault)> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            int count;
            try
            {
                count = await _body.ReadAsync(_decoder is null ? buffer : _raw.AsMemory(0, Math.Min(_raw.Length, buffer.Length)), cancellationToken);
            }
            catch (Exception gone) when (gone is BadHttpRequestException or ConnectionResetException)
            {
                return (0, S3Error.IncompleteBody);
            }

            _ended = count == 0;
            var (passed, fault) = _decoder is null ? (count, null) : Decode(_raw.AsSpan(0, count), buffer.Span);
            if (fault is null && (_read += passed) > _length)
            {
                fault = S3Error.IncompleteBody;
            }

            if (fault is not null)
            {
                return (0, fault);
            }

            if (passed > 0)
            {
                Digest(buffer.Span[..passed]);
                return (passed, null);
            }
        }

        return (0, null);
    }

    /// <summary>Checks the whole body after its last byte.</summary>
    public S3Fault? Finish(out BodyDigest digest)
    {
        digest = _digest.Finish();
        if (_read != _length)
        {
            return S3Error.IncompleteBody;
        }

        if (_sha256 is not null && Convert.ToHexStringLower(_sha256.GetHashAndReset()) is var computed && computed != _form.Sha256)
        {
            return new S3Fault(
                S3Error.XAmzContentSha256Mismatch, S3Error.XAmzContentSha256Mismatch.Message,
                new("ClientComputedContentSHA256", _form.Sha256!), new("S3ComputedContentSHA256", computed));
        }

        if (_expectedMd5 is not null && !_expectedMd5.AsSpan().SequenceEqual(digest.Md5))
        {
            return new S3Fault(S3Error.BadDigest, "The Content-MD5 you specified did not match what we received.");
        }

        var expected = _checksumInTrailer ? _decoder!.Trailers.FirstOrDefault(field => field.Key == _algorithm!.Value.Header).Value : _expectedChecksum;
        if (_checksumInTrailer && expected is null)
        {
            return new S3Fault(S3Error.InvalidRequest, $"The trailer {_algorithm!.Value.Header} that was announced is missing.");
        }

        return expected is not null && expected != digest.Checksum!.Value
            ? new S3Fault(S3Error.BadDigest, $"The {_algorithm!.Value.Name} you specified did not match the calculated checksum.")
            : null;
    }

    /// <summary>Reads a small document whole.</summary>
    public async Task<(byte[] Document, S3Fault? Fault)> ReadAllAsync(int maxBytes, CancellationToken cancellationToken)
    {
        if (_length > maxBytes)
        {
            return ([], S3Error.MaxMessageLengthExceeded);
        }

        var document = new byte[_length + 1];
        var filled = 0;
        while (true)
        {
            var (count, fault) = await ReadAsync(document.AsMemory(filled), cancellationToken);
            if (fault is not null)
            {
                return ([], fault);
            }

            if (count == 0)
            {
                return (document[..filled], Finish(out _));
            }

            filled += count;
        }
    }

    public void Dispose()
    {
        _digest.Dispose();
        _sha256?.Dispose();
        _decoder?.Dispose();
    }

    private static S3Fault? ReadChecksumHeaders(HttpRequest request, PayloadForm form, out ChecksumAlgorithm? algorithm, out string? checksum)
    {
        algorithm = null;
        checksum = null;
        foreach (var candidate in ChecksumAlgorithms.All)
        {
            if (request.Headers[candidate.Header].ToString() is { Length: > 0 } value)
            {
                if (algorithm is not null)
                {
                    return new S3Fault(S3Error.InvalidRequest, "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                }

                if (!ChecksumHash.IsWellFormed(candidate, value))
                {
                    return new S3Fault(S3Error.InvalidRequest, $"Value for {candidate.Header} header is invalid.");
                }

                (algorithm, checksum) = (candidate, value);
            }
        }

        if (algorithm is null && form.HasTrailer && request.Headers["x-amz-trailer"].ToString() is { Length: > 0 } trailer)
        {
            algorithm = ChecksumAlgorithms.All.Where(candidate => candidate.Header.Equals(trailer.Trim(), StringComparison.OrdinalIgnoreCase)).Select(static found => (ChecksumAlgorithm?)found).FirstOrDefault();
            if (algorithm is null)
            {
                return new S3Fault(S3Error.InvalidRequest, "The value specified in the x-amz-trailer header is not supported");
            }
        }

        var announced = request.Headers["x-amz-sdk-checksum-algorithm"].ToString();
        return announced.Length > 0 && algorithm is null && HttpMethods.IsPut(request.Method)
            ? new S3Fault(S3Error.InvalidRequest, "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.")
            : null;
    }

    private (int Passed, S3Fault? Fault) Decode(ReadOnlySpan<byte> raw, Span<byte> output)
    {
        if (raw.IsEmpty)
        {
            return (0, _decoded ? null : S3Error.IncompleteBody);
        }

        if (_decoded)
        {
            return (0, MalformedFraming);
        }

        var verdict = _decoder!.Decode(raw, output, out var consumed, out var written);
        switch (verdict)
        {
            case ChunkVerdict.More:
                return (written, null);
            case ChunkVerdict.Done when consumed == raw.Length:
                _decoded = true;
                return (written, null);
            case ChunkVerdict.SignatureDoesNotMatch:
                return (0, S3Error.SignatureDoesNotMatch);
            case ChunkVerdict.ChunkTooLarge:
                return (0, new S3Fault(S3Error.InvalidRequest, $"A chunk is larger than {AwsChunkDecoder.MaxSignedChunkBytes} bytes."));
            default:
                return (0, MalformedFraming);
        }
    }

    private void Digest(ReadOnlySpan<byte> data)
    {
        _digest.Append(data);
        _sha256?.AppendData(data);
    }
}
