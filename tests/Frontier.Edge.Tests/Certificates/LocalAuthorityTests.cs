// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;
using Frontier.Edge.Certificates;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Certificates;

/// <summary>The authority's files appear whole, and its key is nobody else's.</summary>
public sealed class LocalAuthorityTests
{
    [Fact]
    public void What_a_crash_left_in_the_middle_of_making_them_is_no_authority()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["ca.pem.new"], "-----BEGIN CERTIFICATE-----\ntorn");
        File.WriteAllText(directory["ca-key.pem.new"], "-----BEGIN PRIVATE KEY-----\ntorn");

        var made = LocalAuthority.Open(directory.Path, new ManualTimeProvider());

        Assert.Equal(["ca-key.pem", "ca.pem"], Directory.GetFiles(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["ca-key.pem"]));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(made.CertificatePath) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
        using var first = X509CertificateLoader.LoadCertificateFromFile(made.CertificatePath);
        using var again = X509CertificateLoader.LoadCertificateFromFile(LocalAuthority.Open(directory.Path, new ManualTimeProvider()).CertificatePath);
        Assert.Equal(first.Thumbprint, again.Thumbprint);
    }
}
