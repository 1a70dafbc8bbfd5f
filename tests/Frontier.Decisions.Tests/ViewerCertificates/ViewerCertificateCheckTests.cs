// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Decisions.ViewerCertificates;
using Frontier.Testing;
using CertificateRequest = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace Frontier.Decisions.Tests.ViewerCertificates;

/// <summary>DP-31.4, DP-31.5: which certificates of viewers count, and by which word the others are refused.</summary>
public sealed class ViewerCertificateCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    private readonly TestClientAuthority _root = new("CN=root", Now);
    private readonly TestClientAuthority _middle;
    private readonly TestClientAuthority _stranger = new("CN=stranger", Now);

    public ViewerCertificateCheckTests() => _middle = new TestClientAuthority("CN=middle", Now, _root);

    [Fact]
    public void A_certificate_of_the_store_s_authority_is_good_directly_and_by_another_that_either_side_knows()
    {
        using var direct = _root.Issue("CN=a");
        using var nested = _middle.Issue("CN=b");
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root), direct));
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root), nested, _middle));
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root, _middle), nested));
        Assert.Equal(ViewerCertificateError.Untrusted, Decide(Model(_root), nested));
    }

    [Fact]
    public void None_is_missing_where_one_is_required_and_fine_elsewhere()
    {
        Assert.Equal(ViewerCertificateError.Missing, Decide(Model(_root), null));
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root) with { Mode = ViewerCertificateMode.Optional }, null));
        Assert.Equal(ViewerCertificateError.None, Decide(Passthrough, null));
    }

    /// <summary>An optional certificate that is bad is refused all the same.</summary>
    [Fact]
    public void Strangers_and_forgers_are_untrusted()
    {
        using var strange = _stranger.Issue("CN=a");
        using var forged = _root.Forge("CN=a");
        using var nested = _middle.Forge("CN=b");
        using var self = new TestClientAuthority("CN=a", Now);
        foreach (var model in (ViewerCertificatesModel[])[Model(_root, _middle), Model(_root, _middle) with { Mode = ViewerCertificateMode.Optional, IgnoresExpiry = true }])
        {
            Assert.Equal(ViewerCertificateError.Untrusted, Decide(model, strange));
            Assert.Equal(ViewerCertificateError.Untrusted, Decide(model, strange, _stranger)); // whatever root it brings along
            Assert.Equal(ViewerCertificateError.Untrusted, Decide(model, self.Certificate));
            Assert.NotEqual(ViewerCertificateError.None, Decide(model, forged));
            Assert.NotEqual(ViewerCertificateError.None, Decide(model, nested));
            Assert.NotEqual(ViewerCertificateError.None, Decide(model, nested, _middle));
        }
    }

    [Fact]
    public void A_certificate_has_its_time_unless_its_end_is_ignored()
    {
        using var expired = _root.Issue("CN=a", Now.AddDays(-9), Now.AddDays(-1));
        using var early = _root.Issue("CN=a", Now.AddDays(1), Now.AddDays(9));
        var lenient = Model(_root) with { IgnoresExpiry = true };
        Assert.Equal(ViewerCertificateError.Expired, Decide(Model(_root), expired));
        Assert.Equal(ViewerCertificateError.None, Decide(lenient, expired));
        Assert.Equal(ViewerCertificateError.NotYetValid, Decide(Model(_root), early));
        Assert.Equal(ViewerCertificateError.NotYetValid, Decide(lenient, early));
    }

    [Fact]
    public void A_certificate_for_servers_is_none_for_viewers_and_one_for_anything_is()
    {
        using var server = _root.Issue("CN=a", usage: TestClientAuthority.ForServers);
        using var any = _root.Issue("CN=a", usage: null);
        Assert.Equal(ViewerCertificateError.IntentInvalid, Decide(Model(_root), server));
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root), any));
    }

    [Fact]
    public void A_chain_has_at_most_four_certificates_and_each_at_most_16_384_bytes()
    {
        using var third = new TestClientAuthority("CN=third", Now, _middle);
        using var fourth = new TestClientAuthority("CN=fourth", Now, third);
        using var deep = third.Issue("CN=a");
        using var deeper = fourth.Issue("CN=a");
        using var large = _root.Issue("CN=a", padding: 16_384);
        Assert.Equal(ViewerCertificateError.None, Decide(Model(_root), deep, third, _middle));
        Assert.Equal(ViewerCertificateError.MaxChainDepthExceeded, Decide(Model(_root), deeper, fourth, third, _middle));
        Assert.Equal(ViewerCertificateError.MaxSizeExceeded, Decide(Model(_root), large));

        Assert.Equal(ViewerCertificateError.None, Decide(Passthrough, deep, third, _middle, _root));
        Assert.Equal(ViewerCertificateError.MaxChainDepthExceeded, Decide(Passthrough, deeper, fourth, third, _middle, _root));
        Assert.Equal(ViewerCertificateError.MaxSizeExceeded, Decide(Passthrough, large));
    }

    [Fact]
    public void Where_the_origin_judges_any_certificate_passes()
    {
        using var strange = _stranger.Issue("CN=a", Now.AddDays(-9), Now.AddDays(-1), TestClientAuthority.ForServers);
        Assert.Equal(ViewerCertificateError.None, Decide(Passthrough, strange));
    }

    [Fact]
    public void Keys_of_other_kinds_than_RSA_and_ECDSA_are_refused()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=a"), new PublicKey(new Oid("1.2.840.10040.4.1"), new AsnEncodedData([5, 0]), new AsnEncodedData([2, 1, 1])), HashAlgorithmName.SHA256);
        using var dsa = request.Create(new X500DistinguishedName("CN=root"), X509SignatureGenerator.CreateForECDsa(signer), Now, Now.AddDays(1), [1]);
        Assert.Equal(ViewerCertificateError.TypeUnsupported, ViewerCertificateCheck.Decide(Model(_root), dsa, [], null));
    }

    [Fact]
    public void Each_error_has_its_word_for_the_log_DP_31_5() => Assert.Equal(
        "Success ClientCertMissing ClientCertMaxChainDepthExceeded ClientCertMaxSizeExceeded ClientCertTypeUnsupported ClientCertUntrusted ClientCertNotYetValid ClientCertExpired ClientCertIntentInvalid ClientCertInvalid",
        string.Join(' ', Enum.GetValues<ViewerCertificateError>().Select(static error => error.LogName)));

    [Fact]
    public void A_connection_is_good_for_the_very_rules_it_was_made_under_and_no_others()
    {
        var asked = Model(_root);
        using var leaf = _root.Issue("CN=a");
        var shown = new ViewerCertificateFacts(leaf, [], isTrusted: true);
        Assert.Equal(ViewerCertificateVerdict.Allowed, Verdict(asked, asked with { }, shown));
        foreach (var other in (ViewerCertificatesModel?[])[null, asked with { Mode = ViewerCertificateMode.Optional }, asked with { IgnoresExpiry = true }, Model(_root), Passthrough])
        {
            Assert.Equal(ViewerCertificateVerdict.Misdirected, Verdict(asked, other, shown)); // another store is another object, whatever it holds
        }

        Assert.Equal(ViewerCertificateVerdict.Allowed, Verdict(null, asked, shown));
        Assert.Equal(ViewerCertificateVerdict.NotSecure, ViewerCertificateVerdicts.Decide(asked, isHttps: false, null, null, Now));
        Assert.Equal(ViewerCertificateVerdict.Allowed, ViewerCertificateVerdicts.Decide(asked with { Mode = ViewerCertificateMode.Optional }, isHttps: false, null, null, Now));
    }

    [Fact]
    public void A_connection_outlives_no_certificate()
    {
        using var leaf = _root.Issue("CN=a", until: Now.AddMinutes(1));
        var shown = new ViewerCertificateFacts(leaf, [], isTrusted: true);
        var asked = Model(_root);
        Assert.Equal(ViewerCertificateVerdict.Allowed, Verdict(asked, asked, shown));
        Assert.Equal(ViewerCertificateVerdict.Misdirected, ViewerCertificateVerdicts.Decide(asked, true, asked, shown, Now.AddMinutes(2)));
        var lenient = asked with { IgnoresExpiry = true };
        Assert.Equal(ViewerCertificateVerdict.Allowed, ViewerCertificateVerdicts.Decide(lenient, true, lenient, shown, Now.AddMinutes(2)));
    }

    public void Dispose()
    {
        _root.Dispose();
        _middle.Dispose();
        _stranger.Dispose();
    }

    private static ViewerCertificatesModel Passthrough { get; } = new(ViewerCertificateMode.Passthrough, null, false, false);

    private static ViewerCertificateVerdict Verdict(ViewerCertificatesModel? asked, ViewerCertificatesModel? checkedAs, ViewerCertificateFacts shown) =>
        ViewerCertificateVerdicts.Decide(asked, isHttps: true, checkedAs, shown, Now);

    private static ViewerCertificatesModel Model(params TestClientAuthority[] authorities)
    {
        Assert.True(TrustStoreModel.TryCreate(new TrustStoreConfig { Id = "ts_1", Certificates = [.. authorities.Select(static authority => authority.Base64)] }, out var store));
        return new ViewerCertificatesModel(ViewerCertificateMode.Required, store, false, false);
    }

    /// <summary>As the platform does it in a handshake.</summary>
    private static ViewerCertificateError Decide(ViewerCertificatesModel model, X509Certificate2? leaf, params TestClientAuthority[] sent)
    {
        if (leaf is null)
        {
            return ViewerCertificateCheck.Decide(model, null, [], null);
        }

        using var chain = new X509Chain { ChainPolicy = ViewerCertificateCheck.PolicyFor(model, Now) };
        foreach (var authority in sent)
        {
            chain.ChainPolicy.ExtraStore.Add(authority.Certificate);
        }

        chain.Build(leaf);
        return ViewerCertificateCheck.Decide(model, leaf, [.. sent.Select(static authority => authority.Certificate)], chain);
    }
}
