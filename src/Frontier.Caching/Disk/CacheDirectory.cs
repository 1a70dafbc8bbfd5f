// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Caching.Disk;

/// <summary>
/// A cache's directory, held by a lock file against other processes, and the secret its hashes are keyed with. Stored
/// checksums are keyed with it too: without the secret file nothing stored is believed.
/// </summary>
internal sealed class CacheDirectory : IDisposable
{
    private const string LockName = "cache.lock";
    private const string SecretName = "cache.secret";

    // Names the format too: another version's directory is begun anew.
    private static ReadOnlySpan<byte> Magic => "FRCACHE3"u8;

    public const int SecretBytes = 24;

    private readonly FileStream _lock;

    private CacheDirectory(string path, FileStream held, byte[] secret, bool isTrusted)
    {
        Path = path;
        _lock = held;
        Secret = secret;
        IsTrusted = isTrusted;
    }

    public string Path { get; }

    public byte[] Secret { get; }

    /// <summary>Whether the directory was there before, whole.</summary>
    public bool IsTrusted { get; }

    /// <summary>Throws <see cref="CacheOptionsException"/> when the directory cannot be used or another process uses it.</summary>
    public static CacheDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            throw new CacheOptionsException($"{nameof(CacheOptions.Directory)} ({path}) cannot be made: {error.Message}", error);
        }

        FileStream held;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            throw new CacheOptionsException($"{nameof(CacheOptions.Directory)} ({path}) is in use by another process, or not ours to write: {error.Message}", error);
        }

        try
        {
            var (secret, isTrusted) = ReadOrMakeSecret(System.IO.Path.Combine(path, SecretName));
            return new CacheDirectory(path, held, secret, isTrusted);
        }
        catch (Exception error) when (DiskIO.IsDiskFault(error))
        {
            held.Dispose();
            throw new CacheOptionsException($"{nameof(CacheOptions.Directory)} ({path}) cannot be used: {error.Message}", error);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static (byte[] Secret, bool IsTrusted) ReadOrMakeSecret(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is var stored && stored.Length == Magic.Length + SecretBytes + sizeof(uint)
            && stored.AsSpan().StartsWith(Magic)
            && BitConverter.ToUInt32(stored, Magic.Length + SecretBytes) == DiskIO.Crc(0, stored.AsSpan(0, Magic.Length + SecretBytes)))
        {
            return (stored[Magic.Length..^sizeof(uint)], true);
        }

        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        byte[] body = [.. Magic, .. secret];
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write([.. body, .. BitConverter.GetBytes(DiskIO.Crc(0, body))]);
        file.Flush(flushToDisk: true);
        return (secret, false);
    }
}
