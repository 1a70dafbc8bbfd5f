// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2.Hpack;

namespace Frontier.Http.Tests.Http2.Hpack;

/// <summary>The examples of RFC 7541, appendix C: blocks of one connection each, and the table after each block, the newest entry first.</summary>
public sealed class HpackVectorsTests
{
    [Theory]
    [InlineData(0x0A, 5, "0a")] // C.1.1: 10
    [InlineData(0x1F, 5, "1f9a0a")] // C.1.2: 1337
    [InlineData(0x2A, 8, "2a")] // C.1.3: 42
    public void Integers_C_1(int first, int prefix, string hex)
    {
        // An integer stands in a block as a literal's length or index; C.1's are told apart by the table's size update, prefix 5.
        var bytes = Convert.FromHexString(hex);
        Assert.Equal(first, bytes[0]);
        if (prefix == 5)
        {
            var decoder = new HpackDecoder(4096);
            bytes[0] |= 0x20;
            Assert.True(decoder.TryDecode(bytes, new ListSink()));
            Assert.Equal(hex == "0a" ? 10 : 1337, decoder.Table.Capacity);
        }
    }

    [Theory]
    [InlineData("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key: custom-header", 55)] // C.2.1
    [InlineData("040c2f73616d706c652f70617468", ":path: /sample/path", 0)] // C.2.2
    [InlineData("100870617373776f726406736563726574", "password: secret", 0)] // C.2.3
    [InlineData("82", ":method: GET", 0)] // C.2.4
    public void Single_fields_C_2(string hex, string field, int tableSize)
    {
        var decoder = new HpackDecoder(4096);
        Assert.Equal([field], Decode(decoder, hex));
        Assert.Equal(tableSize, decoder.Table.Size);
    }

    [Theory]
    [InlineData("828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865", "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")] // C.3
    [InlineData("828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")] // C.4
    public void Requests_C_3_and_C_4(string first, string second, string third)
    {
        var decoder = new HpackDecoder(4096);
        Assert.Equal([":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"], Decode(decoder, first));
        Assert.Equal([":authority: www.example.com"], Entries(decoder.Table));
        Assert.Equal(57, decoder.Table.Size);

        Assert.Equal([":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com", "cache-control: no-cache"], Decode(decoder, second));
        Assert.Equal(["cache-control: no-cache", ":authority: www.example.com"], Entries(decoder.Table));
        Assert.Equal(110, decoder.Table.Size);

        Assert.Equal([":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com", "custom-key: custom-value"], Decode(decoder, third));
        Assert.Equal(["custom-key: custom-value", "cache-control: no-cache", ":authority: www.example.com"], Entries(decoder.Table));
        Assert.Equal(164, decoder.Table.Size);
    }

    [Theory]
    [InlineData( // C.5
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31")]
    [InlineData( // C.6
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007")]
    public void Responses_with_a_table_of_256_bytes_C_5_and_C_6(string first, string second, string third)
    {
        var decoder = new HpackDecoder(256);
        Assert.Equal([":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT", "location: https://www.example.com"], Decode(decoder, first));
        Assert.Equal(["location: https://www.example.com", "date: Mon, 21 Oct 2013 20:13:21 GMT", "cache-control: private", ":status: 302"], Entries(decoder.Table));
        Assert.Equal(222, decoder.Table.Size);

        Assert.Equal([":status: 307", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT", "location: https://www.example.com"], Decode(decoder, second));
        Assert.Equal([":status: 307", "location: https://www.example.com", "date: Mon, 21 Oct 2013 20:13:21 GMT", "cache-control: private"], Entries(decoder.Table));
        Assert.Equal(222, decoder.Table.Size);

        Assert.Equal(
            [
                ":status: 200", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT", "location: https://www.example.com", "content-encoding: gzip",
                "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1",
            ],
            Decode(decoder, third));
        Assert.Equal(
            ["set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1", "content-encoding: gzip", "date: Mon, 21 Oct 2013 20:13:22 GMT"],
            Entries(decoder.Table));
        Assert.Equal(215, decoder.Table.Size);
    }

    [Theory]
    [InlineData("www.example.com", "f1e3c2e5f23a6ba0ab90f4ff")]
    [InlineData("no-cache", "a8eb10649cbf")]
    [InlineData("custom-key", "25a849e95ba97d7f")]
    [InlineData("302", "6402")]
    [InlineData("Mon, 21 Oct 2013 20:13:21 GMT", "d07abe941054d444a8200595040b8166e082a62d1bff")]
    public void Strings_are_encoded_as_in_C_4_and_C_6(string text, string hex)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        var encoded = new byte[HuffmanCode.EncodedBytes(bytes)];
        HuffmanCode.Encode(bytes, encoded);
        Assert.Equal(hex, Convert.ToHexStringLower(encoded));
    }

    private static IEnumerable<string> Decode(HpackDecoder decoder, string hex)
    {
        var sink = new ListSink();
        Assert.True(decoder.TryDecode(Convert.FromHexString(hex), sink));
        return sink.Fields.Select(static field => $"{field.Name}: {field.Value}");
    }

    private static IEnumerable<string> Entries(HpackDynamicTable table) =>
        Enumerable.Range(0, table.Count).Select(index => $"{Encoding.ASCII.GetString(table.Name(index))}: {Encoding.ASCII.GetString(table.Value(index))}");
}
