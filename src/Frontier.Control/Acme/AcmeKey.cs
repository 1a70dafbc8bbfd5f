// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Frontier.Control.Acme;

/// <summary>The key of an account: ECDSA of P-256, which signs as ES256 (RFC 7518, section 3.4). Secret. Thread-safe.</summary>
internal sealed class AcmeKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private AcmeKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        // Members in this order and without blanks: a thumbprint is made of these bytes (RFC 7638, section 3).
        Jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));
    }

    /// <summary>The public half, JSON.</summary>
    public string Jwk { get; }

    /// <summary>RFC 7638.</summary>
    public string Thumbprint { get; }

    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public static AcmeKey Read(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new AcmeKey(key);
    }

    /// <summary>What shows that a name is this account's business (RFC 8555, section 8.1).</summary>
    public string Authorize(string token) => $"{token}.{Thumbprint}";

    /// <summary>A signed request (RFC 8555, section 6.2).</summary>
    /// <param name="account">The account's address; null where it is not known yet, and the key itself is sent.</param>
    /// <param name="payload">JSON; empty to fetch (section 6.3).</param>
    public FlattenedJws Sign(string url, string nonce, string? account, ReadOnlySpan<byte> payload)
    {
        var head = Head("ES256", url, nonce, account, account is null ? Jwk : null);
        var (encodedHead, encodedPayload) = (Base64Url.EncodeToString(head), Base64Url.EncodeToString(payload));
        var text = Encoding.ASCII.GetBytes($"{encodedHead}.{encodedPayload}");
        lock (_gate)
        {
            return new FlattenedJws(encodedHead, encodedPayload, Base64Url.EncodeToString(_key.SignData(text, HashAlgorithmName.SHA256)));
        }
    }

    /// <summary>Proves that the account elsewhere is whoever has this key (RFC 8555, section 7.3.4).</summary>
    public FlattenedJws Bind(AcmeExternalAccount external, string url)
    {
        var (head, payload) = (Base64Url.EncodeToString(Head("HS256", url, null, external.KeyId, null)), Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Jwk)));
        return new FlattenedJws(head, payload, Base64Url.EncodeToString(HMACSHA256.HashData(external.MacKey.Span, Encoding.ASCII.GetBytes($"{head}.{payload}"))));
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Head(string algorithm, string url, string? nonce, string? keyId, string? jwk)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", algorithm);
            writer.WriteString("url", url);
            if (nonce is not null)
            {
                writer.WriteString("nonce", nonce);
            }

            if (keyId is not null)
            {
                writer.WriteString("kid", keyId);
            }

            if (jwk is not null)
            {
                writer.WritePropertyName("jwk");
                writer.WriteRawValue(jwk);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
