// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

public enum BodyState
{
    More,

    /// <summary>The bytes that come with it, if any, are the last.</summary>
    End,

    /// <summary>The rest cannot be had: a fill was aborted, or stored bytes failed their checksum. No bytes come with it.</summary>
    Broken,
}
