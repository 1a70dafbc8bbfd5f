// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

internal enum StreamEnding
{
    /// <summary>Never used, or too long ago.</summary>
    Unknown,

    /// <summary>Both sides have said END_STREAM.</summary>
    Whole,

    /// <summary>By the viewer, who must not send anything after.</summary>
    ResetByViewer,

    /// <summary>By us; frames that were on their way are passed over.</summary>
    ResetByUs,
}
