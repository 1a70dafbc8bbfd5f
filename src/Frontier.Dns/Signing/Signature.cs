// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Signing;

/// <summary>The data of an RRSIG record, and until when it is handed out.</summary>
internal sealed record Signature(byte[] Data, DateTimeOffset RenewAt);
