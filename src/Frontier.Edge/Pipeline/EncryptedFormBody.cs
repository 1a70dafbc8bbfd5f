// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Security.Cryptography;
using Frontier.Decisions.FieldEncryption;
using Frontier.Decisions.Models;
using Frontier.Edge.Origins;
using Frontier.Protocols.FieldEncryption;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// A viewer's form on its way to the origin, its fields encrypted as they come (§25). Its length is not known before its end, so it goes
/// in chunks (DP-25.7). Where something is wrong with it, it breaks off: what the origin has heard by then is no whole request.
/// </summary>
internal sealed class EncryptedFormBody(ViewerBody body, FieldEncryptionProfileModel profile) : IRequestBody
{
    /// <summary>As much is taken at once; what comes of it is at most ten values longer.</summary>
    private const int SliceBytes = 16_384;

    private readonly FormEncryptor _encryptor = new(profile);
    private readonly ArrayBufferWriter<byte> _encrypted = new();
    private ReadOnlyMemory<byte> _received;
    private bool _failed;
    private bool _ended;

    public long? Length => null;

    public HeaderList? Trailers
    {
        get
        {
            var trailers = body.Trailers;
            if (trailers is not null)
            {
                FormHeaders.RemoveDigests(trailers);
            }

            return trailers;
        }
    }

    /// <summary>How it went so far.</summary>
    public FieldEncryptionStatus Status => _failed ? FieldEncryptionStatus.ServerError : _encryptor.Status;

    public int EncryptedFields => _encryptor.EncryptedFields;

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        _encrypted.ResetWrittenCount();
        while (!_ended && _encrypted.WrittenCount == 0)
        {
            if (_received.IsEmpty)
            {
                _received = await body.ReadAsync(cancellationToken);
                _ended = _received.IsEmpty;
            }

            var slice = _received[..Math.Min(_received.Length, SliceBytes)];
            _received = _received[slice.Length..];
            if (!TryEncrypt(slice.Span))
            {
                throw new RequestBodyException($"The viewer's form cannot be encrypted: {Status.LogName}.");
            }
        }

        return _encrypted.WrittenMemory;
    }

    private bool TryEncrypt(ReadOnlySpan<byte> slice)
    {
        try
        {
            return _ended ? _encryptor.TryFinish(_encrypted) : _encryptor.TryAdd(slice, _encrypted);
        }
        catch (CryptographicException)
        {
            _failed = true; // the profile's key is none: nothing of what it was to hide goes out
            return false;
        }
    }
}
