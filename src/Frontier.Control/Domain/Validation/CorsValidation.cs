// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Frontier.Contracts;

namespace Frontier.Control.Domain.Validation;

/// <summary>The section of a response headers policy about sharing between origins (<c>dataplane.md</c> §21.3, ACAO patterns).</summary>
internal static partial class CorsValidation
{
    private const string Anything = "*";
    private const string AllMethods = "ALL";

    public static void Check(CorsConfig cors, Quotas quotas, FaultList faults)
    {
        CheckOrigins(cors, quotas, faults);
        faults.Require(!cors.AllowHeaders.IsEmpty, ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Headers must list at least one header.");
        faults.Require(!cors.AllowMethods.IsEmpty, ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Methods must list at least one method.");
        faults.Require(
            !cors.AllowMethods.Contains(AllMethods) || cors.AllowMethods.Length == 1, ApiErrors.InvalidArgument,
            "The parameter Access-Control-Allow-Methods cannot contain other methods beside ALL.");
        faults.Require(cors.AllowMethods.Distinct().Count() == cors.AllowMethods.Length, ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Methods contains a method more than once.");

        // A star is a character of tokens, so patterns such as x-amz-* are names like any other here (DP-21.9).
        foreach (var name in cors.AllowHeaders.Concat(cors.ExposeHeaders).Where(static name => !HeaderNames.IsToken(name)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The header name '{name}' is not valid.");
        }

        faults.Require(cors.MaxAgeSeconds is not < 0, ApiErrors.InvalidArgument, "The parameter AccessControlMaxAgeSec must not be negative.");
        if (cors.AllowCredentials)
        {
            CheckCredentials(cors, faults);
        }
    }

    /// <summary>A browser takes no wildcard for an answer to a request with credentials.</summary>
    private static void CheckCredentials(CorsConfig cors, FaultList faults)
    {
        Refuse("Origin", cors.AllowOrigins.Contains(Anything));
        Refuse("Headers", cors.AllowHeaders.Contains(Anything));
        faults.Require(
            !cors.AllowMethods.Contains(AllMethods), ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Methods cannot contain ALL when allowCredentials is true.");
        faults.Require(
            !cors.ExposeHeaders.Contains(Anything), ApiErrors.InvalidArgument, "The parameter Access-Control-Expose-Headers cannot contain * when allowCredentials is true.");

        void Refuse(string header, bool any) => faults.Require(
            !any, ApiErrors.InvalidArgument, $"The parameter Access-Control-Allow-{header} cannot contain * when allowCredentials is true.");
    }

    private static void CheckOrigins(CorsConfig cors, Quotas quotas, FaultList faults)
    {
        var origins = cors.AllowOrigins;
        faults.Require(!origins.IsEmpty, ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Origin must list at least one origin.");
        faults.Require(
            origins.Sum(static origin => origin.Length) <= quotas.AllowedOrigins, ApiErrors.InvalidArgument,
            $"The origins of Access-Control-Allow-Origin have more than {quotas.AllowedOrigins} characters in all.");
        faults.Require(
            !origins.Contains(Anything) || origins.Length == 1, ApiErrors.InvalidArgument, "The parameter Access-Control-Allow-Origin cannot contain other origins beside *.");
        foreach (var origin in origins.Where(static origin => origin != Anything && !OriginForm.IsMatch(origin)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Access-Control-Allow-Origin contains '{origin}' that is not valid.");
        }
    }

    /// <summary>A scheme or none, a host whose first label alone may be a star, and a port in which stars may stand, or none.</summary>
    [GeneratedRegex(
        @"^(https?://)?(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*(:[0-9*]{1,5})?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OriginForm { get; }
}
