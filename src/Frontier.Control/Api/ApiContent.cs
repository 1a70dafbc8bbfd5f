// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api;

/// <summary>A response body as it goes out.</summary>
/// <param name="Type">Its Content-Type.</param>
internal sealed record ApiContent(ReadOnlyMemory<byte> Bytes, string Type);
