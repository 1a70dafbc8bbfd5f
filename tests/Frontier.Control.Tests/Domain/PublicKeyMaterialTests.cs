// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Domain;

/// <summary>API-6.12: which texts are public keys.</summary>
public sealed class PublicKeyMaterialTests
{
    [Fact]
    public void Keys_of_both_algorithms_are_told_apart()
    {
        Assert.Equal(PublicKeyAlgorithm.Rsa2048, Parse(KeyDocuments.Rsa)!.Algorithm);
        Assert.Equal(PublicKeyAlgorithm.EcdsaP256, Parse(KeyDocuments.NewEcdsa())!.Algorithm);
    }

    [Fact]
    public void The_way_a_text_is_folded_makes_no_other_key()
    {
        var text = KeyDocuments.NewEcdsa();
        var key = Parse(text)!;

        Assert.True(key.IsSameKeyAs(Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal))!));
        Assert.True(key.IsSameKeyAs(Parse("\n  " + text + "\n\n")!));
        Assert.False(key.IsSameKeyAs(Parse(KeyDocuments.NewEcdsa())!));
    }

    [Theory]
    [InlineData(1_024)]
    [InlineData(2_056)]
    [InlineData(3_072)]
    public void An_rsa_key_of_another_size_is_refused(int bits) => Assert.Null(Parse(KeyDocuments.NewRsa(bits)));

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        Assert.Null(Parse(KeyDocuments.NewEcdsa(ECCurve.NamedCurves.nistP384)));
        Assert.Null(Parse(KeyDocuments.NewEcdsa(ECCurve.NamedCurves.nistP521)));
    }

    [Fact]
    public void Another_form_of_a_key_is_refused()
    {
        using var rsa = RSA.Create(2_048);
        var good = rsa.ExportSubjectPublicKeyInfoPem();

        Assert.NotNull(Parse(good));
        Assert.Null(Parse(rsa.ExportRSAPublicKeyPem()));
        Assert.Null(Parse(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.Null(Parse(good + good));
        Assert.Null(Parse("before " + good));
        Assert.Null(Parse(good + " after"));
        Assert.Null(Parse(good.Replace("-----", "", StringComparison.Ordinal)));
        Assert.Null(Parse(""));
        Assert.Null(Parse(good + new string('\n', 8_192)));
    }

    [Fact]
    public void Numbers_that_are_no_key_are_refused()
    {
        var modulus = new byte[256];
        modulus.AsSpan().Fill(0xff);
        Assert.NotNull(Parse(OfRsa(modulus, [1, 0, 1])));
        Assert.Null(Parse(OfRsa(modulus, [1])));
        Assert.Null(Parse(OfRsa(modulus, [4])));
        modulus[^1] = 0xfe;
        Assert.Null(Parse(OfRsa(modulus, [1, 0, 1])));
    }

    [Fact]
    public void A_point_beside_the_curve_is_refused()
    {
        var pem = KeyDocuments.NewEcdsa();
        var info = Convert.FromBase64String(string.Concat(pem.Split('\n')[1..^1]));
        info[^1] ^= 1;

        Assert.Null(Parse(PemEncoding.WriteString("PUBLIC KEY", info)));
    }

    [Fact]
    public void Bytes_after_the_key_are_refused()
    {
        var info = Convert.FromBase64String(string.Concat(KeyDocuments.NewEcdsa().Split('\n')[1..^1]));

        Assert.Null(Parse(PemEncoding.WriteString("PUBLIC KEY", [.. info, 0])));
    }

    [Fact]
    public void A_damaged_key_is_refused_or_another_of_its_kind() => Prop.ForAll<int, byte>((position, value) =>
    {
        var info = Convert.FromBase64String(string.Concat(KeyDocuments.Rsa.Split('\n')[1..^1]));
        info[(position & int.MaxValue) % info.Length] = value;
        return Parse(PemEncoding.WriteString("PUBLIC KEY", info)) is null or { Algorithm: PublicKeyAlgorithm.Rsa2048 };
    }).QuickCheckThrowOnFailure();

    private static PublicKeyMaterial? Parse(string text) => PublicKeyMaterial.TryParse(text, out var material) ? material : null;

    private static string OfRsa(byte[] modulus, byte[] exponent)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                writer.WriteNull();
            }

            var key = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
            using (key.PushSequence())
            {
                key.WriteIntegerUnsigned(modulus);
                key.WriteIntegerUnsigned(exponent);
            }

            writer.WriteBitString(key.Encode());
        }

        return PemEncoding.WriteString("PUBLIC KEY", writer.Encode());
    }
}
