// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.SignedUrls;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SignedUrls;

/// <summary>DP-24.8: the JSON of custom policies, read strictly.</summary>
public sealed class SignedPolicyTests
{
    private const string End = """ "DateLessThan":{"AWS:EpochTime":2000000000} """;

    [Theory]
    [InlineData("""{"Statement":[{"Resource":"*","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}}}]}""")]
    [InlineData("""{"Statement":{"Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}}}}""")]
    [InlineData(""" { "Statement" : [ { "Condition" : { "IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}, "DateGreaterThan":{"AWS:EpochTime":1}, "DateLessThan":{"AWS:EpochTime":2000000000}}, "Resource":"https:\/\/a\/b" } ] } """)]
    [InlineData("""{"Statement":[{"Resource":"https://a/b\?c","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000}}}]}""")]
    [InlineData("""{"Statement":[{"Resource":"https://a/b\\?c","Condition":{"DateLessThan":{"AWS:EpochTime":2147483647}}}]}""")]
    public void A_policy_is_read(string json)
    {
        Assert.True(SignedPolicy.TryParse(Encoding.UTF8.GetBytes(json), out var policy));
        Assert.True(policy.LessThan >= 2_000_000_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"Statement":[]}""")]
    [InlineData("""{"Statement":[{"Resource":"*"}]}""")]
    [InlineData("""{"Statement":[{"Resource":"*","Condition":{}}]}""")]
    [InlineData("""{"Statement":[{"Resource":["*"],"Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Resource":"","Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@}},{"Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@}}],"Statement":[{"Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Resource":"https://a/b","Resource":"*","Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@},"Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"StringEquals":{"a":"b"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@},"Effect":"Allow"}]}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Condition":{@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@}}]} x""")]
    [InlineData("""{"Statement":[{"Condition":{@}}]}{}""")]
    [InlineData("""{"Statement":[{"Condition":{@,}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@}}]""")]
    [InlineData("""{"Statement":[{"Condition":{/**/@}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":"2000000000"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":2147483648}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":-1}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":1.5}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"DateLessThan":{"AWS:EpochTime":2000000000,"AWS:EpochTime":1}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{"dateLessThan":{"AWS:EpochTime":2000000000}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"IpAddress":{"AWS:SourceIp":"2001:db8::/32"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"IpAddress":{"AWS:SourceIp":"192.0.2.0/33"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"IpAddress":{"AWS:SourceIp":"192.0.2"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"IpAddress":{"AWS:SourceIp":"0300.0.2.1"}}}]}""")]
    [InlineData("""{"Statement":[{"Condition":{@,"IpAddress":{"AWS:SourceIp":["192.0.2.1"]}}}]}""")]
    [InlineData("""{"Statement":[{"Resource":"\ud800","Condition":{@}}]}""")]
    public void What_is_no_such_policy_is_refused(string json) =>
        Assert.False(SignedPolicy.TryParse(Encoding.UTF8.GetBytes(json.Replace("@", End, StringComparison.Ordinal)), out _));

    [Fact]
    public void Nothing_that_is_sent_makes_the_reader_fail() =>
        Prop.ForAll<byte[]>(static bytes => !SignedPolicy.TryParse(bytes, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_policy_that_is_cut_anywhere_is_none()
    {
        var whole = Encoding.UTF8.GetBytes("""{"Statement":[{"Resource":"https://a/*","Condition":{"DateLessThan":{"AWS:EpochTime":2000000000},"IpAddress":{"AWS:SourceIp":"192.0.2.0/24"}}}]}""");
        Assert.True(SignedPolicy.TryParse(whole, out _));
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(SignedPolicy.TryParse(whole.AsSpan(0, length), out _)));
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.77/24", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7/32", "192.0.2.8", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    public void A_network_has_its_viewers_and_none_of_IPv6(string network, string viewer, bool isIn)
    {
        Assert.True(SourceNetwork.TryParse(network, out var parsed));
        Assert.Equal(isIn, parsed.Contains(IPAddress.Parse(viewer)));
    }
}
