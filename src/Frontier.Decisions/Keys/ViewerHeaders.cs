// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Keys;

/// <summary>
/// The <c>CloudFront-*</c> request headers that the edge computes (§10.3). A value that is not known, such as a place without a
/// geographic database, is absent. What a viewer sends under such a name is never used.
/// </summary>
public static class ViewerHeaders
{
    public static bool IsOurs(ReadOnlySpan<byte> name) => name.Length > 11 && Ascii.EqualsIgnoreCase(name[..11], "CloudFront-"u8);

    /// <summary>The value, or null when it is unknown here.</summary>
    public static string? Value(ReadOnlySpan<byte> name, RequestHead request, ViewerFacts viewer)
    {
        if (viewer.Told is { } told)
        {
            return told.GetText(name);
        }

        var device = DeviceClass.Of(request.Headers.GetText("user-agent"u8));
        return Encoding.ASCII.GetString(name).ToUpperInvariant() switch
        {
            "CLOUDFRONT-FORWARDED-PROTO" => request.IsHttps ? "https" : "http",
            "CLOUDFRONT-VIEWER-HTTP-VERSION" => request.Version.Number,
            "CLOUDFRONT-VIEWER-ADDRESS" => viewer.AddressAndPort,
            "CLOUDFRONT-VIEWER-TLS" => viewer.TlsProtocol is null ? null : $"{viewer.TlsProtocol}:{viewer.TlsCipher}:{(viewer.ConnectionReused ? "connectionReused" : "fullHandshake")}",
            "CLOUDFRONT-VIEWER-JA3-FINGERPRINT" => viewer.Ja3,
            "CLOUDFRONT-VIEWER-JA4-FINGERPRINT" => viewer.Ja4,
            "CLOUDFRONT-VIEWER-HEADER-COUNT" => request.Headers.Count.ToString(CultureInfo.InvariantCulture),
            "CLOUDFRONT-VIEWER-HEADER-ORDER" => Order(request.Headers),
            "CLOUDFRONT-IS-DESKTOP-VIEWER" => Flag(device.IsDesktop),
            "CLOUDFRONT-IS-MOBILE-VIEWER" => Flag(device.IsMobile),
            "CLOUDFRONT-IS-TABLET-VIEWER" => Flag(device.IsTablet),
            "CLOUDFRONT-IS-SMARTTV-VIEWER" => Flag(device.IsSmartTv),
            "CLOUDFRONT-IS-ANDROID-VIEWER" => Flag(device.IsAndroid),
            "CLOUDFRONT-IS-IOS-VIEWER" => Flag(device.IsIos),
            "CLOUDFRONT-ERROR-URI" => viewer.FailedPath,
            "CLOUDFRONT-ERROR-ARGS" => viewer.FailedQuery,
            ['C', 'L', 'O', 'U', 'D', 'F', 'R', 'O', 'N', 'T', '-', 'V', 'I', 'E', 'W', 'E', 'R', '-', 'C', 'E', 'R', 'T', '-', .. var certificate] => ViewerCertificateHeaders.Value(certificate, viewer),
            var other => viewer.Place is { } place ? Place(other, place) : null,
        };
    }

    /// <summary>Bytes outside ASCII are percent-encoded, as UTF-8 (§10.3).</summary>
    private static string? Place(string name, ViewerPlace place) => Encoded(name switch
    {
        "CLOUDFRONT-VIEWER-ASN" => place.Asn?.ToString(CultureInfo.InvariantCulture),
        "CLOUDFRONT-VIEWER-COUNTRY" => place.Country,
        "CLOUDFRONT-VIEWER-COUNTRY-NAME" => place.CountryName,
        "CLOUDFRONT-VIEWER-COUNTRY-REGION" => place.Region,
        "CLOUDFRONT-VIEWER-COUNTRY-REGION-NAME" => place.RegionName,
        "CLOUDFRONT-VIEWER-CITY" => place.City,
        "CLOUDFRONT-VIEWER-LATITUDE" => place.Latitude?.ToString("F5", CultureInfo.InvariantCulture),
        "CLOUDFRONT-VIEWER-LONGITUDE" => place.Longitude?.ToString("F5", CultureInfo.InvariantCulture),
        "CLOUDFRONT-VIEWER-METRO-CODE" => place.Country == "US" ? place.MetroCode : null,
        "CLOUDFRONT-VIEWER-POSTAL-CODE" => place.PostalCode,
        "CLOUDFRONT-VIEWER-TIME-ZONE" => place.TimeZone,
        _ => null,
    });

    private static string? Encoded(string? text) => text is null || Ascii.IsValid(text)
        ? text
        : string.Concat(Encoding.UTF8.GetBytes(text).Select(static value => value < 128 ? ((char)value).ToString() : $"%{value:X2}"));

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Order(HeaderList headers)
    {
        const int Longest = 7680; // §10.3
        var names = string.Join(':', Enumerable.Range(0, headers.Count).Select(headers.NameText));
        return names.Length > Longest ? names[..Longest] : names;
    }
}
