// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Functions;
using Frontier.Control.Domain.Names;

namespace Frontier.Control.Domain.Validation;

/// <summary>What a function may be (API-6.9, <c>api.md</c> §7). Its source is not parsed: a runtime alone can say what it accepts.</summary>
internal static class FunctionValidation
{
    /// <summary>Characters; no bound is published, and other comments have this one.</summary>
    private const int LongestComment = 128;

    private const int MostStores = 1;

    /// <param name="name">The function's own name, under which it may already be in the catalogue.</param>
    public static void Check(string name, FunctionDraft draft, Catalogue catalogue, ControlOptions options, FaultList faults)
    {
        faults.Require(draft.Settings.Comment.Length <= LongestComment, ApiErrors.InvalidArgument, $"The parameter Comment is longer than {LongestComment} characters.");
        faults.Require(draft.Code.Length > 0, ApiErrors.InvalidArgument, "The parameter FunctionCode is empty.");
        faults.Require(
            draft.Code.Length <= options.Quotas.FunctionBytes, FunctionErrors.FunctionTooLarge,
            $"The function has {draft.Code.Length} bytes; at most {options.Quotas.FunctionBytes} are allowed.");
        CheckStores(name, draft.Settings, catalogue, options, faults);
    }

    private static void CheckStores(string name, FunctionSettings settings, Catalogue catalogue, ControlOptions options, FaultList faults)
    {
        var arns = settings.KeyValueStoreArns;
        faults.Require(arns.Length <= MostStores, ApiErrors.InvalidArgument, $"A function can be associated with at most {MostStores} key value store.");
        faults.Require(
            arns.Length == 0 || settings.Runtime == FunctionSettings.Runtime2, ApiErrors.InvalidArgument,
            $"Key value stores can be associated only with functions of the runtime {FunctionSettings.Runtime2}.");
        foreach (var arn in arns)
        {
            faults.Require(
                catalogue.KeyValueStores.Any(store => Arn.OfKeyValueStore(options.AccountId, store.Id) == arn), ApiErrors.InvalidArgument,
                $"The parameter KeyValueStoreARN '{arn}' does not name a key value store of this account.");
            faults.Require(
                catalogue.Functions.Count(other => other.Name != name && other.Reads(arn)) < options.Quotas.FunctionsPerKeyValueStore, ApiErrors.InvalidArgument,
                $"The key value store '{arn}' is associated with {options.Quotas.FunctionsPerKeyValueStore} functions, which is the maximum.");
        }
    }
}
