// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Edge.Certificates;

namespace Frontier.Hosting;

/// <summary>The file with the key that secrets of access keys are encrypted with in the store: 32 bytes in hexadecimal, for its owner alone.</summary>
internal static class KeyFile
{
    private const int KeyBytes = 32;

    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The key in the file, which is made when it is not there.</summary>
    /// <exception cref="StartException">The file cannot be used; the message says what to do.</exception>
    public static byte[] Open(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }

            if ((File.GetUnixFileMode(path) & ForOthers) != 0)
            {
                throw new StartException($"The key file {path} is open to others than its owner. Run: chmod 600 {path}");
            }

            var text = File.ReadAllText(path).Trim();
            return text.Length == 2 * KeyBytes && text.All(char.IsAsciiHexDigit)
                ? Convert.FromHexString(text)
                : throw new StartException($"The key file {path} is damaged: it holds no {2 * KeyBytes} hexadecimal digits. Put a copy of it back, or name another file with --key-file.");
        }
        catch (DirectoryNotFoundException error)
        {
            throw new StartException($"The key file {path} cannot be made: there is no directory {Path.GetDirectoryName(path)}. Make it, for the user of frontier alone, or name another file with --key-file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The key file {path} cannot be used: {error.Message} Name another with --key-file.", error);
        }
    }

    /// <summary>Of processes that start together on one file, the first one's key is everybody's.</summary>
    private static void Make(string path)
    {
        var own = $"{path}.{Guid.NewGuid():N}";
        SecretFile.Write(own, RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true) + "\n");
        try
        {
            File.Move(own, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(own);
        }
    }
}
