# Frontier as "frontier up" starts it, with one distribution. Its control plane and bucket server run in the same process.

peer_names[frontier]="Frontier"
peer_schemes[frontier]="http https"
peer_needs[frontier]="dotnet:dotnet-sdk-10.0 aws:awscli"

. "$root/bench/rig/frontier.sh"

version_of_frontier() { "$root/frontier" --version | sed 's/+.*//; s/^/Frontier /'; }

# The data stays from one section to the next, and with it the distribution.
launch_frontier() {
    start_frontier --cache-memory "$memory_bytes" --cache-disk "$disk_bytes"
    [ -n "${host:-}" ] || create_distribution
    urls[frontier:http]="http://127.0.0.1:$frontier_http"
    urls[frontier:https]="https://127.0.0.1:$frontier_https"
}
