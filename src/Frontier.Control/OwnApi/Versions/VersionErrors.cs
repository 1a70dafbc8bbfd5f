// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>What can go wrong with versions alone.</summary>
internal static class VersionErrors
{
    public static readonly ApiError NoSuchVersion = new("NoSuchVersion", 404, "The distribution has no such version.");
    public static readonly ApiError VersionIsPresent = new("VersionIsPresent", 409, "That version is the present one.");
}
