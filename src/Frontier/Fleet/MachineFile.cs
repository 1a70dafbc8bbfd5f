// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts.Fleet;
using Frontier.Edge.Certificates;
using Frontier.Hosting;

namespace Frontier.Fleet;

/// <summary>
/// What a machine keeps of having joined: one file of mode 0600 with a line for its point of presence, its key, its certificate and the
/// authorities it believes, all PEM. One file, because key and certificate change together.
/// </summary>
internal static class MachineFile
{
    private const string PopLine = "Point-Of-Presence: ";

    public static void Save(string path, string pop, string key, MachineCertificate certificate)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SecretFile.Write(path, $"{PopLine}{pop}\n{string.Join('\n', [key, certificate.Certificate, .. certificate.Authorities])}\n");
    }

    /// <summary>Null where the machine has not joined yet.</summary>
    /// <exception cref="StartException">The file cannot be used; the message says what to do.</exception>
    public static (string Pop, FleetCredentials Credentials)? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var text = File.ReadAllText(path);
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            if (text.StartsWith(PopLine, StringComparison.Ordinal) && certificates.Count > 1 && FleetName.Of(certificates[0]) is { } name)
            {
                ImmutableArray<X509Certificate2> authorities = [.. certificates.Skip(1)];
                return (text[PopLine.Length..text.IndexOf('\n', StringComparison.Ordinal)].Trim(), new FleetCredentials(name, X509Certificate2.CreateFromPem(text, text), new FleetTrust(authorities)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Damaged(path, error);
        }

        throw Damaged(path, null);
    }

    private static StartException Damaged(string path, Exception? error) => new(
        $"The file {path}, by which this machine is known to its fleet, cannot be used{(error is null ? "" : $" ({error.Message.TrimEnd('.')})")}. Put a copy of it back, or delete it and start with a new token from: frontier fleet token", error);
}
