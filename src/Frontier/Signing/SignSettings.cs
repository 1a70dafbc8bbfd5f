// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Signing;

/// <summary>What <c>frontier sign</c> was asked, checked as the edge will check it. Every fault is collected, none hides another.</summary>
internal sealed class SignSettings : IDisposable
{
    private readonly List<string> _faults = [];

    private SignSettings(SignFlags flags, DateTimeOffset now)
    {
        IsCookies = flags.Cookies;
        KeyPairId = flags.KeyPairId;
        Url = ReadUrl(flags);
        Key = PrivateKeyFile.Read(flags.PrivateKey, out var fault);
        Require(Key is not null, fault);
        Require(flags.KeyPairId.Length > 0 && flags.KeyPairId.All(char.IsAsciiLetterOrDigit), $"--key-pair-id is \"{flags.KeyPairId}\": give the id of a public key, such as K2JCJMDEHXQW5F.");
        Hash = flags.Hash is "sha256" ? SigningHash.Sha256 : SigningHash.Sha1;
        Require(flags.Hash is "sha1" or "sha256", $"--hash is \"{flags.Hash}\": give sha1 or sha256.");
        if (flags.Policy is { } file)
        {
            Require(flags.Expires is null && !flags.AsksForCustom, "--policy says all conditions itself: leave --expires, --not-before, --ip and --resource out.");
            Policy = ReadPolicy(file);
            return;
        }

        Expires = ReadTime("--expires", flags.Expires, now);
        Require(flags.Expires is not null, "--expires is missing: say when it ends, e.g. --expires 1h, or give a --policy.");
        Require(_faults.Count > 0 || Expires > now.ToUnixTimeSeconds(), $"--expires {flags.Expires} lies in the past: nobody would be served.");
        if (flags.AsksForCustom)
        {
            Policy = MakePolicy(flags, now);
        }
    }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Null only for cookies with a policy of their own.</summary>
    public string? Url { get; }

    public string KeyPairId { get; }

    /// <summary>Null where there are faults.</summary>
    public AsymmetricAlgorithm? Key { get; }

    public SigningHash Hash { get; }

    /// <summary>Of a canned policy: seconds since 1970.</summary>
    public long Expires { get; }

    /// <summary>The JSON of a custom policy; null for a canned one.</summary>
    public byte[]? Policy { get; }

    public bool IsCookies { get; }

    public static SignSettings Read(SignFlags flags, DateTimeOffset now) => new(flags, now);

    public void Dispose() => Key?.Dispose();

    private string? ReadUrl(SignFlags flags)
    {
        if (flags.Url is not { } url)
        {
            Require(flags.Cookies && (flags.Policy ?? flags.Resource) is not null, "--url is missing: say what is signed, e.g. --url https://www.example.com/film.mp4.");
            return null;
        }

        var isUrl = Uri.TryCreate(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var parsed)
            && parsed.Scheme is "http" or "https" && parsed.Host.Length > 0 && !url.AsSpan().ContainsAny("\"\\ #") && url.All(char.IsAscii);
        Require(isUrl, $"--url is \"{url}\": give a URL as the viewer sends it, such as https://www.example.com/film.mp4, percent-encoded and without #.");
        if (isUrl && parsed!.PathAndQuery is "/" && !url.EndsWith('/'))
        {
            _faults.Add($"--url is \"{url}\": viewers ask for {url}/, so sign that.");
        }

        if (isUrl && SignedQuery.IsSigned(Encoding.ASCII.GetBytes(parsed!.Query.TrimStart('?'))))
        {
            _faults.Add("--url is signed already: Expires, Policy, Signature, Key-Pair-Id and Hash-Algorithm belong to the signature. Sign the URL without them.");
        }

        return url;
    }

    private long ReadTime(string flag, string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return 0;
        }

        if (SigningTime.TryParse(text, now, out var second) && second is >= 0 and <= SignedPolicy.LastSecond)
        {
            return second;
        }

        _faults.Add($"{flag} is \"{text}\": give a time from now (90s, 15m, 12h, 7d), a time such as 2030-01-31T12:00Z, or seconds since 1970, before January 2038.");
        return 0;
    }

    private byte[] MakePolicy(SignFlags flags, DateTimeOffset now)
    {
        long? begin = flags.NotBefore is null ? null : ReadTime("--not-before", flags.NotBefore, now);
        Require(begin is not { } first || first < Expires || _faults.Count > 0, "--not-before is not before --expires: nobody would be served.");
        Require(flags.Ip is null || SourceNetwork.TryParse(flags.Ip, out _), $"--ip is \"{flags.Ip}\": give an IPv4 address or network, such as 192.0.2.7 or 192.0.2.0/24.");
        var resource = flags.Resource ?? Url;
        Require(resource is null || ResourcePattern.TryParse(resource, out _), $"--resource is \"{resource}\": give a URL, in which * and ? are wildcards.");
        return CustomPolicyText.Of(resource ?? "*", Expires, begin, flags.Ip);
    }

    private byte[]? ReadPolicy(string file)
    {
        try
        {
            // An editor's last line feed is not meant to be signed.
            var text = Encoding.UTF8.GetBytes(File.ReadAllText(file).Trim());
            Require(
                SignedPolicy.TryParse(text, out _) && SignatureEncoding.Encode(text).Length <= SignedPolicy.MaxEncodedBytes,
                $"--policy {file} is no policy that CloudFront takes: one Statement with a Resource and a Condition of DateLessThan, and perhaps DateGreaterThan and IpAddress, at most {SignedPolicy.MaxEncodedBytes} bytes once encoded.");
            return text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"--policy {file} cannot be read: {error.Message}");
            return null;
        }
    }

    private void Require(bool condition, string fault)
    {
        if (!condition)
        {
            _faults.Add(fault);
        }
    }
}
