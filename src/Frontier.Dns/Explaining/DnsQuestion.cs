// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Explaining;

/// <summary>What a DNS server is asked to explain.</summary>
/// <param name="Name">Of a distribution, or one that leads to it.</param>
/// <param name="Client">An IP address: the client's, as far as its resolver tells it, or the resolver's.</param>
/// <param name="Type">A, AAAA or HTTPS.</param>
public sealed record DnsQuestion(string Name, string Client, string Type);
