// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;
using Frontier.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Access;

/// <summary>§24: who is let in with what signature.</summary>
public sealed class SignatureCheckTests
{
    private const string Url = "https://www.example.com/films/a.mp4";
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Now.AddHours(1);
    private static readonly IPAddress Viewer = IPAddress.Parse("198.51.100.7");
    private static readonly SignersModel Signers = Trusting(TestSigner.Rsa, TestSigner.Ecdsa);

    private static TestSigner Signer => TestSigner.Ecdsa;

    public static TheoryData<string, bool> Algorithms => new() { { "RSA", false }, { "RSA", true }, { "ECDSA", false }, { "ECDSA", true } };

    /// <summary>DP-24.2, and DP-24.5 at its edge.</summary>
    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_signature_of_either_algorithm_is_good_to_the_last_moment(string algorithm, bool sha256)
    {
        var signer = algorithm == "RSA" ? TestSigner.Rsa : TestSigner.Ecdsa;
        foreach (var url in new[] { signer.Canned(Url, End, sha256), signer.Custom(Url, Policy(Url), sha256) })
        {
            Assert.Equal(SignatureVerdict.Good, Decide(url));
            Assert.Equal(SignatureVerdict.Good, Decide(url, now: End.AddTicks(-1)));
            Assert.Equal(SignatureVerdict.Expired, Decide(url, now: End));
            Assert.Equal(SignatureVerdict.WrongSignature, Decide(sha256 ? url.Replace("SHA256", "SHA1", StringComparison.Ordinal) : url + "&Hash-Algorithm=SHA256"));
        }
    }

    [Fact]
    public void A_beginning_counts_from_the_moment_after_it_DP_24_4()
    {
        var url = Signer.Custom(Url, Policy(Url, $$""","DateGreaterThan":{"AWS:EpochTime":{{Now.ToUnixTimeSeconds()}}}"""));
        Assert.Equal(SignatureVerdict.NotYetValid, Decide(url, now: Now));
        Assert.Equal(SignatureVerdict.Good, Decide(url, now: Now.AddTicks(1)));
    }

    /// <summary>§24, the bodies byte for byte; the first has the 146 bytes that are documented.</summary>
    [Fact]
    public void Refusals_have_CloudFronts_bodies_DP_24_4()
    {
        Assert.Equal(
            """<?xml version="1.0" encoding="UTF-8"?><Error><Code>MissingKey</Code><Message>Missing Key-Pair-Id query parameter or cookie value</Message></Error>""",
            Encoding.ASCII.GetString(SignatureError.Body(SignatureVerdict.MissingKey)));
        Assert.Equal(146, SignatureError.Body(SignatureVerdict.MissingKey).Length);
        Assert.Contains("<Code>InvalidKey</Code><Message>Unknown Key</Message>", Text(SignatureVerdict.UnknownKey), StringComparison.Ordinal);
        Assert.Contains("<Code>MalformedSignature</Code><Message>Could not unencode Signature</Message>", Text(SignatureVerdict.MalformedSignature), StringComparison.Ordinal);
        Assert.Contains("<Code>MalformedPolicy</Code><Message>Malformed Policy</Message>", Text(SignatureVerdict.MalformedPolicy), StringComparison.Ordinal);
        var denied = Enum.GetValues<SignatureVerdict>().Where(static verdict => verdict is not SignatureVerdict.Good && Text(verdict).Contains("<Code>AccessDenied</Code><Message>Access denied</Message>", StringComparison.Ordinal));
        Assert.Equal(
            [SignatureVerdict.Repeated, SignatureVerdict.UnknownHash, SignatureVerdict.WrongResource, SignatureVerdict.WrongAddress, SignatureVerdict.NotYetValid, SignatureVerdict.Expired, SignatureVerdict.WrongSignature],
            denied);

        static string Text(SignatureVerdict verdict) => Encoding.ASCII.GetString(SignatureError.Body(verdict));
    }

    [Theory]
    [InlineData("/films/a.mp4", SignatureVerdict.MissingKey)]
    [InlineData("/films/a.mp4?Expires=1&Signature=AAAA", SignatureVerdict.MissingKey)]
    [InlineData("/films/a.mp4?Key-Pair-Id=", SignatureVerdict.MissingKey)]
    [InlineData("/films/a.mp4?key-pair-id=@", SignatureVerdict.MissingKey)]
    [InlineData("/films/a.mp4?Key%2DPair-Id=@", SignatureVerdict.MissingKey)]
    [InlineData("/films/a.mp4?Key-Pair-Id=KNOBODY", SignatureVerdict.UnknownKey)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@x", SignatureVerdict.UnknownKey)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@", SignatureVerdict.MalformedSignature)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AA%7E_", SignatureVerdict.MalformedSignature)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=2147483648", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=+1900000000", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=1900000000,", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=1", SignatureVerdict.Expired)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=1900000000", SignatureVerdict.WrongSignature)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Policy=e30_", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Policy=****", SignatureVerdict.MalformedPolicy)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Expires=1900000000&Hash-Algorithm=MD5", SignatureVerdict.UnknownHash)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Key-Pair-Id=@&Signature=AAAA&Expires=1900000000", SignatureVerdict.Repeated)]
    [InlineData("/films/a.mp4?Key-Pair-Id=@&Signature=AAAA&Signature=AAAA&Expires=1900000000", SignatureVerdict.Repeated)]
    public void What_is_missing_or_malformed_is_told_apart_DP_24_1_DP_24_3(string target, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Decide("https://www.example.com" + target.Replace("@", Signer.Id, StringComparison.Ordinal)));

    [Fact]
    public void A_key_of_another_group_signs_nothing_here_DP_24_3()
    {
        var signed = TestSigner.Stranger.Canned(Url, End);
        Assert.Equal(SignatureVerdict.UnknownKey, Decide(signed));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(signed.Replace(TestSigner.Stranger.Id, Signer.Id, StringComparison.Ordinal)));
        Assert.Equal(SignatureVerdict.UnknownKey, Decide(signed, signers: Trusting()));
    }

    [Fact]
    public void Signing_parameters_may_stand_anywhere_and_others_belong_to_the_URL_DP_24_7()
    {
        var url = Url + "?size=large&license=yes";
        var signed = Signer.Canned(url, End);
        var (expires, signature, key) = signed[(url.Length + 1)..].Split('&') switch { var parts => (parts[0], parts[1], parts[2]) };
        Assert.Equal(SignatureVerdict.Good, Decide(signed));
        Assert.Equal(SignatureVerdict.Good, Decide($"{Url}?{key}&size=large&{signature}&license=yes&{expires}"));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(signed + "&more=1"));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(signed + "&"));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide($"{Url}?license=yes&size=large&{expires}&{signature}&{key}"));
    }

    /// <summary>DP-24.11, DP-24.12: scheme, host and path as they were asked for.</summary>
    [Theory]
    [InlineData("http://www.example.com/films/a.mp4")]
    [InlineData("https://example.com/films/a.mp4")]
    [InlineData("https://www.example.com:8443/films/a.mp4")]
    [InlineData("https://www.example.com/films/A.mp4")]
    [InlineData("https://www.example.com/films/%61.mp4")]
    [InlineData("https://www.example.com/films/../films/a.mp4")]
    [InlineData("https://www.example.com/films/a.mp4/")]
    public void A_canned_signature_is_for_one_URL_byte_for_byte(string other)
    {
        var parameters = Signer.Canned(Url, End)[Url.Length..];
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(other + parameters));
    }

    [Fact]
    public void Any_parameter_in_the_query_puts_the_cookies_out_of_force_DP_24_6()
    {
        var cookies = "Cookie: " + Signer.CustomCookies(Policy("*"));
        Assert.Equal(SignatureVerdict.Good, Decide(Url, cookies));
        Assert.Equal(SignatureVerdict.MissingKey, Decide(Url + "?Expires=1900000000", cookies));
        Assert.Equal(SignatureVerdict.MissingKey, Decide(Url + "?Policy", cookies));
        Assert.Equal(SignatureVerdict.MissingKey, Decide(Url + "?Signature=", cookies));
        Assert.Equal(SignatureVerdict.UnknownKey, Decide(Url + "?Key-Pair-Id=K", cookies));
        Assert.Equal(SignatureVerdict.Good, Decide(Url + "?expires=1", cookies));
    }

    [Fact]
    public void Where_both_policies_are_sent_the_custom_one_counts_DP_24_6()
    {
        var canned = Signer.Canned(Url, End);
        var custom = Signer.Custom(Url, Policy("https://www.example.com/other/*"));
        Assert.Equal(SignatureVerdict.WrongResource, Decide(custom + "&Expires=1900000000"));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide($"{canned}&Policy={TestSigner.Encode(Encoding.UTF8.GetBytes(Policy("*")))}"));
    }

    [Fact]
    public void Of_three_cookies_none_may_be_missing_DP_24_16()
    {
        var cookies = Signer.CustomCookies(Policy("*")).Split("; ");
        Assert.Equal(SignatureVerdict.IncompleteCookies, Decide(Url, "Cookie: " + string.Join("; ", cookies[1..])));
        Assert.Equal(SignatureVerdict.IncompleteCookies, Decide(Url, "Cookie: " + string.Join("; ", cookies[0], cookies[2])));
        Assert.Equal(SignatureVerdict.MissingKey, Decide(Url, "Cookie: " + string.Join("; ", cookies[..2])));
        Assert.Equal(SignatureVerdict.MissingKey, Decide(Url, "Cookie: " + string.Join("; ", cookies).ToLowerInvariant()));
        Assert.Equal(SignatureVerdict.Good, Decide(Url, "Cookie: a=b;" + cookies[2], "Cookie: " + string.Join(";  ", cookies[..2]) + " ; c"));
        Assert.Equal(SignatureVerdict.Good, Decide(Url, "Cookie: " + Signer.CannedCookies(Url, End)));
    }

    /// <summary>Viewers send the cookie of the longer path first (RFC 6265, section 5.4); one for another path opens nothing here.</summary>
    [Fact]
    public void Of_two_sets_of_cookies_the_first_counts_DP_24_9()
    {
        var (here, elsewhere) = (Signer.CustomCookies(Policy("https://www.example.com/films/*")), Signer.CustomCookies(Policy("https://www.example.com/other/*")));
        Assert.Equal(SignatureVerdict.Good, Decide(Url, $"Cookie: {here}; {elsewhere}"));
        Assert.Equal(SignatureVerdict.WrongResource, Decide(Url, $"Cookie: {elsewhere}; {here}"));
    }

    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7", SignatureVerdict.Good)]
    [InlineData("198.51.100.0/24", "198.51.100.7", SignatureVerdict.Good)]
    [InlineData("198.51.100.0/24", "::ffff:198.51.100.7", SignatureVerdict.Good)]
    [InlineData("198.51.101.0/24", "198.51.100.7", SignatureVerdict.WrongAddress)]
    [InlineData("0.0.0.0/0", "2001:db8::1", SignatureVerdict.WrongAddress)]
    public void An_address_is_the_viewers_and_of_IPv4_DP_24_8(string network, string viewer, SignatureVerdict verdict)
    {
        var url = Signer.Custom(Url, Policy(Url, $$""","IpAddress":{"AWS:SourceIp":"{{network}}"}"""));
        Assert.Equal(verdict, Decide(url, viewer: IPAddress.Parse(viewer)));
    }

    /// <summary>DP-24.10: a canned policy's text sent along as a custom one is read with wildcards; as long as the URL has none, nothing else is opened.</summary>
    [Fact]
    public void The_text_of_one_form_opens_no_more_in_the_other()
    {
        var text = TestSigner.CannedPolicy(Url, End.ToUnixTimeSeconds());
        var parameters = Signer.Custom(Url, text)[Url.Length..];
        Assert.Equal(SignatureVerdict.Good, Decide(Url + parameters));
        Assert.Equal(SignatureVerdict.WrongResource, Decide("https://www.example.com/films/b.mp4" + parameters));

        // A custom policy for a network, asked for as if it were the end of a canned one's URL.
        var policy = Policy(Url, ""","IpAddress":{"AWS:SourceIp":"192.0.2.1"}""");
        var injected = Url + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1900000000}}}]}";
        Assert.Equal(SignatureVerdict.WrongSignature, Decide($"{injected}?Expires=1900000000&Signature={Signer.Sign(policy)}&Key-Pair-Id={Signer.Id}"));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(Signer.Canned(Url + "\"", End)));
    }

    [Fact]
    public void A_policy_over_the_bound_is_not_read_DP_24_8()
    {
        var policy = Policy("https://www.example.com/" + new string('*', 7_000));
        Assert.Equal(SignatureVerdict.MalformedPolicy, Decide(Url, "Cookie: " + Signer.CustomCookies(policy)));
        Assert.Equal(SignatureVerdict.Good, Decide(Url, "Cookie: " + Signer.CustomCookies(Policy("https://www.example.com/" + new string('*', 5_900)))));
        Assert.Equal(SignatureVerdict.MalformedSignature, Decide($"{Url}?Expires=1900000000&Signature={new string('A', 516)}&Key-Pair-Id={Signer.Id}"));
    }

    [Fact]
    public void The_URL_is_the_one_asked_for_and_not_the_default_root_object_DP_24_15()
    {
        var request = Request(Signer.Canned("https://www.example.com/", End));
        request.SetPath("/index.html"u8);
        SigningParameters.TakeOff(request);
        Assert.Equal(SignatureVerdict.Good, SignatureCheck.Decide(request, Signers, Viewer, Now));
        Assert.Equal("/index.html", request.TargetText);
    }

    [Fact]
    public void A_remembered_signature_still_ends_and_goes_with_its_key()
    {
        var memory = new CountingMemory();
        var (canned, custom) = (Signer.Canned(Url, End), Signer.Custom(Url, Policy(Url, ""","IpAddress":{"AWS:SourceIp":"198.51.100.0/24"}""")));
        foreach (var url in new[] { canned, custom, canned, custom })
        {
            Assert.Equal(SignatureVerdict.Good, Decide(url, memory: memory));
        }

        Assert.Equal((2, 2), (memory.Count, memory.Hits));
        Assert.Equal(SignatureVerdict.Expired, Decide(canned, now: End, memory: memory));
        Assert.Equal(SignatureVerdict.Expired, Decide(custom, now: End, memory: memory));
        Assert.Equal(SignatureVerdict.WrongAddress, Decide(custom, viewer: IPAddress.Parse("192.0.2.1"), memory: memory));
        Assert.Equal(SignatureVerdict.WrongResource, Decide(custom.Replace("films", "other", StringComparison.Ordinal), memory: memory));
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(canned.Replace("films", "other", StringComparison.Ordinal), memory: memory));
        Assert.Equal(SignatureVerdict.UnknownKey, Decide(canned, signers: Trusting(TestSigner.Rsa), memory: memory));
        Assert.Equal(2, memory.Count); // nothing that was refused

        // The same id with other key material, as after a restored backup, is another key.
        var impostor = Model(new PublicKeyConfig { Id = Signer.Id, SubjectPublicKeyInfo = TestSigner.Stranger.PublicKey });
        Assert.Equal(SignatureVerdict.WrongSignature, Decide(canned, signers: impostor, memory: memory));
    }

    [Fact]
    public void Whatever_else_is_asked_with_a_signature_is_refused_remembered_or_not() =>
        Prop.ForAll<byte, byte, byte>(static (atByte, value, kind) =>
        {
            var signed = kind % 2 == 0 ? Signer.Canned(Url, End) : Signer.Custom(Url, Policy(Url));
            var memory = (kind & 2) == 0 ? new CountingMemory() : null;
            Decide(signed, memory: memory);
            var at = "https://www.example.com".Length + 1 + (atByte * 1_000 / 256 % (signed.Length - "https://www.example.com".Length - 1));
            var changed = $"{signed[..at]}{(char)(33 + (value % 94))}{signed[(at + 1)..]}";
            return changed == signed || Decide(changed, memory: memory) is not SignatureVerdict.Good;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_a_viewer_sends_makes_the_check_fail_or_lets_it_in() =>
        Prop.ForAll<byte[], byte[], byte[]>(static (one, two, three) =>
        {
            var query = $"Policy={Plain(one)}&Signature={Plain(two)}&Key-Pair-Id={Signer.Id}&Expires={Plain(three)}";
            return Decide($"{Url}?{query}") is not SignatureVerdict.Good
                && Decide(Url, "Cookie: CloudFront-" + query.Replace("&", "; CloudFront-", StringComparison.Ordinal)) is not SignatureVerdict.Good;
        }).QuickCheckThrowOnFailure();

    private static string Plain(byte[] bytes) => new([.. bytes.Select(static value => (char)(33 + (value % 94))).Where(static character => character is not '&')]);

    private static string Policy(string resource, string more = "") =>
        $$$"""{"Statement":[{"Resource":"{{{resource}}}","Condition":{"DateLessThan":{"AWS:EpochTime":{{{End.ToUnixTimeSeconds()}}} }{{{more}}}}}]}""";

    private static SignersModel Trusting(params TestSigner[] signers) => Model([.. signers.Select(static signer => new PublicKeyConfig { Id = signer.Id, SubjectPublicKeyInfo = signer.PublicKey })]);

    private static SignersModel Model(params PublicKeyConfig[] keys) => new([.. keys.Select(static config => TrustedKey.TryCreate(config, out var key) ? key : throw new InvalidOperationException())]);

    private static SignatureVerdict Decide(string url, string header, params string[] more) => Decide(url, headers: [header, .. more]);

    private static SignatureVerdict Decide(
        string url, SignersModel? signers = null, IPAddress? viewer = null, DateTimeOffset? now = null, ISignatureMemory? memory = null, params string[] headers)
    {
        var request = Request(url, headers);
        SigningParameters.TakeOff(request);
        var verdict = SignatureCheck.Decide(request, signers ?? Signers, viewer ?? Viewer, now ?? Now, memory);
        SigningParameters.TakeOff(request);
        Assert.Equal(verdict, SignatureCheck.Decide(request, signers ?? Signers, viewer ?? Viewer, now ?? Now)); // taking off twice changes nothing
        return verdict;
    }

    private static RequestHead Request(string url, params string[] headers)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var request = Sample.Request(rest[slash..], headers);
        request.IsHttps = url.StartsWith("https:", StringComparison.Ordinal);
        request.Host = rest[..slash];
        return request;
    }

    private sealed class CountingMemory : ISignatureMemory
    {
        private readonly Dictionary<(SignatureDigest, TrustedKey), SignedPolicy> _known = [];

        public int Count => _known.Count;

        public int Hits { get; private set; }

        public SignedPolicy? Find(in SignatureDigest digest, TrustedKey key)
        {
            var found = _known.GetValueOrDefault((digest, key));
            Hits += found is null ? 0 : 1;
            return found;
        }

        public void Remember(in SignatureDigest digest, TrustedKey key, SignedPolicy policy) => _known[(digest, key)] = policy;
    }
}
