// SPDX-License-Identifier: Apache-2.0

using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Frontier.Protocols.Certificates;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Certificates;

/// <summary>RFC 2253, as origins get names of viewers' certificates (§10.3).</summary>
public sealed class DistinguishedNameTextTests
{
    [Theory]
    [InlineData("CN=client.example, OU=Clients, O=Example, ST=Washington, C=US", "CN=client.example,OU=Clients,O=Example,ST=Washington,C=US")]
    [InlineData("CN=\"Smith, Ann\"", "CN=Smith\\, Ann")]
    [InlineData("CN=\"a+b;c<d>e\\\\f\"", "CN=a\\+b\\;c\\<d\\>e\\\\\\\\f")]
    [InlineData("STREET=Main, L=Kiel, DC=example, DC=org", "STREET=Main,L=Kiel,DC=example,DC=org")]
    public void A_name_is_written_last_part_first(string name, string expected) => Assert.Equal(expected, DistinguishedNameText.Of(new X500DistinguishedName(name).RawData));

    [Fact]
    public void What_could_end_a_header_or_is_not_ASCII_is_told_by_its_bytes()
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName("é\r\nX-Admin: 1 ");
        Assert.Equal("CN=\\C3\\A9\\0D\\0AX-Admin: 1\\ ", DistinguishedNameText.Of(builder.Build().RawData));
        builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName("#1 ");
        Assert.Equal("CN=\\#1\\ ", DistinguishedNameText.Of(builder.Build().RawData));
    }

    [Fact]
    public void Types_without_a_name_are_told_by_their_numbers_and_their_values_by_their_bytes()
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddEmailAddress("a@b.c");
        Assert.Equal("1.2.840.113549.1.9.1=#1605614062 2e63".Replace(" ", "", StringComparison.Ordinal), DistinguishedNameText.Of(builder.Build().RawData));
    }

    [Fact]
    public void Values_that_stand_together_are_joined_by_a_plus()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        {
            foreach (var (type, value) in new[] { ("2.5.4.3", "a"), ("2.5.4.11", "b") })
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
                }
            }
        }

        Assert.Equal("CN=a+OU=b", DistinguishedNameText.Of(writer.Encode()));
    }

    [Fact]
    public void Whatever_a_name_holds_the_text_can_stand_in_a_header() => Prop.ForAll<NonEmptyString>(static name =>
    {
        var builder = new X500DistinguishedNameBuilder();
        try
        {
            builder.AddOrganizationName(name.Get);
        }
        catch (ArgumentException)
        {
            return true; // half a character
        }

        return DistinguishedNameText.Of(builder.Build().RawData).All(static one => one is >= ' ' and < '\x7f');
    }).QuickCheckThrowOnFailure();
}
