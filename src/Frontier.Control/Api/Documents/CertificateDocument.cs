// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml.Linq;
using Frontier.Control.Domain.Certificates;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>A certificate as it is stored; no API shows this form. Its key is there in encrypted form alone.</summary>
internal static class CertificateDocument
{
    /// <summary>The element that holds an encrypted key, for whoever shows documents.</summary>
    public const string SealedKey = "SealedKey";

    public static CertificateSettings Read(ElementReader root)
    {
        var certificate = root.RequiredText("Certificate");
        var issuance = root.Child("Issuance") is { } requested ? IssuanceDocument.Read(requested) : null;
        return new CertificateSettings(
            certificate,
            root.Text("CertificateChain") ?? "",
            root.RequiredText(SealedKey),
            DateTimeOffset.Parse(root.RequiredText("CreatedAt"), CultureInfo.InvariantCulture),
            certificate.Length == 0 && issuance is not null ? CertificateDetails.Of(issuance) : CertificateDetails.Read(certificate))
        {
            Name = root.Text("Name"),
            Path = root.Text("Path") ?? "/",
            Issuance = issuance,
        };
    }

    public static XElement Write(CertificateSettings settings) => Element(
        "Certificate",
        Element("Certificate", settings.Certificate),
        Element("CertificateChain", settings.Chain),
        Element(SealedKey, settings.SealedKey),
        Time("CreatedAt", settings.CreatedAt),
        Optional("Name", settings.Name),
        Optional("Path", settings.Name is null ? null : settings.Path),
        settings.Issuance is { } issuance ? IssuanceDocument.Write(issuance) : null);
}
