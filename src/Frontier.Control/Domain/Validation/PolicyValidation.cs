// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Control.Domain.Policies;

namespace Frontier.Control.Domain.Validation;

/// <summary>What holds for policies of every kind (<c>api.md</c> §7, §9.1).</summary>
internal static class PolicyValidation
{
    public static void CheckNames(PolicySettings settings, FaultList faults)
    {
        NameValidation.CheckName(settings.Name, faults);
        NameValidation.CheckComment(settings.Comment, faults);
    }

    /// <summary>A list of header names, whatever they may be used for.</summary>
    public static void CheckHeaders(ImmutableArray<string> names, bool listed, ApiError tooMany, Quotas quotas, FaultList faults)
    {
        CheckList("Headers", names, listed, StringComparer.OrdinalIgnoreCase, tooMany, quotas, faults);
        foreach (var name in names.Where(static name => !HeaderNames.IsToken(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Headers contains '{name}' that is not valid.");
        }
    }

    public static void CheckCookies(SelectionConfig cookies, ApiError tooMany, Quotas quotas, FaultList faults)
    {
        CheckList("Cookies", cookies.Names, Lists(cookies.Selection), StringComparer.Ordinal, tooMany, quotas, faults);
        foreach (var name in cookies.Names.Where(static name => !IsCookieName(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Cookies contains '{name}' that is not valid.");
        }
    }

    public static void CheckQueryStrings(SelectionConfig parameters, ApiError tooMany, Quotas quotas, FaultList faults)
    {
        CheckList("QueryStrings", parameters.Names, Lists(parameters.Selection), StringComparer.Ordinal, tooMany, quotas, faults);
        foreach (var name in parameters.Names.Where(static name => !IsParameterName(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter QueryStrings contains '{name}' that is not valid.");
        }
    }

    public static bool Lists(Selection selection) => selection is Selection.Whitelist or Selection.AllExcept;

    /// <summary>Visible ASCII without what separates cookies and their values.</summary>
    public static bool IsCookieName(string name) => IsVisible(name) && name.AsSpan().IndexOfAny("=;,") < 0;

    /// <summary>Visible ASCII as it stands in a URL, without what separates parameters and their values.</summary>
    public static bool IsParameterName(string name) => IsVisible(name) && name.AsSpan().IndexOfAny("=&#") < 0;

    private static bool IsVisible(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Names stand exactly where the word asks for a list.</summary>
    private static void CheckList(
        string member, ImmutableArray<string> names, bool listed, StringComparer comparer, ApiError tooMany, Quotas quotas, FaultList faults)
    {
        faults.Require(names.IsEmpty || listed, ApiErrors.InvalidArgument, $"The parameter {member} cannot list names with this behavior.");
        faults.Require(!names.IsEmpty || !listed, ApiErrors.InvalidArgument, $"The parameter {member} must list at least one name with this behavior.");
        faults.Require(names.Length <= quotas.NamesPerPolicy, tooMany, tooMany.Message);
        faults.Require(
            names.Sum(static name => name.Length) <= quotas.NameCharactersPerPolicy, ApiErrors.InvalidArgument,
            $"The names of the parameter {member} have more than {quotas.NameCharactersPerPolicy} characters in all.");
        faults.Require(names.Distinct(comparer).Count() == names.Length, ApiErrors.InvalidArgument, $"The parameter {member} contains a name more than once.");
    }
}
