// SPDX-License-Identifier: Apache-2.0

using System.Security.Authentication;
using System.Text;
using Frontier.Http.Tls;
using Frontier.Protocols.Tls;

namespace Frontier.Scenarios.Docs;

/// <summary>The table of security policies in docs/tls.md is made from the one that edges hold viewers to.</summary>
public sealed class TlsPageTests
{
#pragma warning disable CA5397, SYSLIB0039 // Told of, not chosen.
    private static readonly (string Name, SslProtocols Version)[] Versions =
        [("TLS 1.3", SslProtocols.Tls13), ("TLS 1.2", SslProtocols.Tls12), ("TLS 1.1", SslProtocols.Tls11), ("TLS 1.0", SslProtocols.Tls)];
#pragma warning restore CA5397, SYSLIB0039

    [Fact]
    public Task The_table_says_what_edges_agree_on() => GeneratedPage.CompareAsync("tls.md", ("security policies", Table()));

    private static string Table()
    {
        var table = new StringBuilder("| |");
        table.AppendJoin("", SecurityPolicies.All.Select(static policy => $" {policy.Name} |")).Append("\n|---|").Insert(table.Length, "---|", SecurityPolicies.All.Length).Append('\n');
        foreach (var (name, version) in Versions)
        {
            Add(table, name, policy => policy.Versions.HasFlag(version));
        }

        foreach (var suite in SecurityPolicies.All.SelectMany(static policy => policy.Suites).Distinct())
        {
            Add(table, $"`{CipherSuiteName.Of(suite)}`", policy => policy.Suites.Contains(suite));
        }

        return table.ToString();
    }

    private static void Add(StringBuilder table, string name, Func<SecurityPolicy, bool> has) =>
        table.Append($"| {name} |").AppendJoin("", SecurityPolicies.All.Select(policy => has(policy) ? " ● |" : " |")).Append('\n');
}
