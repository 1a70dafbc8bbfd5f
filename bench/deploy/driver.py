# SPDX-License-Identifier: Apache-2.0
"""Changes a distribution through the API and watches the edge until the change is live.

changes   sends changes one after the other; prints a row of the result table; with --policy each comes with one of a cache policy
check     compares a row with the targets: live in under 300 ms (p50) and 1 s (p99)
lists     asks for pages of distributions, one after the other
rollbacks takes changes back, by calls of the API and by the command; prints a row for each and fails where a second was not enough
"""
import argparse
import http.client
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "rig"))
from signed_api import PATIENCE, Api

TARGETS = {"p50": 300, "p99": 1000}  # milliseconds, from the call to the edge
CELLS = 8
ROLLBACK = 1000  # milliseconds, for the call and for the command


class Edge:
    """Asks for a path whose answer tells the configuration: it is redirected to HTTPS or it is not."""

    def __init__(self, address, host):
        self._connection, self._host = http.client.HTTPConnection(address, timeout=PATIENCE), host

    def redirects(self):
        self._connection.request("GET", "/pass/1k.bin", headers={"Host": self._host})
        answer = self._connection.getresponse()
        answer.read()
        if answer.status not in (200, 301):
            sys.exit(f"The edge answered {answer.status}.")
        return answer.status == 301


class Policy:
    """A cache policy that all distributions share: a change of it has every one of them compiled again."""

    def __init__(self, api, id):
        self._api, self._path = api, f"/2020-05-31/cache-policy/{id}"
        self._etag, self._config = api.call("GET", f"{self._path}/config")

    def change(self):
        head, tail = self._config.split(b"<MaxTTL>", 1)
        seconds, tail = tail.split(b"<", 1)
        self._config = head + b"<MaxTTL>" + str(int(seconds) - 1).encode() + b"<" + tail
        self._etag, _ = self._api.call("PUT", self._path, self._config, self._etag)


def send_changes(options):
    api, edge = Api(options.api, options.credentials), Edge(options.edge, options.host)
    path = f"/2020-05-31/distribution/{options.id}"
    time.sleep(options.delay)
    etag, config = api.call("GET", f"{path}/config")
    policy = Policy(api, options.policy) if options.policy else None
    ends = time.monotonic() + options.seconds if options.seconds else float("inf")
    answered, live, deployed = [], [], []
    while len(live) < options.count and time.monotonic() < ends:
        redirect = not edge.redirects()
        # The behavior of /pass/* comes after the default one and says the same but for this.
        head, tail = config.rsplit(b"<ViewerProtocolPolicy>", 1)
        config = head + b"<ViewerProtocolPolicy>" + (b"redirect-to-https" if redirect else b"allow-all") + tail[tail.index(b"</ViewerProtocolPolicy>"):]
        begun = time.monotonic()
        if policy:
            policy.change()
        etag, _ = api.call("PUT", f"{path}/config", config, etag)
        answered.append(time.monotonic() - begun)
        while edge.redirects() != redirect:
            if time.monotonic() - begun > PATIENCE:
                sys.exit("A change did not come to the edge.")
        live.append(time.monotonic() - begun)
        while b"<Status>Deployed</Status>" not in api.call("GET", path)[1]:
            if time.monotonic() - begun > PATIENCE:
                sys.exit("A change was not acknowledged.")
        deployed.append(time.monotonic() - begun)
    if not options.discard:
        row = [f"{options.distributions}", f"{len(live)}"]
        row += [f"{1000 * at(times, part):.1f}" for times, part in ((answered, 0.5), (live, 0.5), (live, 0.99), (live, 1), (deployed, 0.5), (deployed, 0.99))]
        print(f"| {' | '.join(row)} |")


def send_lists(options):
    api = Api(options.api, options.credentials)
    ends, marker = time.monotonic() + options.seconds, ""
    while time.monotonic() < ends:
        _, page = api.call("GET", "/2020-05-31/distribution", query=f"Marker={marker}" if marker else "")
        found = re.search(rb"<NextMarker>([^<]+)<", page)
        marker = found.group(1).decode() if found else ""


def send_rollbacks(options):
    api, edge = Api(options.api, options.credentials), Edge(options.edge, options.host)
    path = f"/2020-05-31/distribution/{options.id}"
    late = False
    for way, roll_back in (("call", by_call), ("command", by_command)):
        answered, live = [], []
        for _ in range(options.count):
            etag, config = api.call("GET", f"{path}/config")
            before = edge.redirects()
            head, tail = config.rsplit(b"<ViewerProtocolPolicy>", 1)
            policy = b"allow-all" if before else b"redirect-to-https"
            api.call("PUT", f"{path}/config", head + b"<ViewerProtocolPolicy>" + policy + tail[tail.index(b"</ViewerProtocolPolicy>"):], etag)
            wait_until(lambda: edge.redirects() != before, "A change did not come to the edge.")
            begun = time.monotonic()
            done = roll_back(options, api)
            ended = arrived = None
            while ended is None or arrived is None:
                if ended is None and done():
                    ended = time.monotonic() - begun
                if arrived is None and edge.redirects() == before:
                    arrived = time.monotonic() - begun
                if time.monotonic() - begun > PATIENCE:
                    sys.exit("A rollback did not come to the edge.")
            answered.append(ended)
            live.append(arrived)
        cells = [f"{1000 * at(times, part):.1f}" for times in (answered, live) for part in (0.5, 0.99, 1)]
        print(f"| {way} | {options.count} | {' | '.join(cells)} |")
        late |= 1000 * max(max(answered), max(live)) >= ROLLBACK
    if late:
        sys.exit(f"A rollback took {ROLLBACK} ms or more.")


def by_call(options, api):
    api.call("POST", f"/frontier/v1/distributions/{options.id}/rollback")
    return lambda: True


def by_command(options, api):
    run = subprocess.Popen(["dotnet", options.program, "rollback", options.id, "--endpoint", f"http://{options.api}", "--data", options.data], stdout=subprocess.DEVNULL)

    def done():
        if run.poll() not in (None, 0):
            sys.exit(f"frontier rollback ended with {run.returncode}.")
        return run.poll() is not None
    return done


def wait_until(condition, otherwise):
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > PATIENCE:
            sys.exit(otherwise)


def at(times, part):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def check(options):
    cells = re.findall(r"[\d.]+", options.row)
    if len(cells) != CELLS:
        sys.exit("There is no row to compare.")
    for name, cell in (("p50", cells[3]), ("p99", cells[4])):
        if float(cell) >= TARGETS[name]:
            sys.exit(f"Live {name} is {cell} ms; the target is under {TARGETS[name]} ms.")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["changes", "check", "lists", "rollbacks"])
    for name in ("--api", "--edge", "--host", "--id", "--credentials", "--row", "--policy", "--program", "--data"):
        parser.add_argument(name, default="")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--distributions", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--discard", action="store_true")
    options = parser.parse_args()
    {"changes": send_changes, "check": check, "lists": send_lists, "rollbacks": send_rollbacks}[options.what](options)


main()
