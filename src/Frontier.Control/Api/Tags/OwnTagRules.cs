// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Tags;

/// <summary>Tags that set something are honoured or refused: a misspelled one would be a setting that nobody heeds.</summary>
internal static class OwnTagRules
{
    public static ApiError? Check(ResourceKind kind, IEnumerable<TagRow> tags)
    {
        var faults = new FaultList();
        foreach (var (key, value) in tags.Where(static tag => tag.Key.StartsWith(OwnTag.Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            faults.Require(
                kind is ResourceKind.Distribution && key == CutOffTag.Key, ApiErrors.InvalidTagging,
                $"The tag '{key}' is not valid: keys beginning with {OwnTag.Prefix} set something, and there is {CutOffTag.Key} alone, of distributions.");
            faults.Require(
                key != CutOffTag.Key || CutOffTag.TryRead(value, out _), ApiErrors.InvalidTagging,
                $"The tag '{key}' is '{value}': give serve, revalidate or bypass, for what an edge that is cut off from the control plane does with what it has stored.");
        }

        return faults.Any ? faults.ToError() : null;
    }
}
