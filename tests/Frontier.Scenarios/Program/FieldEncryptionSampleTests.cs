// SPDX-License-Identifier: Apache-2.0

using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Program;

/// <summary>§25 from the AWS CLI's calls to a form that the AWS Encryption SDK decrypts (DP-25.8 to DP-25.11).</summary>
public sealed class FieldEncryptionSampleTests
{
    [Fact]
    public async Task The_field_level_encryption_sample_works_as_it_stands()
    {
        foreach (var need in new[] { "aws", "node", "curl", "openssl", "python3" })
        {
            Assert.SkipUnless(Command.Exists(need), $"The sample needs {need}, which is not installed.");
        }

        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Repository.Root, "tests", "javascript", "node_modules", "@aws-crypto")), "The sample needs the AWS Encryption SDK: npm ci --prefix tests/javascript");

        var run = await Command.RunAsync("bash", [Path.Combine(Repository.Root, "samples", "field-level-encryption", "run.sh")], TimeSpan.FromMinutes(5));

        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.EndsWith("Everything worked.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }
}
