# SPDX-License-Identifier: Apache-2.0
"""What operators do during the long run, all of it through the AWS CLI."""
import hashlib
import json
import os
import subprocess
import tempfile
import time
import urllib.request

TIMEOUT = 60  # seconds for a call of the CLI, the wait for an invalidation or a deployment included
UPDATE_EVERY = 15  # seconds
UPLOAD_BYTES = (64 << 10, 12 << 20)  # the larger one goes up in parts


def aws(endpoint, *arguments):
    done = subprocess.run(["aws", "--endpoint-url", endpoint, "--output", "json", *arguments], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode != 0:
        raise OSError(f"aws {' '.join(arguments[:2])}: {done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.strip().startswith("{") else done.stdout


def rest(run, seconds):
    """Waits, but not beyond the run's end."""
    time.sleep(max(0, min(seconds, run.ends - time.monotonic())))


class Publisher:
    """Puts a new version of a live object at the origin and invalidates the old one, by its path or by a wildcard."""

    def __init__(self, run, chance):
        self.name = "publisher"
        self._run, self._chance = run, chance

    def reset(self):
        rest(self._run, 1)

    def step(self):
        path = self._chance.choice(list(self._run.live))
        # Of another size each time: nginx's entity tags are made of time in seconds and size.
        body = os.urandom(10_000 + time.monotonic_ns() % 200_000)
        digest = hashlib.sha256(body).digest()
        with self._run.lock:
            self._run.live[path].add(digest)
        target = self._run.path_of(path)
        with open(f"{target}.new", "wb") as file:
            file.write(body)
        os.replace(f"{target}.new", target)
        pattern = path if self._chance.random() < 0.7 else "/live/*"
        made = aws(self._run.arguments.api, "cloudfront", "create-invalidation", "--distribution-id", self._run.arguments.id, "--paths", pattern)
        aws(self._run.arguments.api, "cloudfront", "wait", "invalidation-completed", "--distribution-id", self._run.arguments.id, "--id", made["Invalidation"]["Id"])
        with self._run.lock:
            self._run.live[path] = {digest}
        self._run.did("invalidation by path" if pattern == path else "invalidation by wildcard")
        rest(self._run, 1)


class Updater:
    """Changes the distribution, so that the edge takes a new configuration under load."""

    def __init__(self, run):
        self.name = "updater"
        self._run = run
        self._version = 0

    def reset(self):
        rest(self._run, 1)

    def step(self):
        api, distribution = self._run.arguments.api, self._run.arguments.id
        got = aws(api, "cloudfront", "get-distribution-config", "--id", distribution)
        self._version += 1
        got["DistributionConfig"]["Comment"] = f"version {self._version}"
        aws(api, "cloudfront", "update-distribution", "--id", distribution, "--if-match", got["ETag"], "--distribution-config", json.dumps(got["DistributionConfig"]))
        aws(api, "cloudfront", "wait", "distribution-deployed", "--id", distribution)
        self._run.did("distribution update")
        rest(self._run, UPDATE_EVERY)


class Uploader:
    """Uploads an object, fetches it twice through the edge, and deletes it."""

    def __init__(self, run):
        self.name = "uploader"
        self._run = run
        self._number = 0

    def reset(self):
        rest(self._run, 1)

    def step(self):
        self._number += 1
        arguments = self._run.arguments
        body = os.urandom(UPLOAD_BYTES[self._number % len(UPLOAD_BYTES)])
        key = f"s3://soak/uploads/{self._number}.bin"
        with tempfile.NamedTemporaryFile() as file:
            file.write(body)
            file.flush()
            aws(arguments.buckets, "s3", "cp", "--no-progress", file.name, key)
        for _ in range(2):
            request = urllib.request.Request(f"http://127.0.0.1:{arguments.http}/uploads/{self._number}.bin", headers={"Host": arguments.host})
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                if answer.read() != body:
                    self._run.fail(f"uploader: {key} came back with wrong bytes")
        aws(arguments.buckets, "s3", "rm", key)
        self._run.did("upload")
        rest(self._run, 1)
