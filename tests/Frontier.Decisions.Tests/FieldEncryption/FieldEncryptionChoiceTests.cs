// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.FieldEncryption;
using Frontier.Decisions.Models;
using Frontier.Protocols.FieldEncryption;

namespace Frontier.Decisions.Tests.FieldEncryption;

/// <summary>DP-25.2 to DP-25.4, and what of DP-25.6 can be told by the head alone.</summary>
public sealed class FieldEncryptionChoiceTests
{
    private const string Form = "Content-Type: application/x-www-form-urlencoded";

    private static readonly FieldEncryptionProfileModel Usual = Forms.Profile("usual");
    private static readonly FieldEncryptionProfileModel Other = new(Forms.ProfileConfig("P2", "other"), Usual.Key);
    private static readonly FieldEncryptionConfig Config = new()
    {
        Id = "C1",
        KnowsForms = true,
        FormProfileId = Usual.Id,
        QueryArgs = new QueryArgProfilesConfig(false, [new QueryArgProfileConfig("other one", Other.Id), new QueryArgProfileConfig("é", Usual.Id)]),
    };

    [Theory]
    [InlineData("/", Form)]
    [InlineData("/", "content-type: Application/X-WWW-Form-URLEncoded ; charset=UTF-8")]
    [InlineData("/?a=1&fle-profil=x&xfle-profile=other", Form)]
    [InlineData("/?fle-profile=%C3%A9", Form)]
    [InlineData("/", Form, "Content-Encoding: identity")]
    public void A_form_is_encrypted_by_the_profile_of_its_content_type_DP_25_2(string target, params string[] headers) =>
        Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.Processed, Usual), Decide(Config, target, headers));

    [Theory]
    [InlineData("/?fle-profile=other%20one")]
    [InlineData("/?a=1&fle-profile=other+one&b=2")]
    public void The_query_argument_overrides_the_content_type_DP_25_2(string target)
    {
        var expected = new FieldEncryptionVerdict(FieldEncryptionStatus.Processed, Other);
        Assert.Equal(expected, Decide(Config, target, Form));
        Assert.Equal(expected, Decide(Config with { KnowsForms = false, FormProfileId = null }, target, Form));
        Assert.Equal(expected, Decide(Config with { FormProfileId = null }, target, Form));
    }

    [Theory]
    [InlineData("/?fle-profile=unknown")]
    [InlineData("/?fle-profile=OTHER+ONE")]
    public void A_profile_that_nobody_has_mapped_is_refused_or_forwarded_DP_25_4(string target)
    {
        Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.RejectedByQueryArgs), Decide(Config, target, Form));
        Assert.Equal(
            new FieldEncryptionVerdict(FieldEncryptionStatus.ForwardedByQueryArgs),
            Decide(Config with { QueryArgs = Config.QueryArgs! with { ForwardsUnknown = true } }, target, Form));
    }

    [Theory]
    [InlineData("/?fle-profile=")]
    [InlineData("/?fle-profile")]
    [InlineData("/?fle-profile=%zz")]
    [InlineData("/?fle-profile=a%4")]
    [InlineData("/?fle-profile=unknown&fle-profile=other+one")]
    [InlineData("/?fle-profile=other+one&a=1&fle-profile=other+one")]
    public void An_argument_that_is_empty_malformed_or_repeated_is_refused_even_where_unknown_ones_are_forwarded_DP_25_4(string target) => Assert.Equal(
        new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedQueryArgsClientError),
        Decide(Config with { QueryArgs = Config.QueryArgs! with { ForwardsUnknown = true } }, target, Form));

    [Fact]
    public void Where_no_arguments_are_configured_they_mean_nothing() =>
        Assert.Equal(FieldEncryptionStatus.Processed, Decide(Config with { QueryArgs = null }, "/?fle-profile=&fle-profile=%zz", Form).Status);

    [Theory]
    [InlineData("Content-Type: application/json")]
    [InlineData("Content-Type: multipart/form-data; boundary=application/x-www-form-urlencoded")]
    [InlineData("Content-Type: application/x-www-form-urlencoded2")]
    [InlineData("X: no content type")]
    public void Other_content_is_refused_or_forwarded_DP_25_3(string header)
    {
        foreach (var target in (string[])["/", "/?fle-profile=other+one"])
        {
            Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.RejectedByContentType), Decide(Config, target, header));
            Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.ForwardedByContentType), Decide(Config with { ForwardsUnknownContent = true }, target, header));
        }
    }

    [Fact]
    public void A_form_that_is_not_configured_is_other_content_and_one_without_profile_goes_as_it_is_DP_25_3()
    {
        Assert.Equal(FieldEncryptionStatus.RejectedByContentType, Decide(new FieldEncryptionConfig { Id = "C" }, "/", Form).Status);
        Assert.Equal(FieldEncryptionStatus.ForwardedByContentType, Decide(new FieldEncryptionConfig { Id = "C", ForwardsUnknownContent = true }, "/", Form).Status);
        Assert.Equal(FieldEncryptionStatus.ForwardedDueToNoProfile, Decide(new FieldEncryptionConfig { Id = "C", KnowsForms = true }, "/", Form).Status);
    }

    [Theory]
    [InlineData("Content-Type: ")]
    [InlineData("Content-Type: application")]
    [InlineData("Content-Type: /x")]
    [InlineData("Content-Type: ;charset=utf-8")]
    [InlineData("Content-Type: application/x-www-form-urlencoded charset=utf-8")]
    [InlineData("Content-Type: text/plain, application/x-www-form-urlencoded")]
    [InlineData("Content-Type: text/plain", Form)]
    [InlineData(Form, Form)]
    public void A_content_type_that_origins_may_read_in_two_ways_is_refused_even_where_others_are_forwarded_DP_25_6(params string[] headers) => Assert.Equal(
        new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedContentTypeClientError), Decide(Config with { ForwardsUnknownContent = true }, "/", headers));

    [Theory]
    [InlineData("Content-Encoding: gzip")]
    [InlineData("Content-Encoding: identity, gzip")]
    public void A_form_that_hides_its_fields_from_the_edge_is_refused(string header)
    {
        Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedInputClientError), Decide(Config, "/", Form, header));
        Assert.Equal(new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedInputClientError), Decide(Config, "/", Form, "Content-Encoding: identity", header));
    }

    [Fact]
    public void A_length_over_the_limit_is_refused_before_the_body_is_asked_for_DP_25_6()
    {
        var model = Model(Config);
        var request = Sample.Request("/", Form);
        Assert.Equal(FieldEncryptionStatus.Processed, FieldEncryptionChoice.Decide(request, model, FormEncryptor.MaxBodyBytes).Status);
        Assert.Equal(FieldEncryptionStatus.RequestLengthLimitClientError, FieldEncryptionChoice.Decide(request, model, FormEncryptor.MaxBodyBytes + 1).Status);
    }

    [Fact]
    public void What_the_viewer_has_said_of_the_bytes_goes_when_they_change()
    {
        var headers = Sample.Headers("Content-MD5: a", "Content-Type: b", "Digest: c", "X-Amz-Content-Sha256: d", "Content-Digest: e", "Repr-Digest: f");
        FormHeaders.RemoveDigests(headers);
        Assert.Equal(["Content-Type: b"], Sample.Lines(headers));
    }

    private static FieldEncryptionVerdict Decide(FieldEncryptionConfig config, string target, params string[] headers) =>
        FieldEncryptionChoice.Decide(Sample.Request(target, headers), Model(config), bodyLength: 10);

    private static FieldEncryptionModel Model(FieldEncryptionConfig config) => new(config, [Usual, Other]);
}
