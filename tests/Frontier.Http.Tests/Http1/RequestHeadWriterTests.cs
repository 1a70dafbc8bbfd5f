// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

public sealed class RequestHeadWriterTests
{
    [Fact]
    public void A_head_is_written_with_its_framing_last()
    {
        Assert.Equal("GET /a?b HTTP/1.1\r\nHost: x\r\nConnection: Keep-Alive\r\n\r\n", Write("GET", "/a?b", MessageFraming.None));
        Assert.Equal("PUT /a HTTP/1.1\r\nHost: x\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", Write("PUT", "/a", MessageFraming.OfLength(0)));
        Assert.Equal("PUT /a HTTP/1.1\r\nHost: x\r\nConnection: Keep-Alive\r\nTransfer-Encoding: chunked\r\n\r\n", Write("PUT", "/a", MessageFraming.Chunked));
        Assert.EndsWith("Content-Length: 9223372036854775807\r\n\r\n", Write("PUT", "/a", MessageFraming.OfLength(long.MaxValue)));
    }

    [Theory]
    [InlineData("", "/", "A", "b", HeadWriteRefusal.InvalidMethod)]
    [InlineData("G T", "/", "A", "b", HeadWriteRefusal.InvalidMethod)]
    [InlineData("GET\r\n", "/", "A", "b", HeadWriteRefusal.InvalidMethod)]
    [InlineData("G\u0154T", "/", "A", "b", HeadWriteRefusal.InvalidMethod)]
    [InlineData("GET", "", "A", "b", HeadWriteRefusal.InvalidTarget)]
    [InlineData("GET", "/ HTTP/1.1\r\nX: y", "A", "b", HeadWriteRefusal.InvalidTarget)]
    [InlineData("GET", "/a\0", "A", "b", HeadWriteRefusal.InvalidTarget)]
    [InlineData("GET", "/a\tb", "A", "b", HeadWriteRefusal.InvalidTarget)]
    [InlineData("GET", "/", "", "b", HeadWriteRefusal.InvalidFieldName)]
    [InlineData("GET", "/", "A b", "c", HeadWriteRefusal.InvalidFieldName)]
    [InlineData("GET", "/", "A:", "c", HeadWriteRefusal.InvalidFieldName)]
    [InlineData("GET", "/", "A", "b\r\nC: d", HeadWriteRefusal.InvalidFieldValue)]
    [InlineData("GET", "/", "A", "b\nC: d", HeadWriteRefusal.InvalidFieldValue)]
    [InlineData("GET", "/", "A", "b\0", HeadWriteRefusal.InvalidFieldValue)]
    [InlineData("GET", "/", "connection", "close", HeadWriteRefusal.FramingField)]
    [InlineData("GET", "/", "Content-Length", "1", HeadWriteRefusal.FramingField)]
    [InlineData("GET", "/", "transfer-encoding", "chunked", HeadWriteRefusal.FramingField)]
    public void What_would_be_another_message_on_the_wire_is_refused(string method, string target, string name, string value, HeadWriteRefusal refusal)
    {
        var headers = new HeaderList();
        headers.Add(name, value);

        Assert.Equal(refusal, RequestHeadWriter.TryWrite(method, Wire.Bytes(target), headers, MessageFraming.None, new byte[1000], out var written));
        Assert.Equal(0, written);
    }

    [Fact]
    public void What_was_written_parses_to_itself_or_was_refused() =>
        Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((target, name, value) =>
        {
            var headers = new HeaderList();
            headers.Add("Host", "x");
            headers.Add(name.Get, value.Get);
            var path = Wire.Bytes("/" + target.Get);
            var buffer = new byte[RequestHeadWriter.MaxBytes("GET", path, headers)];
            if (RequestHeadWriter.TryWrite("GET", path, headers, MessageFraming.None, buffer, out var written) is not HeadWriteRefusal.None)
            {
                return true;
            }

            var expected = $"GET {Wire.Text(path)} x Http11 {written} [Host=x][{headers.NameText(1)}={headers.ValueText(1).Trim(' ', '\t')}][Connection=Keep-Alive]";
            return Wire.ParseRequest(buffer[..written], int.MaxValue) == expected || headers.NameIs(1, "host"u8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_request_to_switch_protocols_says_so_in_Connection()
    {
        var headers = new HeaderList();
        headers.Add("Upgrade", "websocket");
        var buffer = new byte[RequestHeadWriter.MaxBytes("GET", "/"u8, headers)];
        Assert.Equal(HeadWriteRefusal.None, RequestHeadWriter.TryWrite("GET", "/"u8, headers, MessageFraming.None, buffer, out var written, upgrades: true));
        Assert.Equal("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", Wire.Text(buffer.AsSpan(0, written)));
    }

    private static string Write(string method, string target, MessageFraming framing)
    {
        var headers = new HeaderList();
        headers.Add("Host", "x");
        var buffer = new byte[RequestHeadWriter.MaxBytes(method, Wire.Bytes(target), headers)];
        Assert.Equal(HeadWriteRefusal.None, RequestHeadWriter.TryWrite(method, Wire.Bytes(target), headers, framing, buffer, out var written));
        return Wire.Text(buffer.AsSpan(0, written));
    }
}
