// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.IO.Pipelines;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>
/// A body on its way to a file that nothing names yet. Flushed and <see cref="Keep"/>-ed it may be committed; disposed
/// without, the file goes. Memory is one buffer, whatever the body's size.
/// </summary>
internal sealed class BodyUpload : IDisposable
{
    private readonly BodyFiles _files;
    private readonly Guid _file;
    private bool _kept;

    private BodyUpload(BodyFiles files, Guid file) => (_files, _file) = (files, file);

    public BodyDigest Digest { get; private set; } = new(0, [], null);

    public BodyPart Part => new(Digest.Length == 0 ? Guid.Empty : _file, Digest.Length);

    /// <summary>Receives a request's body.</summary>
    public static async Task<(BodyUpload? Upload, S3Fault? Fault)> ReceiveAsync(S3Exchange exchange, ChecksumAlgorithm? compute)
    {
        if (exchange.TryOpenBody(compute, out var reader) is { } refused)
        {
            return (null, refused);
        }

        using (reader)
        {
            return await StoreAsync(exchange.Bucket.Bodies, buffer => reader!.ReadAsync(buffer, exchange.Aborted), () => (reader!.Finish(out var digest), digest));
        }
    }

    /// <summary>Copies a slice of another object's body, whose reference the caller holds.</summary>
    public static async Task<(BodyUpload? Upload, S3Fault? Fault)> CopyAsync(BodyFiles files, StoredObject source, long offset, long count, ChecksumAlgorithm? algorithm, CancellationToken cancellationToken)
    {
        using var digest = new BodyHash(algorithm);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4 * BodyReader.BufferBytes, resumeWriterThreshold: 2 * BodyReader.BufferBytes));
        var input = pipe.Reader.AsStream();
        var copying = FillAsync(pipe.Writer, source, offset, count, cancellationToken);
        try
        {
            return await StoreAsync(
                files,
                async buffer =>
                {
                    var read = await input.ReadAsync(buffer, cancellationToken);
                    digest.Append(buffer.Span[..read]);
                    return (read, null);
                },
                () => (null, digest.Finish()));
        }
        finally
        {
            await input.DisposeAsync();
            await copying;
        }
    }

    /// <summary>The file is committed: it stays.</summary>
    public void Keep() => _kept = true;

    public void Dispose()
    {
        if (!_kept)
        {
            _files.Delete(_file);
        }
    }

    private static async Task FillAsync(PipeWriter writer, StoredObject source, long offset, long count, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BodyReader.BufferBytes);
        Exception? failure = null;
        try
        {
            await source.Body.CopyAsync(offset, count, async (bytes, token) => await writer.WriteAsync(bytes, token), buffer, cancellationToken);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // Travels to the reading side, which fails with it.
            failure = error;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await writer.CompleteAsync(failure);
        }
    }

    private static async Task<(BodyUpload? Upload, S3Fault? Fault)> StoreAsync(
        BodyFiles files, Func<Memory<byte>, ValueTask<(int Count, S3Fault? Fault)>> read, Func<(S3Fault? Fault, BodyDigest Digest)> finish)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BodyReader.BufferBytes);
        BodyUpload? upload = null;
        var complete = false;
        try
        {
            using var handle = files.Create(out var file);
            upload = new BodyUpload(files, file);
            var offset = 0L;
            while (true)
            {
                var (count, fault) = await read(buffer.AsMemory(0, BodyReader.BufferBytes));
                if (fault is not null)
                {
                    return (null, fault);
                }

                if (count == 0)
                {
                    break;
                }

                await RandomAccess.WriteAsync(handle, buffer.AsMemory(0, count), offset);
                offset += count;
            }

            (var wrong, upload.Digest) = finish();
            if (wrong is not null)
            {
                return (null, wrong);
            }

            if (offset > 0)
            {
                RandomAccess.FlushToDisk(handle);
            }

            complete = true;
            return (upload, null);
        }
        catch (IOException error) when (DiskFault.IsFull(error))
        {
            return (null, S3Error.InsufficientStorage);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!complete)
            {
                upload?.Dispose();
            }
            else if (upload!.Digest.Length == 0)
            {
                files.Delete(upload._file);
                upload.Keep();
            }
        }
    }
}
