// SPDX-License-Identifier: Apache-2.0

namespace Frontier.HitRate.Policies;

/// <summary>A cache that holds no bodies: it says whether a key is in it, and takes it in when it is not.</summary>
internal interface IPolicy
{
    /// <summary>True for a hit.</summary>
    bool Request(int key, int charge);
}
