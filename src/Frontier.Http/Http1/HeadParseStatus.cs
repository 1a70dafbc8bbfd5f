// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>What a head parser knows after it saw the bytes received so far.</summary>
public enum HeadParseStatus
{
    /// <summary>The head is not over: call again with more bytes behind the same ones.</summary>
    NeedMore,

    Complete,

    /// <summary>The message is not HTTP/1.1 as we accept it; its connection cannot be used any further.</summary>
    Refused,
}
