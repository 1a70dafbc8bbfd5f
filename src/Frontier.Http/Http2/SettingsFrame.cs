// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Http.Http2;

/// <summary>The settings of both sides (RFC 9113, section 6.5.2; RFC 8441, section 3; RFC 9218, section 2.1).</summary>
internal static class SettingsFrame
{
    private const int EntryBytes = 6;
    private const ushort HeaderTableSize = 1, EnablePush = 2, MaxConcurrentStreams = 3, InitialWindowSize = 4, MaxFrameSize = 5, MaxHeaderListSize = 6, EnableConnectProtocol = 8, NoRfc7540Priorities = 9;
    private const uint LargestFrame = (1 << 24) - 1;

    /// <summary>Ours, for the payload of the first frame.</summary>
    public static byte[] Ours(int maxStreams)
    {
        (ushort Id, int Value)[] settings =
        [
            (MaxConcurrentStreams, maxStreams), (InitialWindowSize, Http2Limits.StreamWindowBytes), (MaxHeaderListSize, Http2Limits.ToldHeaderListBytes), (EnableConnectProtocol, 1), (NoRfc7540Priorities, 1),
        ];
        var payload = new byte[settings.Length * EntryBytes];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(i * EntryBytes), settings[i].Id);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan((i * EntryBytes) + sizeof(ushort)), settings[i].Value);
        }

        return payload;
    }

    /// <summary>Takes the viewer's over. Under the connection's lock. What we do not know means nothing (RFC 9113, section 6.5.2).</summary>
    /// <param name="knowsPriorities">Whether the viewer follows RFC 9218.</param>
    public static ErrorCode Apply(ReadOnlySpan<byte> payload, StreamTable streams, ref bool knowsPriorities)
    {
        if (payload.Length % EntryBytes != 0)
        {
            return ErrorCode.FrameSizeError;
        }

        var window = streams.InitialWindow;
        for (; !payload.IsEmpty; payload = payload[EntryBytes..])
        {
            var value = BinaryPrimitives.ReadUInt32BigEndian(payload[sizeof(ushort)..]);
            switch (BinaryPrimitives.ReadUInt16BigEndian(payload))
            {
                case HeaderTableSize:
                    streams.Output.OweTableUpdate();
                    break;
                case EnablePush or EnableConnectProtocol when value > 1:
                    return ErrorCode.ProtocolError;
                case InitialWindowSize when value > FlowWindow.MaxBytes:
                    return ErrorCode.FlowControlError;
                case InitialWindowSize:
                    window = (int)value;
                    break;
                case MaxFrameSize when value is < Http2Limits.FrameBytes or > LargestFrame:
                    return ErrorCode.ProtocolError;
                case NoRfc7540Priorities when value > 1:
                    return ErrorCode.ProtocolError;
                case NoRfc7540Priorities:
                    knowsPriorities = value == 1;
                    break;
            }
        }

        // Once for the frame, however often it names the window: streams are many.
        return window == streams.InitialWindow || streams.TrySetInitialWindow(window) ? ErrorCode.NoError : ErrorCode.FlowControlError;
    }
}
