// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Control.Domain.Certificates;

/// <summary>The ARNs of certificates: imported ones (NB-6.2) and server certificates (NB-6.5).</summary>
internal static class CertificateArn
{
    /// <summary>The region whose certificates distributions take.</summary>
    public const string Region = "us-east-1";

    public static string Of(string accountId, string id) => $"arn:aws:acm:{Region}:{accountId}:certificate/{id}";

    public static string OfServerCertificate(string accountId, string path, string name) => $"arn:aws:iam::{accountId}:server-certificate{path}{name}";

    /// <summary>False for what is no ARN of an imported certificate at all, of whatever region and account.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out string region, out string account, out string id)
    {
        (region, account, id) = ("", "", "");
        if (text?.Split(':', 6) is not ["arn", "aws", "acm", { Length: > 0 } where, var owner, ['c', 'e', 'r', 't', 'i', 'f', 'i', 'c', 'a', 't', 'e', '/', .. { Length: > 0 } name]])
        {
            return false;
        }

        (region, account, id) = (where, owner, name);
        return true;
    }
}
