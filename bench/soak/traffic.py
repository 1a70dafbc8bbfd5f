# SPDX-License-Identifier: Apache-2.0
"""Viewers and operators of the long run. Every whole answer is compared by SHA-256 and every range byte by byte with what the origin
has; an object under live/ may be its old version only until the invalidation of its new one is Completed.

Prints how often each kind of work was done. Exit code 1 when an answer was wrong, with the first reasons."""
import argparse
import hashlib
import os
import random
import subprocess
import sys
import threading
import time

from operators import Publisher, Updater, Uploader
from viewers import CurlViewer, SocketViewer

MAX_REASONS = 20


class Run:
    """What all threads share: the arguments, the expected contents, the counts. Written under its lock."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.ends = time.monotonic() + arguments.seconds
        self.lock = threading.Lock()
        self.counts = {}
        self.reasons = []
        self.failures = 0
        folder = f"{arguments.files}/catalogue"
        self.catalogue = {f"/catalogue/{name}": digest_of(f"{folder}/{name}") for name in sorted(os.listdir(folder))}
        # Names of a live object's versions that may be seen now: path → set of digests.
        self.live = {f"/live/{name}": {digest_of(f"{arguments.files}/live/{name}")} for name in sorted(os.listdir(f"{arguments.files}/live"))}

    def going(self):
        return time.monotonic() < self.ends and self.failures < 1000

    def path_of(self, path):
        return self.arguments.files + path

    def did(self, kind):
        with self.lock:
            self.counts[kind] = self.counts.get(kind, 0) + 1

    def fail(self, reason):
        with self.lock:
            self.failures += 1
            if len(self.reasons) < MAX_REASONS:
                self.reasons.append(reason)

    def allowed(self, path):
        """The digests that an answer for a path may have now."""
        with self.lock:
            return set(self.live[path]) if path in self.live else {self.catalogue[path]}

    def object(self, chance):
        """A path: mostly of few popular objects, sometimes any, sometimes a live one."""
        draw = chance.random()
        if draw < 0.15:
            return chance.choice(list(self.live))
        paths = list(self.catalogue)
        return chance.choice(paths) if draw < 0.35 else paths[min(len(paths) - 1, int(chance.paretovariate(0.7)))]


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def forever(run, worker):
    """Runs a worker's step until the run ends. What it does not expect is a failure of the run."""
    while run.going():
        try:
            worker.step()
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            run.fail(f"{worker.name}: {type(error).__name__}: {error}")
            worker.reset()


def main():
    parser = argparse.ArgumentParser()
    for name in ("http", "https", "seconds"):
        parser.add_argument(f"--{name}", type=int, required=True)
    for name in ("host", "id", "api", "buckets", "ca", "files"):
        parser.add_argument(f"--{name}", required=True)
    run = Run(parser.parse_args())
    workers = [SocketViewer(run, scheme, random.Random(seed)) for seed, scheme in enumerate(("http", "http", "https", "https"))]
    workers += [CurlViewer(run, random.Random(9)), Publisher(run, random.Random(10)), Updater(run), Uploader(run)]
    threads = [threading.Thread(target=forever, args=(run, worker)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind, count in sorted(run.counts.items()):
        print(f"{kind}: {count}")
    if run.failures:
        print(f"{run.failures} failures, first:", *run.reasons, sep="\n  ", file=sys.stderr)
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
