// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Certificates;

/// <summary>Answers of IAM's API: a result within a response, both called after the operation.</summary>
internal static class IamXml
{
    private static readonly XNamespace Iam = "https://iam.amazonaws.com/doc/2010-05-08/";

    public static XElement InNamespace(XElement root) => XmlNames.InNamespace(Iam, root);

    public static ApiResponse Respond(string operation, params object?[] content) => InNamespace(Element(operation + "Response", Element(operation + "Result", content)));

    public static XElement Metadata(Resource<CertificateSettings> certificate, string accountId) => Element(
        "ServerCertificateMetadata",
        MetadataMembers(certificate, accountId));

    public static IEnumerable<XElement> MetadataMembers(Resource<CertificateSettings> certificate, string accountId)
    {
        var settings = certificate.Settings;
        yield return Element("Path", settings.Path);
        yield return Element("ServerCertificateName", settings.Name);
        yield return Element("ServerCertificateId", certificate.Id);
        yield return Element("Arn", CertificateArn.OfServerCertificate(accountId, settings.Path, settings.Name!));
        yield return Time("UploadDate", settings.CreatedAt);
        yield return Time("Expiration", settings.Details.NotAfter);
    }
}
