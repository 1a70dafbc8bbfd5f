// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Control.Domain.Validation;

/// <summary>Names, comments and caller references of resources of many kinds.</summary>
internal static class NameValidation
{
    private const int LongestName = 128;
    private const int LongestComment = 128;
    private const int LongestCallerReference = 255;

    /// <summary>What AWS's own tools allow; a name is never percent-encoded or escaped, so it stands in logs and pages as it is.</summary>
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void CheckName(string name, FaultList faults)
    {
        faults.Require(name.Length is > 0 and <= LongestName, ApiErrors.InvalidArgument, $"The parameter Name must have 1 to {LongestName} characters.");
        faults.Require(
            !name.AsSpan().ContainsAnyExcept(NameCharacters), ApiErrors.InvalidArgument,
            "The parameter Name contains characters that are not valid: it may have letters and digits of ASCII, hyphens and underscores.");
    }

    public static void CheckComment(string comment, FaultList faults) =>
        faults.Require(comment.Length <= LongestComment, ApiErrors.InvalidArgument, $"The parameter Comment is longer than {LongestComment} characters.");

    public static void CheckCallerReference(string reference, FaultList faults) => faults.Require(
        reference.Length is > 0 and <= LongestCallerReference, ApiErrors.InvalidArgument,
        $"The parameter CallerReference must have 1 to {LongestCallerReference} characters.");
}
