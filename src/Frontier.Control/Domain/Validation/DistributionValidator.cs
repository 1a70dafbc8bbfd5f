// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text.RegularExpressions;
using Frontier.Control.Domain.Distributions;

namespace Frontier.Control.Domain.Validation;

/// <summary>
/// Checks a configuration against <c>api.md</c> §9 and §10: first what it says by itself, then what it refers to. Every fault is
/// reported; the error code is that of the first.
/// </summary>
internal static partial class DistributionValidator
{
    private const int LongestCallerReference = 255;
    private const int LongestComment = 128;
    private const int LongestAlias = 253;
    private const int LongestRootObject = 255;

    private static readonly SearchValues<char> RootObjectCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _-.*$/~\"'&");

    public static ApiError? Check(DistributionSettings settings, ValidationContext context)
    {
        var faults = new FaultList();
        CheckNames(settings, context, faults);
        OriginValidation.Check(settings, context, faults);
        CacheBehaviorValidation.Check(settings, context, faults);
        ErrorResponseValidation.Check(settings.CustomErrorResponses, faults);
        ViewerValidation.Check(settings, context, faults);
        ViewerMtlsValidation.Check(settings, context, faults);
        ContinuousDeploymentValidation.Check(settings, context, faults);
        faults.Require(
            settings.CacheTagHeaderName is not { } header || HeaderNames.IsToken(header), ApiErrors.InvalidArgument,
            $"The parameter HeaderName of CacheTagConfig must be the name of a header with at most {HeaderNames.Longest} characters.");
        if (!faults.Any)
        {
            UnsupportedSettings.Check(settings, context, faults);
        }

        return faults.Any ? faults.ToError() : null;
    }

    private static void CheckNames(DistributionSettings settings, ValidationContext context, FaultList faults)
    {
        faults.Require(
            settings.CallerReference.Length is > 0 and <= LongestCallerReference, ApiErrors.InvalidArgument,
            $"The parameter CallerReference must have 1 to {LongestCallerReference} characters.");
        faults.Require(settings.Comment.Length <= LongestComment, ApiErrors.InvalidArgument, $"The parameter Comment is longer than {LongestComment} characters.");
        faults.Require(IsRootObject(settings.DefaultRootObject), ApiErrors.InvalidDefaultRootObject, ApiErrors.InvalidDefaultRootObject.Message);
        faults.Require(settings.Aliases.Length <= context.Quotas.AliasesPerDistribution, ApiErrors.TooManyDistributionCnames, ApiErrors.TooManyDistributionCnames.Message);

        foreach (var alias in settings.Aliases)
        {
            if (!IsAlias(alias, context.Domain))
            {
                faults.Add(ApiErrors.InvalidArgument, $"The parameter CNAME contains one or more parameters that are not valid. ('{alias}')");
            }
        }

        faults.Require(
            settings.Aliases.Distinct().Count() == settings.Aliases.Length, ApiErrors.InvalidArgument, "The parameter CNAME contains a name more than once.");
        if (settings.Aliases.Any(context.IsTaken))
        {
            faults.Add(ApiErrors.CnameAlreadyExists);
        }
    }

    /// <summary>Whether a distribution may have an alias. A name under the service's own domain is somebody's distribution, never an alias.</summary>
    public static bool IsAlias(string alias, string domain) =>
        alias.Length <= LongestAlias && AliasForm.IsMatch(alias) && !alias.EndsWith("." + domain, StringComparison.Ordinal);

    private static bool IsRootObject(string name) =>
        name.Length <= LongestRootObject && !name.StartsWith('/') && !name.AsSpan().ContainsAnyExcept(RootObjectCharacters);

    /// <summary>Labels of letters, digits, hyphens; at least two; a wildcard only as the whole first label.</summary>
    [GeneratedRegex(@"^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex AliasForm { get; }
}
