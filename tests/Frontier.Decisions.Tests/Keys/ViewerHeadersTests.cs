// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>§10.3: the request headers that the edge computes.</summary>
public sealed class ViewerHeadersTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36", "Desktop")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1", "Mobile IOS")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Mobile/15E148", "Tablet IOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36", "Mobile Android")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X910) Chrome/126.0 Safari/537.36", "Tablet Android")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) Version/7.0 TV Safari/537.36", "SmartTV")]
    [InlineData(null, "Desktop")]
    public void The_device_is_told_by_its_User_Agent(string? userAgent, string classes)
    {
        var request = Sample.Request("/", userAgent is null ? [] : ["User-Agent: " + userAgent]);
        foreach (var name in new[] { "Desktop", "Mobile", "Tablet", "SmartTV", "Android", "IOS" })
        {
            Assert.Equal(classes.Split(' ').Contains(name) ? "true" : "false", Value($"CloudFront-Is-{name}-Viewer", request));
        }
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7:46532")]
    [InlineData("2001:db8::7", "2001:db8:0:0:0:0:0:7:46532")]
    [InlineData("::ffff:198.51.100.7", "198.51.100.7:46532")]
    public void The_address_is_written_in_full_with_its_port_and_without_brackets(string address, string value) =>
        Assert.Equal(value, Value("cloudfront-viewer-address", Sample.Request(), Sample.Viewer with { Address = System.Net.IPAddress.Parse(address) }));

    [Fact]
    public void Protocol_version_and_TLS_are_those_of_the_connection()
    {
        var request = Sample.Request();
        request.Version = HttpVersion.Http2;
        request.IsHttps = true;

        Assert.Equal("https", Value("CloudFront-Forwarded-Proto", request));
        Assert.Equal("http", Value("CloudFront-Forwarded-Proto", Sample.Request()));
        Assert.Equal("2.0", Value("CloudFront-Viewer-Http-Version", request));
        Assert.Equal(
            "TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake",
            Value("CloudFront-Viewer-TLS", request, Sample.Viewer with { TlsProtocol = "TLSv1.3", TlsCipher = "TLS_AES_128_GCM_SHA256" }));
        Assert.Equal(
            "TLSv1.3:TLS_AES_128_GCM_SHA256:connectionReused",
            Value("CloudFront-Viewer-TLS", request, Sample.Viewer with { TlsProtocol = "TLSv1.3", TlsCipher = "TLS_AES_128_GCM_SHA256", ConnectionReused = true }));
        Assert.Null(Value("CloudFront-Viewer-TLS", request));
    }

    [Fact]
    public void Fingerprints_are_told_where_they_were_taken()
    {
        var viewer = Sample.Viewer with { Ja3 = "ada70206e40642a3e4461f35503241d5", Ja4 = "t13d1516h2_8daaf6152771_e5627efa2ab1" };
        Assert.Equal(viewer.Ja3, Value("CloudFront-Viewer-JA3-Fingerprint", Sample.Request(), viewer));
        Assert.Equal(viewer.Ja4, Value("CloudFront-Viewer-JA4-Fingerprint", Sample.Request(), viewer));
        Assert.Null(Value("CloudFront-Viewer-JA3-Fingerprint", Sample.Request()));
        Assert.Null(Value("CloudFront-Viewer-JA4-Fingerprint", Sample.Request()));
    }

    [Theory]
    [InlineData("ASN", "64496")]
    [InlineData("Country", "BR")]
    [InlineData("Country-Name", "Brazil")]
    [InlineData("Country-Region", "SP")]
    [InlineData("Country-Region-Name", "S%C3%A3o Paulo")]
    [InlineData("City", "S%C3%A3o Paulo")]
    [InlineData("Latitude", "-23.54750")]
    [InlineData("Longitude", "-46.63610")]
    [InlineData("Metro-Code", null)]
    [InlineData("Postal-Code", "01000")]
    [InlineData("Time-Zone", "America/Sao_Paulo")]
    public void A_place_that_is_known_is_told_in_ASCII(string name, string? value)
    {
        var place = new ViewerPlace
        {
            Asn = 64496,
            Country = "BR",
            CountryName = "Brazil",
            Region = "SP",
            RegionName = "São Paulo",
            City = "São Paulo",
            Latitude = -23.5475,
            Longitude = -46.6361,
            MetroCode = "501",
            PostalCode = "01000",
            TimeZone = "America/Sao_Paulo",
        };
        Assert.Equal(value, Value("CloudFront-Viewer-" + name, Sample.Request(), Sample.Viewer with { Place = place }));
        Assert.Null(Value("CloudFront-Viewer-" + name, Sample.Request(), Sample.Viewer with { Place = new ViewerPlace() }));
    }

    [Fact]
    public void The_metro_code_is_told_of_the_United_States_only() => Assert.Equal(
        "501", Value("CloudFront-Viewer-Metro-Code", Sample.Request(), Sample.Viewer with { Place = new ViewerPlace { Country = "US", MetroCode = "501" } }));

    [Fact]
    public void Headers_are_counted_and_named_in_order_up_to_a_bound()
    {
        var request = Sample.Request("/", "X-b: 1", "x-A: 2");

        Assert.Equal("3", Value("CloudFront-Viewer-Header-Count", request));
        Assert.Equal("Host:X-b:x-A", Value("CloudFront-Viewer-Header-Order", request));
        request.Headers.Add(new string('n', 9_000), "");
        Assert.Equal(7_680, Value("CloudFront-Viewer-Header-Order", request)!.Length);
    }

    [Theory]
    [InlineData("CloudFront-Viewer-Country")]
    [InlineData("CloudFront-Viewer-City")]
    [InlineData("CloudFront-Nothing-We-Know")]
    public void What_is_not_known_is_absent_whatever_the_viewer_says(string name) => Assert.Null(Value(name, Sample.Request("/", name + ": DE")));

    [Theory]
    [InlineData("CloudFront-Viewer-Country", true)]
    [InlineData("cloudfront-x", true)]
    [InlineData("CloudFront-", false)]
    [InlineData("CloudFront", false)]
    [InlineData("X-CloudFront-Y", false)]
    public void Our_headers_are_known_by_their_prefix(string name, bool ours) => Assert.Equal(ours, ViewerHeaders.IsOurs(Encoding.ASCII.GetBytes(name)));

    private static string? Value(string name, RequestHead request, ViewerFacts? viewer = null) =>
        ViewerHeaders.Value(Encoding.ASCII.GetBytes(name), request, viewer ?? Sample.Viewer);
}
