// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Decisions.Addresses;

/// <summary>
/// Which addresses origins may have. Who configures a distribution chooses where the edge connects to, from within the
/// operator's network; this keeps that to what anybody on the Internet could reach, and off the installation itself. Pure.
/// </summary>
public static class AddressCheck
{
    /// <param name="address">As resolved, of whatever form: the very one that is connected to.</param>
    public static AddressVerdict Decide(IPEndPoint address, AddressRules rules)
    {
        foreach (var form in EmbeddedAddresses.Unwrap(address.Address))
        {
            if (Decide(form, address.Port, rules) is not AddressVerdict.Allowed and var verdict)
            {
                return verdict;
            }
        }

        return AddressVerdict.Allowed;
    }

    private static AddressVerdict Decide(IPAddress address, int port, AddressRules rules)
    {
        foreach (var server in rules.Closed)
        {
            if ((server.Port is null || server.Port == port) && server.Network.Contains(address))
            {
                return server.Verdict;
            }
        }

        var verdict = AddressRanges.Of(address);
        return verdict.IsForOperatorToAllow && rules.AllowsPrivate ? AddressVerdict.Allowed : verdict;
    }
}
