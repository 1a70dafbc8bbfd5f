# SPDX-License-Identifier: Apache-2.0
"""Holds the last third of a long run against the first: summary.py CSV MEMORY_PERCENT DESCRIPTORS THREADS.

Prints medians of both and exits with 1 where one has grown beyond its tolerance."""
import csv
import statistics
import sys


def main():
    path, memory_percent, descriptors, threads = sys.argv[1], *map(int, sys.argv[2:5])
    with open(path, newline="") as file:
        samples = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    if not samples:
        print("No samples were taken.")
        return 1
    settled = min(60, samples[-1]["second"] / 5)
    samples = [sample for sample in samples if sample["second"] >= settled]
    third = len(samples) // 3
    if third == 0:
        print("The run was too short to compare its thirds.")
        return 1

    grown = False
    print("\n| | first third | last third | allowed |\n|---|---:|---:|---:|")
    for name, label, unit, allowed in (
        ("resident_kib", "resident memory, MiB", 1024, lambda first: first * (1 + memory_percent / 100)),
        ("anonymous_kib", "anonymous memory, MiB", 1024, lambda first: first * (1 + memory_percent / 100)),
        ("descriptors", "descriptors", 1, lambda first: first + descriptors),
        ("threads", "threads", 1, lambda first: first + threads),
    ):
        first, last = (statistics.median(sample[name] for sample in part) / unit for part in (samples[:third], samples[-third:]))
        verdict = "" if last <= allowed(first) else " **grown**"
        grown = grown or verdict != ""
        print(f"| {label} | {first:.0f} | {last:.0f}{verdict} | {allowed(first):.0f} |")
    highest = max(sample["resident_kib"] for sample in samples) / 1024
    print(f"\nHighest resident memory {highest:.0f} MiB; {samples[-1]['cpu_seconds']:.0f} s of processor time; {len(samples)} samples.")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
