// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Frontier.Control.Domain;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Tags;

/// <summary>What tags may look like (API-6.8).</summary>
internal static partial class TagRules
{
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    public static ApiError? Check(IReadOnlyCollection<TagRow> tags, int limit)
    {
        var faults = new FaultList();
        faults.Require(tags.Count <= limit, ApiErrors.InvalidTagging, $"A resource may have at most {limit} tags.");
        faults.Require(tags.DistinctBy(tag => tag.Key).Count() == tags.Count, ApiErrors.InvalidTagging, "A tag key is given more than once.");
        foreach (var (key, value) in tags)
        {
            faults.Require(
                key.Length is > 0 and <= LongestKey && value.Length <= LongestValue && Form.IsMatch(key) && Form.IsMatch(value), ApiErrors.InvalidTagging,
                $"The tag '{key}' is not valid: a key has 1 to {LongestKey} characters, a value at most {LongestValue}, each a letter, digit, space or one of _.:/=+-@.");
            faults.Require(!key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase), ApiErrors.InvalidTagging, $"The tag '{key}' is not valid: keys beginning with aws: are reserved.");
        }

        return faults.Any ? faults.ToError() : null;
    }

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
