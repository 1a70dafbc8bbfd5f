// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts.Fleet;
using Frontier.Control.Credentials;
using Frontier.Control.Store;

namespace Frontier.Control.Fleet;

/// <summary>
/// Makes the certificates by which processes of this fleet know each other (decision 23). Its key lies in the store, encrypted with the
/// key file, the same for all control processes: whoever starts first makes it. Thread-safe.
/// </summary>
public sealed class FleetAuthority
{
    /// <summary>How long a machine may be away from every control plane before it has to join anew.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const string StoredAs = "fleet-authority";

    /// <summary>What stands in the store for one whose key file is lost.</summary>
    private const string Forgotten = "";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string NameConstraints = "2.5.29.30";
    private const int SerialBytes = 16;

    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);

    /// <summary>Certificates begin a little in the past, for machines whose clock is behind.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    private FleetAuthority(X509Certificate2 authority, TimeProvider time)
    {
        (_authority, _time) = (authority, time);
        Certificate = X509CertificateLoader.LoadCertificate(authority.RawData);
        Pem = authority.ExportCertificatePem();
        Fingerprint = FleetTrust.FingerprintOf(authority);
        Trust = new FleetTrust([Certificate]);
    }

    /// <summary>Without its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate.</summary>
    public string Pem { get; }

    public string Fingerprint { get; }

    public FleetTrust Trust { get; }

    /// <exception cref="InvalidDataException">Another key file sealed the authority of this store.</exception>
    public static async Task<FleetAuthority> OpenAsync(IControlStore store, byte[] secretsKey, TimeProvider time, CancellationToken cancellationToken)
    {
        var seal = new SecretSeal(secretsKey);
        var proposed = seal.Seal(StoredAs, Make(time));
        var agreed = await store.AgreeAsync(StoredAs, proposed, cancellationToken);
        if (agreed == Forgotten)
        {
            await store.SwapSharedAsync(new SharedSwap(StoredAs, Forgotten, proposed), cancellationToken); // or somebody else is first
            agreed = (await store.FindSharedAsync(StoredAs, cancellationToken))!;
        }

        var pem = seal.TryOpen(StoredAs, agreed) ?? throw new InvalidDataException(
            "The authority of the fleet in the store was sealed with another key file. Put that file back, or name it with --key-file: every machine that joined knows this authority. Should it be lost, \"frontier keys forget\" lets the authority go, and machines join anew.");
        return new FleetAuthority(X509Certificate2.CreateFromPem(pem, pem), time);
    }

    /// <summary>Lets an authority go whose key file is lost. The next control plane makes another one, and every machine joins anew.</summary>
    /// <returns>False where there is none.</returns>
    public static async Task<bool> ForgetAsync(IControlStore store, CancellationToken cancellationToken) =>
        await store.FindSharedAsync(StoredAs, cancellationToken) is { Length: > 0 } agreed
        && await store.SwapSharedAsync(new SharedSwap(StoredAs, agreed, Forgotten), cancellationToken);

    /// <summary>Credentials for this process, with a key that no disk ever sees.</summary>
    public FleetCredentials Issue(FleetName name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Sign(name, new PublicKey(key));
        return new FleetCredentials(name, certificate.CopyWithPrivateKey(key), Trust);
    }

    /// <summary>The certificate of a machine, in PEM; null where the request is none that can be signed.</summary>
    /// <param name="request">PKCS #10 in PEM. What it asks for beside its key is passed over: who the machine is, is not its to say.</param>
    public string? Sign(FleetName name, string request)
    {
        try
        {
            var asked = CertificateRequest.LoadSigningRequestPem(request, HashAlgorithmName.SHA256);
            using var key = asked.PublicKey.GetECDsaPublicKey();
            if (key is null || key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return null;
            }

            using var certificate = Sign(name, asked.PublicKey);
            return certificate.ExportCertificatePem();
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private X509Certificate2 Sign(FleetName name, PublicKey key)
    {
        // The common name has a space, so that nobody takes it for a host's.
        var request = new CertificateRequest(new X500DistinguishedName($"CN=Frontier {name.RoleName} {name.Id}"), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(name.ToString()));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));
        var now = _time.GetUtcNow();
        var end = now + Lifetime < _authority.NotAfter ? now + Lifetime : _authority.NotAfter;
        return request.Create(_authority, now - ClockSlack, end, RandomNumberGenerator.GetBytes(SerialBytes));
    }

    /// <summary>Certificate and key of a new authority, in PEM.</summary>
    private static string Make(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Frontier fleet authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509Extension(NameConstraints, NoHosts(), critical: true));
        var now = time.GetUtcNow();
        using var authority = request.CreateSelfSigned(now - ClockSlack, now + AuthorityLifetime);
        return authority.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>RFC 5280, section 4.2.1.10: no DNS name and no address, so that whoever trusts this authority for more than a fleet is not lied to about a host.</summary>
    private static byte[] NoHosts()
    {
        var (dnsName, ipAddress) = (new Asn1Tag(TagClass.ContextSpecific, 2), new Asn1Tag(TagClass.ContextSpecific, 7));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1))) // excludedSubtrees
        {
            Exclude(() => writer.WriteCharacterString(UniversalTagNumber.IA5String, "", dnsName));
            Exclude(() => writer.WriteOctetString(new byte[8], ipAddress)); // 0.0.0.0/0
            Exclude(() => writer.WriteOctetString(new byte[32], ipAddress)); // ::/0
        }

        return writer.Encode();

        void Exclude(Action write)
        {
            using (writer.PushSequence())
            {
                write();
            }
        }
    }
}
