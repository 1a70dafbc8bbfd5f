#!/usr/bin/env bash
# Kills a working cache (SIGKILL) at N random moments and checks every object and every acknowledged purge after each.
# Prints a table; fails at the first wrong byte or lost purge.
#
# Usage: bench/crash/run.sh [N]     default 2000, about a second each
#   TMPDIR says on which disk the cache directory lies
set -euo pipefail
cycles=${1:-2000}
root=$(cd "$(dirname "$0")/../.." && pwd)
dotnet build "$root/tests/Frontier.Caching.Kills" -c Release -v q --nologo >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nice -n 19 dotnet "$root/artifacts/bin/Frontier.Caching.Kills/release/Frontier.Caching.Kills.dll" run "$work" "$cycles"
