"""Asks every edge for the same new object at once, round after round, and prints a row of the table."""
import argparse
import http.client
import statistics
import sys
import threading
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("--way", required=True)
arguments.add_argument("--host", required=True)
arguments.add_argument("--origin", type=int, required=True)
arguments.add_argument("--rounds", type=int, required=True)
arguments.add_argument("--viewers", type=int, required=True)
arguments.add_argument("--size", type=int, required=True)
arguments.add_argument("ports", type=int, nargs="+")
given = arguments.parse_args()


def ask(port, path, start, times, wrong):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    start.wait()
    began = time.perf_counter()
    connection.request("GET", path, headers={"Host": given.host})
    answer = connection.getresponse()
    body = answer.read()
    times.append(time.perf_counter() - began)
    if answer.status != 200 or len(body) != given.size:
        wrong.append((port, answer.status, len(body)))


def fetches(path):
    connection = http.client.HTTPConnection("127.0.0.1", given.origin, timeout=60)
    connection.request("GET", "/count?" + path)
    return int(connection.getresponse().read())


times, wrong, counts = [], [], []
for number in range(given.rounds):
    path = f"/{given.way}/{number}.bin"
    asked = given.ports * given.viewers
    start = threading.Barrier(len(asked))
    threads = [threading.Thread(target=ask, args=(port, path, start, times, wrong)) for port in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts.append(fetches(path))
times.sort()
print(f"| {given.way} | {statistics.mean(counts):.2f} | {max(counts)} | {len(times)} | {1000 * times[len(times) // 2]:.0f} | {1000 * times[int(len(times) * 0.99)]:.0f} |")
for port, status, length in wrong[:5]:
    print(f"Wrong answer on port {port}: {status} with {length} bytes", file=sys.stderr)
sys.exit(1 if wrong or len(times) < given.rounds * given.viewers * len(given.ports) or (given.way == "tiers" and max(counts) > 1) else 0)
