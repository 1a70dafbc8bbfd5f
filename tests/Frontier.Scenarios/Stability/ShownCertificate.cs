// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Frontier.Scenarios.Stability;

/// <summary>What an edge shows a viewer who asks for a name by TLS.</summary>
internal static class ShownCertificate
{
    [SuppressMessage("Security", "CA5359", Justification = "Nothing is told to the edge; what it shows is compared by whoever asks.")]
    public static async Task<string> ThumbprintOfAsync(IPAddress edge, string name)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(edge, 443);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = static (_, _, _, _) => true });
        using var shown = X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
        return shown.Thumbprint;
    }
}
