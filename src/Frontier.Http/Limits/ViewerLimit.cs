// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Limits;

/// <summary>Which of the <see cref="ViewerLimits"/> has been met.</summary>
public enum ViewerLimit
{
    /// <summary>Connections of all viewers.</summary>
    Connections,

    /// <summary>Connections of one address.</summary>
    AddressConnections,

    /// <summary>New connections a second, of all viewers.</summary>
    NewConnections,

    /// <summary>New connections a second, of one address.</summary>
    AddressNewConnections,

    /// <summary>TLS handshakes a second, of all viewers.</summary>
    Handshakes,

    /// <summary>TLS handshakes a second, of one address.</summary>
    AddressHandshakes,

    /// <summary>Requests a second, of all viewers.</summary>
    Requests,

    /// <summary>Requests a second, of one address.</summary>
    AddressRequests,
}

public static class ViewerLimitNames
{
    extension(ViewerLimit limit)
    {
        /// <summary>As metrics and the operator's flags name it.</summary>
        public string Name => limit switch
        {
            ViewerLimit.Connections => "max-connections",
            ViewerLimit.AddressConnections => "max-connections-per-address",
            ViewerLimit.NewConnections => "new-connections",
            ViewerLimit.AddressNewConnections => "new-connections-per-address",
            ViewerLimit.Handshakes => "handshakes",
            ViewerLimit.AddressHandshakes => "handshakes-per-address",
            ViewerLimit.Requests => "requests",
            ViewerLimit.AddressRequests => "requests-per-address",
        };

        /// <summary>What a request over it is answered with: too many of this viewer's (RFC 6585, section 4), or too many of all (§5).</summary>
        public int Status => limit is ViewerLimit.AddressRequests ? 429 : 503;
    }
}
