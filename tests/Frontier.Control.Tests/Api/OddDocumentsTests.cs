// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>API-1.5, API-1.9, API-1.10, API-1.12: forms of XML that few clients send and all may.</summary>
public sealed class OddDocumentsTests
{
    private const string Origin = "<Id>web</Id><DomainName>origin.example.com</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig>";
    private const string Behavior = $"<TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingOptimized}</CachePolicyId>";

    private const string Plain =
        $"<DistributionConfig><CallerReference>odd</CallerReference><Origins><Quantity>1</Quantity><Items><Origin>{Origin}</Origin></Items></Origins><DefaultCacheBehavior>{Behavior}</DefaultCacheBehavior><Comment>c</Comment><Enabled>true</Enabled></DistributionConfig>";

    public static TheoryData<string, string> Forms => new()
    {
        { "no namespace, no declaration", Plain },
        { "a declaration and white space", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n\r\n" + Plain.Replace("><", ">\n  <", StringComparison.Ordinal) + "\n\n" },
        { "a prefix for the namespace", Prefixed(Plain) },
        { "the namespace of another version", Plain.Replace("<DistributionConfig>", "<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2012-07-01/\">", StringComparison.Ordinal) },
        { "attributes", Plain.Replace("<Origin>", "<Origin xml:lang=\"en\" note=\"n\">", StringComparison.Ordinal) },
        { "comments and processing instructions", "<!-- one --><?pi two?>" + Plain.Replace("<Id>web</Id>", "<Id>w<!-- inside -->eb</Id><?pi?>", StringComparison.Ordinal) + "<!-- three -->" },
        { "CDATA", Plain.Replace("<DomainName>origin.example.com</DomainName>", "<DomainName><![CDATA[origin.example]]>.com</DomainName>", StringComparison.Ordinal) },
        { "the five entities and numbered characters", Plain.Replace("<Comment>c</Comment>", "<Comment>&#99;</Comment>", StringComparison.Ordinal).Replace("web", "w&#x65;b", StringComparison.Ordinal) },
        { "Items before Quantity", Plain.Replace($"<Quantity>1</Quantity><Items><Origin>{Origin}</Origin></Items>", $"<Items><Origin>{Origin}</Origin></Items><Quantity>1</Quantity>", StringComparison.Ordinal) },
        { "empty lists of older clients", Plain.Replace("<Comment>", "<Aliases><Quantity>0</Quantity><Items/></Aliases><CacheBehaviors><Quantity>0</Quantity><Items></Items></CacheBehaviors><CustomErrorResponses><Quantity>0</Quantity></CustomErrorResponses><Comment>", StringComparison.Ordinal) },
        { "optional members sent empty", Plain.Replace("<Comment>", "<DefaultRootObject/><WebACLId></WebACLId><PriceClass/><HttpVersion></HttpVersion><Staging/><IsIPV6Enabled/><ContinuousDeploymentPolicyId/><Comment>", StringComparison.Ordinal) },
        { "unknown elements at every level", Plain.Replace("<Id>web</Id>", "<Id>web</Id><Later><Items><Id>other</Id></Items></Later>", StringComparison.Ordinal).Replace("<Quantity>1</Quantity>", "<Quantity>1</Quantity><Newer>2</Newer>", StringComparison.Ordinal) },
        { "white space around words and numbers", Plain.Replace("allow-all", " allow-all\n", StringComparison.Ordinal).Replace(">80<", "> 80 <", StringComparison.Ordinal).Replace("<Enabled>true<", "<Enabled> true <", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task An_odd_but_legal_document_means_what_the_plain_one_means(string form, string xml)
    {
        Assert.NotEqual("", form);
        await using var control = await TestControl.StartAsync();

        var created = (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(xml))).Expect(201);

        await using var other = await TestControl.StartAsync();
        var plain = (await other.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(Plain))).Expect(201);
        Assert.Equal(Config(plain), Config(created));
    }

    /// <summary>Every encoding that a declaration or a mark at the beginning may announce and that XML demands.</summary>
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_understood(string encoding)
    {
        await using var control = await TestControl.StartAsync();
        var encoder = Encoding.GetEncoding(encoding);

        var created = (await control.CallAsync("POST", "distribution", [.. encoder.GetPreamble(), .. encoder.GetBytes(Plain.Replace(">c<", ">ü<", StringComparison.Ordinal))])).Expect(201);

        Assert.Equal("ü", created.Text("Comment"));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><DistributionConfig><Comment>&c;</Comment></DistributionConfig>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><DistributionConfig><Comment>&x;</Comment></DistributionConfig>")]
    [InlineData("<!DOCTYPE DistributionConfig SYSTEM 'http://127.0.0.1:1/a.dtd'><DistributionConfig/>")]
    [InlineData("<!DOCTYPE DistributionConfig><DistributionConfig/>")]
    [InlineData("<DistributionConfig><Comment>&unknown;</Comment></DistributionConfig>")]
    [InlineData("<DistributionConfig><Comment>\u0001</Comment></DistributionConfig>")]
    [InlineData("<DistributionConfig/><DistributionConfig/>")]
    [InlineData("<DistributionConfig><Comment>a</comment></DistributionConfig>")]
    [InlineData("<DistributionConfig a='1' a='2'/>")]
    [InlineData("<p:DistributionConfig/>")]
    public async Task Types_entities_of_ones_own_and_what_is_not_well_formed_are_refused(string xml)
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(xml))).ExpectError(400, "MalformedXML");
    }

    [Fact]
    public async Task A_document_in_an_encoding_it_does_not_have_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        byte[] broken = [.. Encoding.UTF8.GetBytes("<DistributionConfig><Comment>"), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("</Comment></DistributionConfig>")];

        (await control.CallAsync("POST", "distribution", broken)).ExpectError(400, "MalformedXML");
        (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"no-such\"?>" + Plain))).ExpectError(400, "MalformedXML");
    }

    [Fact]
    public async Task A_wide_document_costs_no_more_than_its_bytes()
    {
        await using var control = await TestControl.StartAsync();
        var wide = Plain.Replace("<Comment>", string.Concat(Enumerable.Repeat("<Unknown/>", 90_000)) + "<Comment>", StringComparison.Ordinal);

        (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(wide))).Expect(201);
        (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(wide + new string(' ', 1 << 20)))).ExpectError(413, "EntitySizeLimitExceeded");
    }

    private static string Config(Answer answer) => answer.Root.Element(Answer.Ns + "DistributionConfig")!.ToString();

    private static string Prefixed(string xml) => System.Text.RegularExpressions.Regex.Replace(xml, "<(/?)([A-Z])", "<$1cf:$2")
        .Replace("<cf:DistributionConfig>", "<cf:DistributionConfig xmlns:cf=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">", StringComparison.Ordinal);
}
