// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Frontier.Control.Api;
using Frontier.Control.Domain;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>Numbers in paths and parameters: digits, from 1.</summary>
internal static class VersionNumber
{
    public static bool TryRead(string text, string name, out long number, [NotNullWhen(false)] out ApiError? fault)
    {
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
        fault = valid ? null : ApiErrors.InvalidArgument.Saying($"'{text}' is no {name}: give a number from 1.");
        return valid;
    }

    /// <param name="number">Null when there is no such parameter.</param>
    public static bool TryReadQuery(ApiRequest request, string name, out long? number, [NotNullWhen(false)] out ApiError? fault)
    {
        (number, fault) = (null, null);
        if (request.QueryValue(name) is not { } text)
        {
            return true;
        }

        var valid = TryRead(text, name, out var given, out fault);
        number = given;
        return valid;
    }
}
