// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.TrustStores;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>CreateTrustStoreRequest (<c>api.md</c> §6.25).</summary>
internal sealed record CreateTrustStoreDocument(string Name, BundleLocation Bundle, bool AsksOcsp, ImmutableArray<TagRow> Tags)
{
    public const string RootName = "CreateTrustStoreRequest";

    public static CreateTrustStoreDocument Read(ElementReader root) => new(
        root.RequiredText("Name"), BundleLocation.Read(root.RequiredChild(BundleLocation.RootName)), root.Flag("UseClientCertificateOCSPEndpoint"), TagsDocument.ReadOptional(root));
}

/// <summary>CaCertificatesBundleSource: an object of the bucket server. It has one region, so that of the request means nothing.</summary>
internal sealed record BundleLocation(string Bucket, string Key, string? Version)
{
    public const string RootName = "CaCertificatesBundleSource";

    public static BundleLocation Read(ElementReader root)
    {
        var location = root.RequiredChild("CaCertificatesBundleS3Location");
        return new BundleLocation(location.RequiredText("Bucket"), location.RequiredText("Key"), location.NonEmptyText("Version"));
    }
}

/// <summary>ListTrustStoresRequest.</summary>
internal sealed record ListTrustStoresDocument(string? Marker, string? MaxItems)
{
    public const string RootName = "ListTrustStoresRequest";

    public static ListTrustStoresDocument Read(ElementReader root) => new(root.Text("Marker"), root.Text("MaxItems"));
}

/// <summary>What is stored, and what is answered.</summary>
internal static class TrustStoreDocument
{
    public static TrustStoreSettings ReadStored(ElementReader root) =>
        new(root.RequiredText("Name"), root.RequiredChild("Certificates").Members("Certificate", static certificate => certificate.Value));

    public static XElement WriteStored(TrustStoreSettings settings) => Element(
        "TrustStore", Element("Name", settings.Name), Element("Certificates", settings.Certificates.Select(static certificate => Element("Certificate", certificate))));

    public static XElement Write(Resource<TrustStoreSettings> store, string arn) => Element("TrustStore", Members(store, arn), Flag("UseClientCertificateOCSPEndpoint", false));

    /// <summary>An item of the list, which tells the ETag, too.</summary>
    public static XElement WriteSummary(Resource<TrustStoreSettings> store, string arn) => Element("TrustStoreSummary", Members(store, arn), Element("ETag", store.ETag));

    private static IEnumerable<XElement> Members(Resource<TrustStoreSettings> store, string arn) =>
    [
        Element("Id", store.Id),
        Element("Arn", arn),
        Element("Name", store.Settings.Name),
        Element("Status", TrustStoreSettings.Active),
        Element("NumberOfCaCertificates", store.Settings.Certificates.Length),
        Time("LastModifiedTime", store.Time),
    ];
}
