// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>One record of a master file. All are of class IN.</summary>
/// <param name="Ttl">In seconds.</param>
/// <param name="Data">In wire form, without compression.</param>
/// <param name="Place">Where it begins; null for one that was not read from a file.</param>
public sealed record MasterRecord(DnsName Name, RecordType Type, uint Ttl, byte[] Data, MasterFilePlace? Place);
