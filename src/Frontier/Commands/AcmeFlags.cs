// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary>The flags that say who issues certificates on request (<c>docs/tls.md</c>).</summary>
internal sealed class AcmeFlags
{
    private readonly Option<string?>[] _options =
    [
        new($"--{AcmeSettings.Directory}") { Description = "URL of the ACME directory of an authority that issues certificates on request, or letsencrypt; whoever names it agrees to its terms of service. Default none" },
        new($"--{AcmeSettings.Email}") { Description = "Where that authority may write to. Default nowhere" },
        new($"--{AcmeSettings.Authorities}") { Description = "PEM file of authorities that vouch for the ACME server itself, where it is a private one. Default those of the system" },
        new($"--{AcmeSettings.ExternalAccount}") { Description = "KID:FILE, an account that the authority knows you by, and the file with its key in base64url. Default none" },
        new($"--{AcmeSettings.Challenge}") { Description = "How names are shown to reach the edges: http-01 (port 80) or tls-alpn-01 (port 443). Default http-01" },
    ];

    public IEnumerable<Option> All => _options;

    public IEnumerable<KeyValuePair<string, string?>> Read(ParseResult parsed) => _options.Select(option => KeyValuePair.Create(option.Name.TrimStart('-'), parsed.GetValue(option)));
}
