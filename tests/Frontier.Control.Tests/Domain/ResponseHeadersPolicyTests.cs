// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.PolicyDocuments;

namespace Frontier.Control.Tests.Domain;

/// <summary>§9.1, dataplane §21.3: what a response headers policy may say.</summary>
public sealed class ResponseHeadersPolicyTests
{
    private static readonly (string, string)[] ElevenAdded = [.. Enumerable.Range(0, 11).Select(number => ($"X-{number}", "v"))];
    private static readonly string[] ElevenNames = [.. Enumerable.Range(0, 11).Select(number => $"X-{number}")];

    public static TheoryData<XElement, string, string> Faults => new()
    {
        { ResponseHeadersPolicy("n"), "InvalidArgument", "at least one section" },
        { ResponseHeadersPolicy("n", Security("")), "InvalidArgument", "at least one section" },
        { ResponseHeadersPolicy("n", Removed()), "InvalidArgument", "at least one section" },
        { ResponseHeadersPolicy("n", Security(Xss("<ModeBlock>true</ModeBlock><ReportUri>https://r.example/x</ReportUri>"))), "InvalidArgument", "ModeBlock and ReportUri" },
        { ResponseHeadersPolicy("n", Security(Xss("<ReportUri>https://r.example/x; y</ReportUri>"))), "InvalidArgument", "ReportUri" },
        { ResponseHeadersPolicy("n", Security("<FrameOptions><Override>true</Override><FrameOption>ALLOW-FROM</FrameOption></FrameOptions>")), "InvalidArgument", "[DENY, SAMEORIGIN]" },
        { ResponseHeadersPolicy("n", Security("<ReferrerPolicy><Override>true</Override><ReferrerPolicy>never</ReferrerPolicy></ReferrerPolicy>")), "InvalidArgument", "strict-origin-when-cross-origin" },
        { ResponseHeadersPolicy("n", Security("<ContentTypeOptions/>")), "InvalidArgument", "contentTypeOptions.override" },
        { ResponseHeadersPolicy("n", Security(Csp(new string('c', 1_784)))), "TooLongCSPInResponseHeadersPolicy", "" },
        { ResponseHeadersPolicy("n", Security(Csp(""))), "InvalidArgument", "ContentSecurityPolicy" },
        { ResponseHeadersPolicy("n", Security(Csp("default-src 'ü'"))), "InvalidArgument", "ContentSecurityPolicy" },
        { ResponseHeadersPolicy("n", Security(Hsts("-1"))), "InvalidArgument", "AccessControlMaxAgeSec" },
        { ResponseHeadersPolicy("n", Timing("100.1")), "InvalidArgument", "SamplingRate" },
        { ResponseHeadersPolicy("n", Timing("-0.1")), "InvalidArgument", "SamplingRate" },
        { ResponseHeadersPolicy("n", Timing("0.00001")), "InvalidArgument", "4 decimal places" },
        { ResponseHeadersPolicy("n", Timing("half")), "InvalidArgument", "'half'" },
        { ResponseHeadersPolicy("n", Added(ElevenAdded)), "TooManyCustomHeadersInResponseHeadersPolicy", "" },
        { ResponseHeadersPolicy("n", Added(("X-A", "1"), ("x-a", "2"))), "InvalidArgument", "more than once" },
        { ResponseHeadersPolicy("n", Added(("X A", "1"))), "InvalidArgument", "'X A'" },
        { ResponseHeadersPolicy("n", Added(("X-A", "two\nlines"))), "InvalidArgument", "'X-A'" },
        { ResponseHeadersPolicy("n", Added(("X-A", new string('v', 1_784)))), "InvalidArgument", "too long" },
        { ResponseHeadersPolicy("n", Added(("x-frame-options", "DENY"))), "InvalidArgument", "security header" },
        { ResponseHeadersPolicy("n", Added(("Transfer-Encoding", "chunked"))), "InvalidArgument", "not allowed" },
        { ResponseHeadersPolicy("n", Added(("X-Amz-Cf-Anything", "1"))), "InvalidArgument", "not allowed" },
        { ResponseHeadersPolicy("n", Removed(ElevenNames)), "TooManyRemoveHeadersInResponseHeadersPolicy", "" },
        { ResponseHeadersPolicy("n", Removed("Server", "server")), "InvalidArgument", "more than once" },
        { ResponseHeadersPolicy("n", Removed("a b")), "InvalidArgument", "'a b'" },
        { ResponseHeadersPolicy("n", Cors(origins: "")), "InvalidArgument", "Access-Control-Allow-Origin" },
        { ResponseHeadersPolicy("n", Cors(headers: "")), "InvalidArgument", "Access-Control-Allow-Headers" },
        { ResponseHeadersPolicy("n", Cors(methods: "")), "InvalidArgument", "Access-Control-Allow-Methods" },
        { ResponseHeadersPolicy("n", Cors(methods: "TRACE")), "InvalidArgument", "'TRACE'" },
        { ResponseHeadersPolicy("n", Cors(methods: "ALL GET")), "InvalidArgument", "beside ALL" },
        { ResponseHeadersPolicy("n", Cors(methods: "GET GET")), "InvalidArgument", "more than once" },
        { ResponseHeadersPolicy("n", Cors(origins: "* http://a.example")), "InvalidArgument", "beside *" },
        { ResponseHeadersPolicy("n", Cors(origins: string.Join(' ', Enumerable.Range(0, 30).Select(number => $"{number}.{new string('a', 60)}.example")))), "InvalidArgument", "1783 characters" },
        { ResponseHeadersPolicy("n", Cors(headers: "a:b")), "InvalidArgument", "'a:b'" },
        { ResponseHeadersPolicy("n", Cors(expose: "a:b")), "InvalidArgument", "'a:b'" },
        { ResponseHeadersPolicy("n", Cors(maxAge: "<AccessControlMaxAgeSec>-1</AccessControlMaxAgeSec>")), "InvalidArgument", "AccessControlMaxAgeSec" },
        { ResponseHeadersPolicy("n", Cors(origins: "*", headers: "a", credentials: true)), "InvalidArgument", "The parameter Access-Control-Allow-Origin cannot contain * when allowCredentials is true." },
        { ResponseHeadersPolicy("n", Cors(origins: "a.example", headers: "*", credentials: true)), "InvalidArgument", "The parameter Access-Control-Allow-Headers cannot contain * when allowCredentials is true." },
        { ResponseHeadersPolicy("n", Cors(origins: "a.example", headers: "a", expose: "*", credentials: true)), "InvalidArgument", "Access-Control-Expose-Headers" },
        { ResponseHeadersPolicy("n", Cors(origins: "a.example", headers: "a", methods: "ALL", credentials: true)), "InvalidArgument", "Access-Control-Allow-Methods" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_response_headers_policy_is_refused(XElement body, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "response-headers-policy", body)).ExpectError(400, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection")]
    [InlineData("content-length")]
    [InlineData("Via")]
    [InlineData("X-Cache")]
    [InlineData("X-Amz-Cf-Pop")]
    [InlineData("X-Edge-Anything")]
    [InlineData("X-Amzn-RequestId")]
    public async Task A_header_of_the_edge_cannot_be_removed_DP_21_12(string header)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "response-headers-policy", ResponseHeadersPolicy("n", Removed("Server", header)))).ExpectError(400, "InvalidArgument");

        Assert.Equal($"The header '{header}' cannot be removed.", answer.ErrorMessage);
    }

    /// <summary>The table of ACAO patterns in dataplane §21.3.</summary>
    [Theory]
    [InlineData("http://*.example.org", true)]
    [InlineData("*.example.org", true)]
    [InlineData("example.org", true)]
    [InlineData("http://example.org", true)]
    [InlineData("https://EXAMPLE.org", true)]
    [InlineData("http://example.org:*", true)]
    [InlineData("http://example.org:1*3", true)]
    [InlineData("*.example.org:1*", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("*", true)]
    [InlineData("example.*", false)]
    [InlineData("test.*.example.org", false)]
    [InlineData("*test.example.org", false)]
    [InlineData("exa*mple.org", false)]
    [InlineData("http://", false)]
    [InlineData("http://*", false)]
    [InlineData("http://example.org/", false)]
    [InlineData("http://example.org/path", false)]
    [InlineData("ftp://example.org", false)]
    [InlineData("http://example.org:", false)]
    [InlineData("http://example.org:port", false)]
    [InlineData("http://example.org:123456", false)]
    [InlineData(".example.org", false)]
    public async Task An_origin_pattern_has_a_star_for_its_first_label_or_within_its_port(string origin, bool valid)
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.CallAsync("POST", "response-headers-policy", ResponseHeadersPolicy("n", Cors(origins: origin)));

        Assert.Equal(valid ? 201 : 400, answer.Status);
    }

    /// <summary>DP-21.11, and the order of §21.3: security headers, then custom ones.</summary>
    [Fact]
    public async Task A_custom_response_headers_policy_reaches_the_edge_field_by_field()
    {
        await using var control = await TestControl.StartAsync();
        var body = ResponseHeadersPolicy(
            "n",
            Cors("http://*.example.org https://b.example", "x-amz-* Authorization", "GET PUT", credentials: true, expose: "ETag", maxAge: "<AccessControlMaxAgeSec>600</AccessControlMaxAgeSec>"),
            Security(Xss("<ReportUri>https://r.example/x</ReportUri>") + Csp("default-src 'self'") + Hsts("60") + "<ContentTypeOptions><Override>true</Override></ContentTypeOptions>"
                + "<FrameOptions><Override>false</Override><FrameOption>DENY</FrameOption></FrameOptions><ReferrerPolicy><Override>true</Override><ReferrerPolicy>origin</ReferrerPolicy></ReferrerPolicy>"),
            Timing("12.5"), Added(("X-Custom", "a b"), ("X-Empty", "")), Removed("Server", "X-Powered-By"));

        var policy = await PublishAsync(control, body);

        Assert.True(policy is
        {
            Name: "n", RemovedHeaders: ["Server", "X-Powered-By"], ServerTimingPercent: 12.5m,
            Cors: { AllowOrigins: ["http://*.example.org", "https://b.example"], AllowHeaders: ["x-amz-*", "Authorization"], AllowMethods: ["GET", "PUT"], AllowCredentials: true, ExposeHeaders: ["ETag"], MaxAgeSeconds: 600, OriginOverride: false },
        });
        Assert.Equal(
            [
                new("X-XSS-Protection", "1; report=https://r.example/x", false), new("X-Frame-Options", "DENY", false), new("Referrer-Policy", "origin", true),
                new("Content-Security-Policy", "default-src 'self'", true), new("X-Content-Type-Options", "nosniff", true),
                new("Strict-Transport-Security", "max-age=60; includeSubDomains; preload", true), new("X-Custom", "a b", true), new AddedHeaderConfig("X-Empty", "", true),
            ],
            policy.AddedHeaders);
    }

    [Theory]
    [InlineData("<ServerTimingHeadersConfig><Enabled>true</Enabled></ServerTimingHeadersConfig>", "0")]
    [InlineData("<ServerTimingHeadersConfig><Enabled>true</Enabled><SamplingRate>0.0001</SamplingRate></ServerTimingHeadersConfig>", "0.0001")]
    [InlineData("<ServerTimingHeadersConfig><Enabled>false</Enabled><SamplingRate>50</SamplingRate></ServerTimingHeadersConfig>", null)]
    public async Task Server_timing_is_sampled_only_while_it_is_on(string timing, string? percent)
    {
        await using var control = await TestControl.StartAsync();

        var policy = await PublishAsync(control, ResponseHeadersPolicy("n", timing));

        Assert.Equal(percent, policy.ServerTimingPercent?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>dataplane §8.3.</summary>
    [Fact]
    public async Task The_managed_security_policy_overrides_one_header_alone()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "distribution", Using("eaab4381-ed33-4a86-88ca-d9558dc6cd63"))).Expect(201);

        var policy = (await control.ReportAsync("e", 0, 0)).Snapshot!.ResponseHeadersPolicies.Single();

        Assert.Equal(
            [
                new("X-XSS-Protection", "1; mode=block", false), new("X-Frame-Options", "SAMEORIGIN", false), new("Referrer-Policy", "strict-origin-when-cross-origin", false),
                new("X-Content-Type-Options", "nosniff", true), new AddedHeaderConfig("Strict-Transport-Security", "max-age=31536000", false),
            ],
            policy.AddedHeaders);
        Assert.True(policy is { Cors: { AllowOrigins: ["*"], AllowHeaders: ["*"], AllowMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"], ExposeHeaders: ["*"] } });
    }

    private static async Task<ResponseHeadersPolicyConfig> PublishAsync(TestControl control, XElement body)
    {
        var id = (await control.CallAsync("POST", "response-headers-policy", body)).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "distribution", Using(id))).Expect(201);
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(id, snapshot.Distributions.Single().DefaultBehavior.ResponseHeadersPolicyId);
        return snapshot.ResponseHeadersPolicies.Single();
    }

    private static XElement Using(string id) => Documents.Distribution("ref-1", ("DefaultCacheBehavior", $"+<ResponseHeadersPolicyId>{id}</ResponseHeadersPolicyId>"));

    private static string Xss(string inner) => $"<XSSProtection><Override>false</Override><Protection>true</Protection>{inner}</XSSProtection>";

    private static string Csp(string value) => $"<ContentSecurityPolicy><Override>true</Override><ContentSecurityPolicy>{value}</ContentSecurityPolicy></ContentSecurityPolicy>";

    private static string Hsts(string seconds) =>
        $"<StrictTransportSecurity><Override>true</Override><IncludeSubdomains>true</IncludeSubdomains><Preload>true</Preload><AccessControlMaxAgeSec>{seconds}</AccessControlMaxAgeSec></StrictTransportSecurity>";

    private static string Timing(string rate) => $"<ServerTimingHeadersConfig><Enabled>true</Enabled><SamplingRate>{rate}</SamplingRate></ServerTimingHeadersConfig>";
}
