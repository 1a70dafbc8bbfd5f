// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>What a request turned out to carry.</summary>
public enum CarriedProtocol
{
    Http,
    WebSocket,
    Grpc,
}

public static class CarriedProtocols
{
    extension(CarriedProtocol protocol)
    {
        /// <summary>The word of <c>cs-protocol</c> (§29.1, field 17).</summary>
        public string LogName(bool isHttps) => (protocol, isHttps) switch
        {
            (CarriedProtocol.Http, false) => "http",
            (CarriedProtocol.Http, true) => "https",
            (CarriedProtocol.WebSocket, false) => "ws",
            (CarriedProtocol.WebSocket, true) => "wss",
            (CarriedProtocol.Grpc, _) => "grpcs",
        };
    }
}
