# SPDX-License-Identifier: Apache-2.0
"""Makes what the long run serves: content.py DIRECTORY.

catalogue/N.bin  4,000 objects of 1 KiB to 2 MiB, about 400 MB: more than both cache tiers of the run
live/N.bin       20 objects that get new versions
big.bin          32 MiB, for ranges and aborted downloads
steady.bin       16 KiB, always a hit
"""
import os
import random
import sys

CATALOGUE = 4000
LIVE = 20
STEPS = ((0.70, 32 << 10), (0.95, 256 << 10), (1.0, 2 << 20))  # share of objects up to here, largest size in bytes


def write(path, size):
    with open(path, "wb") as file:
        file.write(os.urandom(size))


def size_of_next(chance):
    draw = chance.random()
    return chance.randint(1024, next(largest for share, largest in STEPS if draw <= share))


def main():
    directory = sys.argv[1]
    chance = random.Random(1)
    for folder in ("catalogue", "live"):
        os.makedirs(f"{directory}/{folder}")
    for number in range(CATALOGUE):
        write(f"{directory}/catalogue/{number}.bin", size_of_next(chance))
    for number in range(LIVE):
        write(f"{directory}/live/{number}.bin", 10_000 + number)
    write(f"{directory}/big.bin", 32 << 20)
    write(f"{directory}/steady.bin", 16 << 10)
    write(f"{directory}/pass/small.bin", 1024)


if __name__ == "__main__":
    main()
