// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Functions;

/// <summary>What an author sends: settings and source text. The bytes are kept as they came, whatever they mean to a runtime.</summary>
internal sealed record FunctionDraft(FunctionSettings Settings, ImmutableArray<byte> Code);
