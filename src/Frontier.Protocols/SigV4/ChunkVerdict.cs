// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SigV4;

/// <summary>How far an <see cref="AwsChunkDecoder"/> has come.</summary>
public enum ChunkVerdict
{
    /// <summary>All input is used; the body goes on.</summary>
    More,

    /// <summary>The last chunk and its trailer are read; bytes behind them are not part of the body.</summary>
    Done,

    /// <summary>The framing is not what the form allows.</summary>
    Malformed,

    /// <summary>A chunk is larger than allowed.</summary>
    ChunkTooLarge,

    /// <summary>A chunk or the trailer is not signed as it must be.</summary>
    SignatureDoesNotMatch,
}
