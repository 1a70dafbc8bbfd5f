// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Frontier.Control.Postgres;

/// <summary>
/// Where a database is, as <c>postgres://user:password@host:port/database?sslmode=require</c>. Each part may be percent-encoded;
/// <c>?host=/run/postgresql</c> names a socket's directory. Without a password libpq's means are tried: <c>PGPASSWORD</c>, a
/// password file.
/// </summary>
public sealed class PostgresAddress
{
    private const int DefaultPort = 5432;

    private static readonly Dictionary<string, SslMode> SslModes = new()
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    private PostgresAddress(string user, string? password, string host, int port, string database, SslMode sslMode, string? rootCertificate) =>
        (User, Password, Host, Port, Database, SslMode, RootCertificate) = (user, password, host, port, database, sslMode, rootCertificate);

    public string User { get; }

    public string? Password { get; }

    /// <summary>A name, an address, or the directory of a Unix socket.</summary>
    public string Host { get; }

    public int Port { get; }

    public string Database { get; }

    internal SslMode SslMode { get; }

    internal string? RootCertificate { get; }

    public static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <param name="fault">A sentence that says what is wrong, without the password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresAddress? address, [NotNullWhen(false)] out string? fault)
    {
        (address, fault) = (null, null);
        if (!IsUrl(text))
        {
            fault = "give a URL such as postgres://user:password@host:5432/database.";
            return false;
        }

        var rest = text[(text.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var (location, query) = Split(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, path) = Split(location, location.IndexOf('/', StringComparison.Ordinal));
        var (user, password, hostAndPort) = SplitAuthority(authority);
        var parts = new Parts { User = user, Password = password, Database = Decode(path) };
        fault = parts.ReadHost(hostAndPort) ?? parts.ReadQuery(query) ?? parts.FindMissing();
        if (fault is not null)
        {
            return false;
        }

        address = new PostgresAddress(parts.User, parts.Password, parts.Host, parts.Port, parts.Database, parts.SslMode, parts.RootCertificate);
        return true;
    }

    /// <summary>For people: without the password.</summary>
    public override string ToString() => $"postgres://{User}@{Endpoint}/{Database}";

    internal string Endpoint => Host.StartsWith('/') ? Host : string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    private static (string Before, string After) Split(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    /// <summary>A password may hold an <c>@</c> that nobody encoded: the last one counts.</summary>
    private static (string User, string? Password, string HostAndPort) SplitAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var credentials = at < 0 ? "" : authority[..at];
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return (Decode(colon < 0 ? credentials : credentials[..colon]), colon < 0 ? null : Decode(credentials[(colon + 1)..]), authority[(at + 1)..]);
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    private sealed class Parts
    {
        public string User { get; init; } = "";

        public string? Password { get; init; }

        public string Host { get; private set; } = "";

        public int Port { get; private set; } = DefaultPort;

        public string Database { get; init; } = "";

        public SslMode SslMode { get; private set; } = SslMode.Prefer;

        public string? RootCertificate { get; private set; }

        public string? ReadHost(string text)
        {
            var portAt = text.LastIndexOf(':');
            var hasPort = portAt >= 0 && !text.EndsWith(']');
            Host = Decode(hasPort ? text[..portAt] : text).Trim('[', ']');
            return hasPort ? ReadPort(text[(portAt + 1)..]) : null;
        }

        public string? ReadQuery(string query)
        {
            foreach (var setting in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, value) = Split(setting, setting.IndexOf('=', StringComparison.Ordinal));
                if (Read(name, Decode(value)) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }

        public string? FindMissing() =>
            Host.Length == 0 ? "it names no host."
            : User.Length == 0 ? "it names no user."
            : Database.Length == 0 || Database.Contains('/', StringComparison.Ordinal) ? "it names no database after the host."
            : null;

        private string? Read(string name, string value)
        {
            switch (name)
            {
                case "host":
                    Host = value;
                    return null;
                case "port":
                    return ReadPort(value);
                case "sslmode" when SslModes.TryGetValue(value, out var mode):
                    SslMode = mode;
                    return null;
                case "sslmode":
                    return $"sslmode is \"{value}\"; it is one of {string.Join(", ", SslModes.Keys)}.";
                case "sslrootcert":
                    RootCertificate = value;
                    return null;
                default:
                    return $"the setting \"{name}\" is not known; host, port, sslmode and sslrootcert are.";
            }
        }

        private string? ReadPort(string text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536)
            {
                Port = port;
                return null;
            }

            return $"the port \"{text}\" is not a number from 1 to 65535.";
        }
    }
}
