// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>How an exchange with an origin failed. <see cref="OriginFailures"/> says what a viewer and the log see of it.</summary>
public enum OriginFailure
{
    None,

    /// <summary>The name has no address of the wanted family, or the resolver did not answer in time (DP-11.2).</summary>
    DnsError,

    /// <summary>Refused or unreachable (DP-11.2).</summary>
    ConnectError,

    /// <summary>The edge has all the connections it may have; the origin was not asked (DP-19.9).</summary>
    NoCapacity,

    /// <summary>No connection within the connection timeout, TLS included (DP-11.3).</summary>
    ConnectTimeout,

    /// <summary>The handshake failed or the certificate is not acceptable (DP-11.2).</summary>
    TlsError,

    /// <summary>The handshake failed with an origin that is shown a certificate of ours, as often as it was tried (DP-11.8).</summary>
    MutualTlsError,

    /// <summary>The origin sent, or took, nothing for the read timeout (DP-11.3).</summary>
    ReadTimeout,

    /// <summary>The response was not complete within the response completion timeout (DP-11.3).</summary>
    CompletionTimeout,

    /// <summary>The origin closed or reset before the end of the head or of the body (DP-11.4).</summary>
    ClosedEarly,

    /// <summary>What came is not HTTP/1.1, or is framed doubtfully (§21.2).</summary>
    InvalidResponse,

    /// <summary>The response's head is over 32,768 bytes (§5).</summary>
    HeaderTooBig,

    /// <summary>The request could not be sent: the connection broke before a response came.</summary>
    WriteError,

    /// <summary>The request's head cannot be written without meaning another request; the origin was not asked.</summary>
    Unsendable,

    /// <summary>The viewer went away while its body was being sent.</summary>
    ViewerGone,

    /// <summary>A part's Content-Range and Content-Length name different lengths (DP-16.10).</summary>
    ContentRangeMismatch,

    /// <summary>The name leads to addresses that origins may not have, and nowhere else; none was connected to.</summary>
    Forbidden,
}

public static class OriginFailures
{
    extension(OriginFailure failure)
    {
        /// <summary>The status of the error page (§33); 0 for a viewer that gets none any more.</summary>
        public int Status => failure switch
        {
            OriginFailure.DnsError or OriginFailure.ConnectError or OriginFailure.TlsError or OriginFailure.ClosedEarly
                or OriginFailure.InvalidResponse or OriginFailure.HeaderTooBig or OriginFailure.ContentRangeMismatch or OriginFailure.WriteError or OriginFailure.Unsendable or OriginFailure.Forbidden => 502,
            OriginFailure.NoCapacity or OriginFailure.MutualTlsError => 503,
            OriginFailure.ConnectTimeout or OriginFailure.ReadTimeout or OriginFailure.CompletionTimeout => 504,
            OriginFailure.ViewerGone => 0,
            OriginFailure.None => throw new InvalidOperationException("A success has no error page."),
        };

        /// <summary>Whether it says something of the origin, and so of everybody's next request: trouble of ours or of one viewer's request does not.</summary>
        public bool IsOrigins => failure is not (OriginFailure.None or OriginFailure.NoCapacity or OriginFailure.Unsendable or OriginFailure.ViewerGone);

        /// <summary><c>x-edge-detailed-result-type</c> (§29, §33).</summary>
        public string DetailedResultType => failure switch
        {
            OriginFailure.NoCapacity => "CapacityExceeded",
            OriginFailure.DnsError => "OriginDnsError",
            OriginFailure.ConnectError or OriginFailure.ConnectTimeout or OriginFailure.TlsError or OriginFailure.MutualTlsError => "OriginConnectError",
            OriginFailure.ReadTimeout or OriginFailure.CompletionTimeout or OriginFailure.ClosedEarly => "OriginCommError",
            OriginFailure.InvalidResponse => "OriginInvalidResponseError",
            OriginFailure.HeaderTooBig => "OriginHeaderTooBigError",
            OriginFailure.ContentRangeMismatch => "OriginContentRangeLengthError",
            OriginFailure.WriteError or OriginFailure.Unsendable => "OriginWriteError",
            OriginFailure.Forbidden => "OriginForbiddenError",
            OriginFailure.ViewerGone => "ClientCommError",
            OriginFailure.None => throw new InvalidOperationException("A success has no error type."),
        };
    }
}
