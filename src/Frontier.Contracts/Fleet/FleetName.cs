// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Contracts.Fleet;

/// <summary>Who a process of the fleet is: a role and an id, in certificates the URI <c>frontier://edge/edge-1f0c…</c> (RFC 5280, section 4.2.1.6).</summary>
/// <param name="Role">Null for a control plane.</param>
/// <param name="Id">Up to 64 lower-case letters, digits and dashes.</param>
public sealed record FleetName(NodeRole? Role, string Id)
{
    private const int LongestId = 64;
    private const string Scheme = "frontier://";
    private const string ControlPlane = "control";
    private const string AlternativeNames = "2.5.29.17";

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    public string RoleName => Role is { } role ? NodeRoleNames.Of(role) : ControlPlane;

    public override string ToString() => $"{Scheme}{RoleName}/{Id}";

    public static bool IsId(string? text) => text is { Length: > 0 and <= LongestId } && !text.AsSpan().ContainsAnyExcept(IdCharacters);

    /// <summary>Null for any other text.</summary>
    public static FleetName? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal) || text[Scheme.Length..].Split('/') is not [var role, var id] || !IsId(id))
        {
            return null;
        }

        return role == ControlPlane ? new FleetName(null, id) : NodeRoleNames.TryRead(role, out var known) ? new FleetName(known, id) : null;
    }

    /// <summary>The one name that a certificate has; null where it has none, several, or anything else for a name. Whether the certificate is to be believed is <see cref="FleetTrust"/>'s to say.</summary>
    public static FleetName? Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions.FirstOrDefault(static extension => extension.Oid?.Value == AlternativeNames) is not { } extension)
        {
            return null;
        }

        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            var name = names.PeekTag().HasSameClassAndValue(UriTag) ? names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag) : "";
            return names.HasData ? null : Parse(name);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
