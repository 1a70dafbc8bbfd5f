#!/usr/bin/env bash
# Replays seeded synthetic traces against the cache's memory tier and against LRU, FIFO, SIEVE and S3-FIFO, all charged alike,
# and prints the hit ratios in percent as a table.
#
# Usage: bench/hitrate/run.sh [FILE]     writes the table to FILE too
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
table=${1:-/dev/null}
dotnet build "$root/bench/Frontier.HitRate" -c Release -v q --nologo >&2
{
    echo "# Hit ratios: the memory tier beside published policies"
    echo
    echo "Command: \`bench/hitrate/run.sh${1:+ $1}\`"
    echo
    echo "Percent of requests (and of bytes, where bodies have sizes) that hit. The last column is the cache itself, with real keys"
    echo "and bodies; the others are reference implementations charged the same bytes for each object. Traces are drawn with a fixed"
    echo "seed (\`bench/Frontier.HitRate/Traces\`)."
    echo
    "$root/artifacts/bin/Frontier.HitRate/release/Frontier.HitRate"
} | tee "$table"
