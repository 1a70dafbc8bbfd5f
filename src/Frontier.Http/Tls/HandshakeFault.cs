// SPDX-License-Identifier: Apache-2.0

using System.Security.Authentication;

namespace Frontier.Http.Tls;

/// <summary>Reads out of the platform's exceptions why a handshake failed; OpenSSL tells by texts alone.</summary>
internal static class HandshakeFault
{
    public static TlsFailure Of(Exception error)
    {
        if (error is not AuthenticationException)
        {
            return error is IOException or ObjectDisposedException or ViewerGoneException ? TlsFailure.Gone : TlsFailure.NotTls;
        }

        var text = Text(error);
        return Says(text, "alert") && !Says(text, "protocol version") ? TlsFailure.Refused
            : Says(text, "unsupported protocol") || Says(text, "version too low") || Says(text, "protocol version") || Says(text, "inappropriate fallback") ? TlsFailure.Version
            : Says(text, "no shared cipher") || Says(text, "no suitable") || Says(text, "no shared") || Says(text, "no ciphers") ? TlsFailure.Suite
            : Says(text, "wrong version number") || Says(text, "http request") || Says(text, "frame") || Says(text, "packet") || Says(text, "record") ? TlsFailure.NotTls
            : TlsFailure.Other;
    }

    /// <summary>The innermost message, which is OpenSSL's, without its number.</summary>
    public static string Text(Exception error)
    {
        var message = error.GetBaseException().Message;
        var at = message.LastIndexOf("::", StringComparison.Ordinal);
        return at < 0 ? message : message[(at + 2)..];
    }

    private static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
