// SPDX-License-Identifier: Apache-2.0

using Frontier.Commands;
using Frontier.Contracts;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>Who issues certificates, as an operator says it.</summary>
public sealed class AcmeSettingsTests
{
    [Fact]
    public async Task Every_bad_setting_is_named_at_once_with_what_it_may_be()
    {
        using var data = new TemporaryDirectory();
        await File.WriteAllTextAsync(data["key"], "not base64url!");
        var refused = await FrontierProcess.RunUpAsync(
            data.Path, "--acme-directory", "letsencrypt", "--acme-email", "a@b, c@d", "--acme-ca", data["key"], "--acme-eab", "kid:" + data["key"], "--acme-challenge", "dns-01");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            [
                "--acme-email is \"a@b, c@d\": give one mail address, such as operator@example.com.",
                $"--acme-ca is \"{data["key"]}\": there is no certificate in it; give a file of certificates in PEM form (-----BEGIN CERTIFICATE-----).",
                $"--acme-eab names \"{data["key"]}\": it must hold the key in base64url, as the authority gave it, and nothing else.",
                "--acme-challenge is \"dns-01\": give http-01 or tls-alpn-01.",
            ],
            refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_control_plane_of_a_fleet_orders_certificates_as_one_process_does() => Assert.Empty(
        RunCommand.Create().Parse(["control", "--acme-directory", "letsencrypt", "--acme-email", "a@b.example", "--acme-challenge", "http-01"]).Errors.Select(static error => error.Message));

    [Theory]
    [InlineData("http://acme.example.com/directory")]
    [InlineData("letsencript")]
    public void An_authority_is_spoken_to_over_TLS_alone(string directory)
    {
        var settings = Read(("acme-directory", directory));
        Assert.Contains("https URL", Assert.Single(settings.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_means_nothing_without_an_authority()
    {
        Assert.Null(Read().Acme);
        Assert.Contains("--acme-directory letsencrypt", Assert.Single(Read(("acme-email", "a@example.com")).Faults), StringComparison.Ordinal);
    }

    /// <summary>The key is in a file: others see the arguments of processes.</summary>
    [Fact]
    public void What_is_said_counts()
    {
        using var data = new TemporaryDirectory();
        File.WriteAllText(data["key"], "AQID\n");
        var settings = Read(("acme-directory", "letsencrypt-staging"), ("acme-email", "a@example.com"), ("acme-eab", "kid-1:" + data["key"]), ("acme-challenge", "tls-alpn-01"));
        Assert.Empty(settings.Faults);
        var acme = settings.Acme!;
        Assert.Equal(("https://acme-staging-v02.api.letsencrypt.org/directory", "a@example.com", "kid-1", ChallengeKind.TlsAlpn01), (acme.Directory.AbsoluteUri, acme.Email, acme.ExternalAccount!.KeyId, acme.Challenge));
        Assert.Equal([1, 2, 3], acme.ExternalAccount.MacKey.ToArray());
        Assert.DoesNotContain("AQID", acme.ToString(), StringComparison.Ordinal);
    }

    private static UpSettings Read(params IReadOnlyList<(string Flag, string Value)> flags) =>
        UpSettings.Read(flags.ToDictionary(static flag => flag.Flag, static flag => (string?)flag.Value));
}
