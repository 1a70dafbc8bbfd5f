// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Tests.Access;

/// <summary>Keys that come and go, and what one for reading may do.</summary>
public sealed class ReaderTests
{
    private static readonly AccessKey _reader = new("AKREADER", "a secret for reading") { IsReadOnly = true };
    private static readonly AccessKey _second = new("AKSECOND", "another secret");

    [Fact]
    public async Task A_key_for_reading_reads_every_bucket_and_changes_none()
    {
        await using var host = await BucketHost.StartAsync([_reader], "bucket");
        await host.PutAsync("/bucket/key", "x");

        Assert.Contains("<Name>bucket</Name>", (await host.SendAsync("GET", "/", key: _reader)).Expect(200).Text, StringComparison.Ordinal);
        (await host.SendAsync("GET", "/bucket", key: _reader)).Expect(200);
        (await host.SendAsync("HEAD", "/bucket", key: _reader)).Expect(200);
        (await host.SendAsync("GET", "/bucket?acl", key: _reader)).Expect(200);
        Assert.Equal("x", (await host.SendAsync("GET", "/bucket/key", key: _reader)).Expect(200).Text);
        (await host.SendAsync("GET", "/bucket/none", key: _reader)).Expect(404, "NoSuchKey");

        (await host.SendAsync("PUT", "/other", key: _reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("DELETE", "/bucket", key: _reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: _reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("DELETE", "/bucket/key", key: _reader)).Expect(403, "AccessDenied");
        (await host.SendAsync("PUT", "/bucket/copy", [], key: _reader, headers: ("x-amz-copy-source", "/bucket/key"))).Expect(403, "AccessDenied");
        (await host.SendAsync("POST", "/bucket/key?uploads", [], key: _reader)).Expect(403, "AccessDenied");
        var many = await host.SendAsync("POST", "/bucket?delete", "<Delete><Object><Key>key</Key></Object></Delete>"u8.ToArray(), key: _reader);
        Assert.Contains("<Code>AccessDenied</Code>", many.Text, StringComparison.Ordinal);
        (await host.SendAsync("GET", "/bucket/key")).Expect(200);
    }

    [Fact]
    public async Task A_key_that_is_found_is_the_owner_s_and_one_that_is_not_nobody_s()
    {
        await using var host = await BucketHost.StartAsync([_second], "bucket");

        (await host.SendAsync("PUT", "/bucket/key", "y"u8.ToArray(), key: _second)).Expect(200);
        (await host.SendAsync("GET", "/bucket/key", key: _second with { Secret = "guessed" })).Expect(403, "SignatureDoesNotMatch");
        (await host.SendAsync("GET", "/bucket/key", key: _reader)).Expect(403, "InvalidAccessKeyId");
    }
}
