// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;

namespace Frontier.Control.Domain.Validation;

/// <summary>Names of functions and key value stores (<c>api.md</c> §5.2).</summary>
internal static partial class ResourceNames
{
    public static void Check(string path, string name, FaultList faults)
    {
        if (!Form.IsMatch(name))
        {
            faults.AddConstraint(path, name, "Member must satisfy regular expression pattern: [a-zA-Z0-9-_]{1,64}");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9\-_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
