// SPDX-License-Identifier: Apache-2.0

using Npgsql;

namespace Frontier.Control.Postgres.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("postgres://u:p@db.example.com/frontier", "u", "p", "db.example.com", 5432, "frontier")]
    [InlineData("postgresql://u:p@db:6432/f", "u", "p", "db", 6432, "f")]
    [InlineData("postgres://u@db/f", "u", null, "db", 5432, "f")]
    [InlineData("postgres://u:p%40%2Fw@db/f", "u", "p@/w", "db", 5432, "f")]
    [InlineData("postgres://u:p@w:d@db/f", "u", "p@w:d", "db", 5432, "f")]
    [InlineData("postgres://u:p@[::1]:5433/f", "u", "p", "::1", 5433, "f")]
    [InlineData("postgres://u@/f?host=/run/postgresql", "u", null, "/run/postgresql", 5432, "f")]
    [InlineData("postgres://u@%2Frun%2Fpostgresql/f?port=5433", "u", null, "/run/postgresql", 5433, "f")]
    public void A_URL_is_read_as_libpq_reads_it(string url, string user, string? password, string host, int port, string database)
    {
        Assert.True(PostgresAddress.TryParse(url, out var address, out _));

        Assert.Equal((user, password, host, port, database), (address.User, address.Password, address.Host, address.Port, address.Database));
        Assert.Equal(SslMode.Prefer, address.SslMode);
    }

    [Theory]
    [InlineData("mysql://u:p@db/f", "give a URL such as postgres://")]
    [InlineData("postgres://u:secret@db", "names no database")]
    [InlineData("postgres://u:secret@db/a/b", "names no database")]
    [InlineData("postgres://u:secret@/f", "names no host")]
    [InlineData("postgres://db/f", "names no user")]
    [InlineData("postgres://u:secret@db:port/f", "the port \"port\" is not a number from 1 to 65535")]
    [InlineData("postgres://u:secret@db:70000/f", "the port \"70000\"")]
    [InlineData("postgres://u:secret@db/f?sslmode=maybe", "sslmode is \"maybe\"; it is one of disable, allow, prefer")]
    [InlineData("postgres://u:secret@db/f?pool=3", "the setting \"pool\" is not known")]
    public void What_is_wrong_with_a_URL_is_said_without_its_password(string url, string sentence)
    {
        Assert.False(PostgresAddress.TryParse(url, out _, out var fault));

        Assert.Contains(sentence, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void People_see_no_password_and_settings_are_kept()
    {
        Assert.True(PostgresAddress.TryParse("postgres://u:secret@db/f?sslmode=verify-full&sslrootcert=/etc/ca.pem", out var address, out _));

        Assert.Equal("postgres://u@db:5432/f", address.ToString());
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem"), (address.SslMode, address.RootCertificate));
    }
}
