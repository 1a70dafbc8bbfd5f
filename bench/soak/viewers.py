# SPDX-License-Identifier: Apache-2.0
"""The viewers of the long run."""
import hashlib
import http.client
import os
import socket
import ssl
import struct
import subprocess
import tempfile
import time

TIMEOUT = 30  # seconds without a byte
PAUSE = 0.01  # seconds between two requests of a viewer: the edge is to be used, not overrun
ABORTED_AT_MOST = 4 << 20  # bytes that are read of a download before it is given up


class SocketViewer:
    """HTTP/1.1, plain or over TLS, on a connection that stays open."""

    def __init__(self, run, scheme, chance):
        self.name = f"viewer by {scheme}"
        self._run, self._scheme, self._chance = run, scheme, chance
        self._big = run.path_of("/big.bin")
        self._big_size = os.path.getsize(self._big)
        self._connection = None

    def reset(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def step(self):
        draw = self._chance.random()
        if draw < 0.70:
            self._whole(self._run.object(self._chance))
        elif draw < 0.82:
            self._range(self._run.path_of(path := self._chance.choice(list(self._run.catalogue))), path)
        elif draw < 0.92:
            self._range(self._big, "/big.bin")
        elif draw < 0.97:
            self._passed()
        else:
            self._abort()
        time.sleep(PAUSE)

    def _socket(self):
        arguments = self._run.arguments
        plain = socket.create_connection(("127.0.0.1", getattr(arguments, self._scheme)), timeout=TIMEOUT)
        if self._scheme == "http":
            return plain
        return ssl.create_default_context(cafile=arguments.ca).wrap_socket(plain, server_hostname=arguments.host)

    def _get(self, path, headers=None):
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", timeout=TIMEOUT)
            self._connection.sock = self._socket()
        try:
            self._connection.request("GET", path, headers={"Host": self._run.arguments.host} | (headers or {}))
            answer = self._connection.getresponse()
            return answer, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise OSError(f"{path} {headers or ''}: {type(error).__name__} {error}") from error

    def _whole(self, path):
        before = self._run.allowed(path)
        answer, body = self._get(path)
        if answer.status != 200 or hashlib.sha256(body).digest() not in before | self._run.allowed(path):
            self._run.fail(f"{self.name}: {path} answered {answer.status} with {len(body)} wrong bytes; {answer.headers.get('X-Cache')}")
        self._run.did(f"{self._scheme} whole")

    def _range(self, file_path, path):
        size = os.path.getsize(file_path)
        first = self._chance.randrange(size)
        last = min(size - 1, first + self._chance.randrange(300_000))
        answer, body = self._get(path, {"Range": f"bytes={first}-{last}"})
        with open(file_path, "rb") as file:
            file.seek(first)
            expected = file.read(last - first + 1)
        if answer.status != 206 or body != expected or answer.headers.get("Content-Range") != f"bytes {first}-{last}/{size}":
            self._run.fail(f"{self.name}: {path} {first}-{last} answered {answer.status} with {len(body)} wrong bytes")
        self._run.did(f"{self._scheme} range")

    def _passed(self):
        answer, body = self._get("/pass/small.bin")
        with open(self._run.path_of("/pass/small.bin"), "rb") as file:
            if answer.status != 200 or body != file.read():
                self._run.fail(f"{self.name}: /pass/small.bin answered {answer.status} with {len(body)} wrong bytes")
        self._run.did(f"{self._scheme} passed through")

    def _abort(self):
        """Gives a download up in its middle, half of the time with a reset."""
        path = self._chance.choice(("/big.bin", self._chance.choice(list(self._run.catalogue))))
        left = self._chance.randrange(min(ABORTED_AT_MOST, os.path.getsize(self._run.path_of(path))))
        with self._socket() as viewer:
            viewer.sendall(f"GET {path} HTTP/1.1\r\nHost: {self._run.arguments.host}\r\n\r\n".encode())
            while left > 0 and len(piece := viewer.recv(min(left, 65536))) > 0:
                left -= len(piece)
            if left > 0:
                self._run.fail(f"{self.name}: {path} ended before its end")
            if self._chance.random() < 0.5:
                viewer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._run.did(f"{self._scheme} aborted")


class CurlViewer:
    """HTTP/2, eight objects at once on one connection; curl because Python's library speaks HTTP/1.1 only."""

    OBJECTS = 8

    def __init__(self, run, chance):
        self.name = "viewer by HTTP/2"
        self._run, self._chance = run, chance

    def reset(self):
        pass  # each step has a connection of its own

    def step(self):
        arguments = self._run.arguments
        paths = [self._run.object(self._chance) for _ in range(self.OBJECTS)]
        before = [self._run.allowed(path) for path in paths]
        with tempfile.TemporaryDirectory() as folder:
            command = ["curl", "-sS", "-Z", "--http2", "--cacert", arguments.ca, "--max-time", str(TIMEOUT),
                       "--resolve", f"{arguments.host}:{arguments.https}:127.0.0.1", "-w", "%{http_code} %{http_version}\n"]
            for number, path in enumerate(paths):
                command += ["-o", f"{folder}/{number}", f"https://{arguments.host}:{arguments.https}{path}"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=2 * TIMEOUT, check=False)
            if done.returncode != 0 or done.stdout.split("\n")[:-1] != ["200 2"] * len(paths):
                self._run.fail(f"{self.name}: curl ended with {done.returncode}: {done.stderr.strip()} {done.stdout.strip()}")
                return
            for number, path in enumerate(paths):
                with open(f"{folder}/{number}", "rb") as file:
                    if hashlib.file_digest(file, "sha256").digest() not in before[number] | self._run.allowed(path):
                        self._run.fail(f"{self.name}: {path} answered with wrong bytes")
                self._run.did("h2 whole")
        time.sleep(PAUSE * self.OBJECTS)
