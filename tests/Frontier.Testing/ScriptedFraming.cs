// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Testing;

/// <summary>How a scripted reply marks the end of its body.</summary>
public enum ScriptedFraming
{
    ContentLength,
    Chunked,
    UntilClose,
}
