// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Edge.Certificates;
using Frontier.Protocols.SigV4;

namespace Frontier.Hosting;

/// <summary>The directory of one installation: held by one process at a time, with the secrets its roles share. Secrets are files of mode 0600.</summary>
internal sealed class DataDirectory : IDisposable
{
    /// <summary>EWOULDBLOCK, which a lock held by another process ends in.</summary>
    private const int WouldBlock = 11;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    public string Path { get; }

    /// <summary>In the form of an AWS credentials file.</summary>
    public string CredentialsPath => this["credentials"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static DataDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // a directory made before us may be open to all
            Directory.CreateDirectory(System.IO.Path.Combine(path, "secrets"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {path} cannot be made or written: {error.Message} Choose another with --data.", error);
        }

        try
        {
            return new DataDirectory(path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            throw new StartException($"The data directory {path} is in use by another frontier process. Stop that one, or choose another directory with --data.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {path} is not writable: {error.Message} Choose another with --data.", error);
        }
    }

    /// <summary>The operator's keys, or the one made at first start.</summary>
    public IReadOnlyList<AccessKey> AccessKeys(IReadOnlyList<AccessKey> given)
    {
        if (given.Count > 0)
        {
            WriteCredentials(given[0]);
            return given;
        }

        var keyPath = this["secrets/access-key"];
        if (!File.Exists(keyPath))
        {
            var id = "FK" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 18);
            var secret = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
            SecretFile.Write(keyPath, $"{id}:{secret}\n");
        }

        var parts = File.ReadAllText(keyPath).Trim().Split(':');
        var made = new AccessKey(parts[0], parts[1]);
        WriteCredentials(made);
        return [made];
    }

    /// <summary>Thirty-two random bytes under that name, made at first use.</summary>
    public byte[] Secret(string name)
    {
        var path = this[$"secrets/{name}"];
        if (!File.Exists(path))
        {
            SecretFile.Write(path, RandomNumberGenerator.GetHexString(64, lowercase: true) + "\n");
        }

        return Convert.FromHexString(File.ReadAllText(path).Trim());
    }

    public void Dispose() => _lock.Dispose();

    private void WriteCredentials(AccessKey key)
    {
        var content = new StringBuilder("[default]\n")
            .Append("aws_access_key_id = ").Append(key.Id).Append('\n')
            .Append("aws_secret_access_key = ").Append(key.Secret).Append('\n')
            .Append("region = us-east-1\n").ToString();
        if (!File.Exists(CredentialsPath) || File.ReadAllText(CredentialsPath) != content)
        {
            SecretFile.Write(CredentialsPath, content);
        }
    }
}
