// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Matching;

/// <summary>Which names a certificate is good for (API-10.7, RFC 9525, section 6.3).</summary>
public static class CertificateNames
{
    /// <param name="certified">A name of the certificate, lower case; a leading <c>*.</c> stands for exactly one label, also for the label <c>*</c> of an alias.</param>
    /// <param name="name">A host name or an alias, lower case.</param>
    public static bool Covers(string certified, ReadOnlySpan<char> name)
    {
        if (certified is not ['*', '.', ..])
        {
            return name.SequenceEqual(certified);
        }

        var dot = name.IndexOf('.');
        return dot > 0 && name[dot..].SequenceEqual(certified.AsSpan(1));
    }

    public static bool Cover(IEnumerable<string> certified, string name)
    {
        foreach (var one in certified)
        {
            if (Covers(one, name))
            {
                return true;
            }
        }

        return false;
    }
}
