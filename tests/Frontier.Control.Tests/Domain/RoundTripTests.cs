// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Nodes;
using Frontier.Contracts;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Control.Tests.Domain;

/// <summary>API-5.13: what is written reads back as the same, for every element of §9, unsupported ones included.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Words = ["", " ", "a", "with space", "<&>\"'", "line\r\nend", "\t", "日本🙂", "x".PadLeft(300, 'y')];

    [Fact]
    public void A_configuration_that_is_written_reads_back_the_same() =>
        Prop.ForAll<int>(seed =>
        {
            var text = XmlText.Write(DistributionWriter.Write(new Generator(seed).Settings()));
            var failed = ElementReader.ReadRoot(XmlText.Read(text), DistributionReader.Read).Failed(out var error, out var again);
            return !failed && XmlText.Write(DistributionWriter.Write(again!)) == text ? true : throw new InvalidOperationException(error?.Message ?? text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_JSON_that_the_AWS_CLI_prints_reads_as_the_same() =>
        Prop.ForAll<int>(seed =>
        {
            var document = DistributionWriter.Write(new Generator(seed).Settings());
            var json = JsonElement.Parse(new JsonObject { ["ETag"] = "E1", ["DistributionConfig"] = AwsJson.Of(document) }.ToJsonString());
            return !DistributionJson.ToXml(json).Failed(out var error, out var xml) && !ElementReader.ReadRoot(xml, DistributionReader.Read).Failed(out error, out var again)
                && XmlText.Write(DistributionWriter.Write(again)) == XmlText.Write(document)
                ? true
                : throw new InvalidOperationException(error?.Message ?? json.ToString());
        }).QuickCheckThrowOnFailure();

    private sealed class Generator(int seed)
    {
        private readonly Random _random = new(seed);

        public DistributionSettings Settings() => new()
        {
            CallerReference = Word(),
            Aliases = [.. Many(() => $"a{_random.Next()}.example.com")],
            DefaultRootObject = Word(),
            Origins = [.. Many(Origin)],
            OriginGroups = [.. Many(() => new OriginGroup(Word(), [500, 502], [Word(), Word()], One(Vocabulary.SelectionCriteria)))],
            DefaultCacheBehavior = Behavior(null),
            CacheBehaviors = [.. Many(() => Behavior(Word()))],
            CustomErrorResponses = [.. Many(() => new CustomErrorResponse(_random.Next(400, 505), Word(), Coin() ? "200" : "", _random.Next()))],
            Comment = Word(),
            Logging = Coin() ? new LoggingSettings(true, Coin(), Word(), Word()) : new LoggingSettings(false, Coin(), "", ""),
            PriceClass = One(Vocabulary.PriceClass),
            Enabled = Coin(),
            ViewerCertificate = Coin() ? ViewerCertificate.Default : new ViewerCertificate(false, Filled(), Filled(), One(Vocabulary.SslSupportMethod), One(Vocabulary.MinimumProtocolVersion)),
            GeoRestriction = new GeoRestriction(One(Vocabulary.GeoRestrictionType), [.. Many(() => "DE")]),
            WebAclId = Word(),
            HttpVersion = One(Vocabulary.HttpVersion),
            IsIpv6Enabled = Coin(),
            ContinuousDeploymentPolicyId = Word(),
            Staging = Coin(),
            AnycastIpListId = Word(),
            TenantParameters = Coin() ? null : [.. Many(() => new TenantParameter(Word(), Word(), Filled(), Coin()))],
            ConnectionMode = One(Vocabulary.ConnectionMode),
            ViewerMtls = Coin() ? null : new ViewerMtls(One(Vocabulary.ViewerMtlsMode), Filled() ?? "t", Coin(), Coin()),
            ConnectionFunctionId = Filled(),
            CacheTagHeaderName = Filled(),
        };

        private Origin Origin() => new()
        {
            Id = Word(),
            DomainName = "origin.example.com",
            Path = Word(),
            CustomHeaders = [.. Many(() => new HeaderConfig(Word(), Word()))],
            S3 = Coin() ? null : new S3OriginSettings(Word(), _random.Next()),
            Custom = Coin() ? null : new CustomOriginSettings(
                _random.Next(), _random.Next(), One(Vocabulary.OriginProtocolPolicy), [.. Many(() => One(Vocabulary.SslProtocol))], _random.Next(), _random.Next(), One(Vocabulary.IpAddressType), Filled()),
            Vpc = Coin() ? null : new VpcOriginSettings(Word(), Filled(), _random.Next(), _random.Next()),
            ConnectionAttempts = _random.Next(),
            ConnectionTimeout = _random.Next(),
            ResponseCompletionTimeout = Coin() ? null : _random.Next(),
            ShieldEnabled = Coin(),
            ShieldRegion = Filled(),
            OriginAccessControlId = Coin() ? "" : "E1",
        };

        private CacheBehavior Behavior(string? pattern) => new()
        {
            PathPattern = pattern,
            TargetOriginId = Word(),
            TrustedSigners = new SignerList(Coin(), [.. Many(() => "self")]),
            TrustedKeyGroups = new SignerList(Coin(), [.. Many(() => "group")]),
            ViewerProtocolPolicy = One(Vocabulary.ViewerProtocolPolicy),
            AllowedMethods = [.. Many(() => One(Vocabulary.Method))],
            CachedMethods = [.. Many(() => One(Vocabulary.Method))],
            SmoothStreaming = Coin(),
            Compress = Coin(),
            LambdaFunctions = [.. Many(() => new LambdaAssociation(Word(), One(Vocabulary.LambdaEvent), Coin()))],
            Functions = [.. Many(() => new FunctionAssociation(Word(), One(Vocabulary.FunctionEvent)))],
            FieldLevelEncryptionId = Word(),
            RealtimeLogConfigArn = Filled(),
            CachePolicyId = Filled(),
            OriginRequestPolicyId = Filled(),
            ResponseHeadersPolicyId = Filled(),
            GrpcEnabled = Coin(),
            ForwardedValues = Coin() ? null : new ForwardedValues(Coin(), One(Vocabulary.CookieForward), Coin() ? null : [.. Many(Word)], [.. Many(Word)], [.. Many(Word)]),
            MinTtl = _random.Next(),
            DefaultTtl = _random.Next(),
            MaxTtl = _random.Next(),
        };

        private bool Coin() => _random.Next(2) == 0;

        private string Word() => Words[_random.Next(Words.Length)];

        private string? Filled() => Coin() ? null : Words[_random.Next(1, Words.Length)];

        private string One(IReadOnlyList<string> vocabulary) => vocabulary[_random.Next(vocabulary.Count)];

        private List<T> Many<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => make())];
    }
}
