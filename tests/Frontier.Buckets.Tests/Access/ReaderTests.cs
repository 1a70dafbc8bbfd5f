// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Tests.Access;

/// <summary>Keys that come and go, and what one for reading may do.</summary>
public sealed class ReaderTests
{
    private static readonly AccessKey Reader = new("AKREADER", "a secret for reading") { IsReadOnly = true };
    private static readonly AccessKey Second = new("AKSECOND", "another secret");

    [Fact]
    public async Task A_key_for_reading_reads_every_bucket_and_changes_none()
    {
        await using var host = await BucketHost.StartAsync([Reader], "bucket");
        await host.PutAsync("/bucket/key", "x");

        Assert.Contains("<Name>bucket</Name>", (await host.SendAsync("GET", "/", key: Reader)).Expect(200).Text, StringComparison.Ordinal);
        (await host.SendAsync("GET", "/bucket", key: Reader)).Expect(200);
        (await host.SendAsync("HEAD", "/bucket", key: Reader)).Expect(200);
        (await host.SendAsync("GET", "/bucket?acl", key: Reader)).Expect(200);
        Assert.Equal("x", (await host.SendAsync("GET", "/bucket/key", key: Reader)).Expect(200).Text);
        (await host.SendAsync("GET", "/bucket/none", key: Reader)).Expect(404, "NoSuchKey");

        (await host.SendAsync("PUT", "/other", key: Reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("DELETE", "/bucket", key: Reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: Reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("DELETE", "/bucket/key", key: Reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket/copy", [], key: Reader, headers: ("x-amz-copy-source", "/bucket/key"))).Expect(403, "AccessDenied");
        (await host.SendAsync("POST", "/bucket/key?uploads", [], key: Reader)).Expect(403, "AccessDenied");
        var many = await host.SendAsync("POST", "/bucket?delete", "<Delete><Object><Key>key</Key></Object></Delete>"u8.ToArray(), key: Reader);
        Assert.Contains("<Code>AccessDenied</Code>", many.Text, StringComparison.Ordinal);
        (await host.SendAsync("GET", "/bucket/key")).Expect(200);
    }

    [Fact]
    public async Task A_key_that_is_found_is_the_owner_s_and_one_that_is_not_nobody_s()
    {
        await using var host = await BucketHost.StartAsync([Second], "bucket");

        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: Second)).Expect(200);
        (await host.SendAsync("GET", "/bucket/key", key: Second with { Secret = "guessed" })).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("GET", "/bucket/key", key: Reader)).Expect(403, "InvalidAccessKeyId");
    }
}
