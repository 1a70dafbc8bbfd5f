// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Certificates;

/// <summary>
/// The certificates that the live snapshot names, with their keys: one file of mode 0600 each, called by its fingerprint, so that an edge
/// starts with them while the control plane is away. What handshakes need is made of a file when it is first asked for. The feed alone
/// takes and drops; anybody finds. Thread-safe.
/// </summary>
internal sealed partial class HeldCertificates
{
    /// <summary>How many stand ready at once, about 25 KiB each (decision 18); of more the quarter that was not asked for longest is read again when it is.</summary>
    public const int MostReady = 4_096;

    private const string Extension = ".pem";
    private const string KeyBegins = "-----BEGIN PRIVATE KEY-----";

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Lazy<ServedCertificate?>> _ready = new(StringComparer.Ordinal);
    private readonly Lock _dropping = new();

    // A set: each that comes or goes costs what it costs alone, however many there are.
    private readonly ConcurrentDictionary<string, bool> _held;
    private volatile Dictionary<string, string> _fingerprints = []; // never changed, only replaced

    private ImmutableArray<CertificateConfig> _known = [];
    private ImmutableArray<CertificateConfig> _dropped = [];

    private readonly int _mostReady;

    private HeldCertificates(string directory, IEnumerable<string> held, int mostReady, TimeProvider time, ILogger logger) =>
        (_directory, _held, _mostReady, _time, _logger) = (directory, new(held.Select(static fingerprint => KeyValuePair.Create(fingerprint, true)), StringComparer.Ordinal), mostReady, time, logger);

    /// <summary>How many are here.</summary>
    public int Count => _held.Count;

    /// <summary>How many are ready now.</summary>
    public int Ready => _ready.Count;

    /// <summary>Finds what an earlier run has left. A file that is not what its name says is dropped: the control plane has it still.</summary>
    /// <param name="mostReady">As <see cref="MostReady"/>; tests choose fewer.</param>
    public static HeldCertificates Open(string directory, TimeProvider time, ILogger logger, int mostReady = MostReady)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = new List<string>();
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Extension))
        {
            var fingerprint = Path.GetFileNameWithoutExtension(path);
            if (TrySplit(path, fingerprint, out _, out _))
            {
                held.Add(fingerprint);
            }
            else
            {
                Log.Damaged(logger, path);
                File.Delete(path);
            }
        }

        return new HeldCertificates(directory, held, mostReady, time, logger);
    }

    /// <summary>Ids of what a snapshot names and is not here.</summary>
    public ImmutableArray<string> Lacking(ConfigSnapshot snapshot) =>
        [.. snapshot.Certificates.Where(certificate => !_held.ContainsKey(certificate.Fingerprint)).Select(static certificate => certificate.Id)];

    /// <summary>Keeps what came, on disk; whatever is no certificate with its own key is passed over, and stays lacking.</summary>
    /// <exception cref="IOException">The disk takes nothing.</exception>
    public void Take(IEnumerable<CertificateMaterial> materials)
    {
        foreach (var material in materials)
        {
            // That the key fits is enough to know: what handshakes need takes several times as long to make, and ten thousand come at a time.
            using var leaf = TryParse(material.Certificates, material.PrivateKey, out var issuers, out var reason);
            if (leaf is null)
            {
                Log.Unusable(_logger, material.Id, reason!);
                continue;
            }

            issuers.ForEach(static issuer => issuer.Dispose());

            var fingerprint = CertificateFingerprint.Of(material.Certificates);
            SecretFile.Write(PathOf(fingerprint), material.Certificates + material.PrivateKey);
            _held[fingerprint] = true;
        }
    }

    /// <summary>From here on a certificate's id means what this snapshot says.</summary>
    public void Know(ConfigSnapshot snapshot)
    {
        if (snapshot.Certificates != _known) // most changes to a configuration leave the very list as it was
        {
            _fingerprints = snapshot.Certificates.ToDictionary(static certificate => certificate.Id, static certificate => certificate.Fingerprint, StringComparer.Ordinal);
            _known = snapshot.Certificates;
        }
    }

    /// <summary>Forgets everything that a snapshot, which must be safe on disk, does not name. Connections under way keep what they have.</summary>
    public void DropOthers(ConfigSnapshot snapshot)
    {
        if (snapshot.Certificates == _dropped)
        {
            return;
        }

        var named = snapshot.Certificates.Select(static certificate => certificate.Fingerprint).ToHashSet(StringComparer.Ordinal);
        foreach (var fingerprint in _held.Keys.Where(fingerprint => !named.Contains(fingerprint)))
        {
            _held.TryRemove(fingerprint, out _);
            _ready.TryRemove(fingerprint, out _);
            File.Delete(PathOf(fingerprint));
        }

        _dropped = snapshot.Certificates;
    }

    /// <summary>By the id that a snapshot calls it by; null when there is none, or it cannot be read.</summary>
    public ServedCertificate? FindById(string id) => _fingerprints.TryGetValue(id, out var fingerprint) ? Find(fingerprint) : null;

    /// <summary>Null when it is not held, or its file cannot be read any more.</summary>
    public ServedCertificate? Find(string fingerprint)
    {
        if (!_held.ContainsKey(fingerprint))
        {
            return null;
        }

        var found = _ready.GetOrAdd(fingerprint, static (fingerprint, held) => new Lazy<ServedCertificate?>(() => held.Read(fingerprint)), this).Value;
        if (found is null)
        {
            _ready.TryRemove(fingerprint, out _); // tried again: a disk may recover
            return null;
        }

        found.UsedAt = _time.GetTimestamp();
        if (_ready.Count > _mostReady)
        {
            MakeRoom();
        }

        return found;
    }

    /// <summary>The leaf with its key.</summary>
    /// <param name="issuers">Whoever issued it, in order.</param>
    private static X509Certificate2? TryParse(string certificates, string privateKey, out List<X509Certificate2> issuers, out string? reason)
    {
        issuers = [];
        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificates);
            if (all.Count == 0)
            {
                reason = "there is no certificate in it";
                return null;
            }

            issuers = [.. all.Skip(1)];
            all[0].Dispose(); // it comes again with its key
            reason = null;
            return X509Certificate2.CreateFromPem(certificates, privateKey);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            reason = error.Message;
            return null;
        }
    }

    private static ServedCertificate? TryLoad(string certificates, string privateKey, out string? reason)
    {
        if (TryParse(certificates, privateKey, out var issuers, out reason) is not { } leaf)
        {
            return null;
        }

        try
        {
            // Nothing is looked up anywhere: the chain is what was imported.
            return new ServedCertificate(SslStreamCertificateContext.Create(leaf, [.. issuers], offline: true));
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            reason = error.Message;
            return null;
        }
    }

    /// <summary>Whether a file holds what its name says.</summary>
    private static bool TrySplit(string path, string fingerprint, [NotNullWhen(true)] out string? certificates, [NotNullWhen(true)] out string? privateKey)
    {
        (certificates, privateKey) = (null, null);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(KeyBegins, StringComparison.Ordinal);
        if (at < 0 || CertificateFingerprint.Of(text[..at]) != fingerprint)
        {
            return false;
        }

        (certificates, privateKey) = (text[..at], text[at..]);
        return true;
    }

    private ServedCertificate? Read(string fingerprint)
    {
        try
        {
            if (!TrySplit(PathOf(fingerprint), fingerprint, out var certificates, out var privateKey))
            {
                Log.Damaged(_logger, PathOf(fingerprint));
                return null;
            }

            if (TryLoad(certificates, privateKey, out var reason) is { } loaded)
            {
                return loaded;
            }

            Log.Unusable(_logger, fingerprint, reason!);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.Unusable(_logger, fingerprint, error.Message);
            return null;
        }
    }

    private void MakeRoom()
    {
        lock (_dropping)
        {
            if (_ready.Count <= _mostReady)
            {
                return; // somebody else has just done it
            }

            foreach (var (fingerprint, _) in _ready.OrderBy(static ready => ready.Value.IsValueCreated ? ready.Value.Value?.UsedAt ?? 0 : long.MaxValue).Take(Math.Max(1, _mostReady / 4)).ToList())
            {
                _ready.TryRemove(fingerprint, out _);
            }
        }
    }

    private string PathOf(string fingerprint) => Path.Combine(_directory, fingerprint + Extension);

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Error, "The file {Path} is damaged; what it held is asked for again.", EventName = "CertificateDamaged")]
        public static partial void Damaged(ILogger logger, string path);

        [LoggerMessage(2202, LogLevel.Error, "The certificate {Certificate} cannot be used: {Reason}", EventName = "CertificateUnusable")]
        public static partial void Unusable(ILogger logger, string certificate, string reason);
    }
}
