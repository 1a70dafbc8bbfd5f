// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;

namespace Frontier.Http.Tls;

/// <summary>
/// The cipher suites that the platform offers where nobody names any, for TLS 1.2 and 1.3: its own list, or what the machine's configuration
/// makes of it. It is asked, because no interface tells.
/// </summary>
public static class PlatformTls
{
    private static readonly Lazy<ImmutableArray<TlsCipherSuite>> Asked = new(Ask);

    /// <summary>In the platform's order of preference.</summary>
    public static ImmutableArray<TlsCipherSuite> Suites => Asked.Value;

    /// <summary>Clients and servers have one list, and a client says it with its first message.</summary>
    private static ImmutableArray<TlsCipherSuite> Ask()
    {
        using var sent = new FirstMessage();
        using var client = new SslStream(sent);
        try
        {
            client.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 });
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            // Nobody answers, and nothing more is needed.
        }

        return ClientHello.TryRead(sent.Bytes, out var hello) && hello is not null ? [.. hello.Ciphers.Select(static suite => (TlsCipherSuite)suite)] : [];
    }

    /// <summary>Keeps what is written and has nothing to be read. In memory alone, so that nothing waits.</summary>
    private sealed class FirstMessage : MemoryStream
    {
        private readonly MemoryStream _written = new();

        public ReadOnlySpan<byte> Bytes => _written.GetBuffer().AsSpan(0, (int)_written.Length);

        public override void Write(byte[] buffer, int offset, int count) => _written.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _written.Write(buffer);

        protected override void Dispose(bool disposing)
        {
            _written.Dispose();
            base.Dispose(disposing);
        }
    }
}
