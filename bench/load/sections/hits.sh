# Hits of each size: HTTP/1.1 against every peer, HTTPS and HTTP/2 against those that speak them.

section_http() {
    title "Hits over HTTP/1.1" "wrk -t$generator_threads -c$connections -d${seconds}s http://…/SIZE.bin"
    start_peers nginx varnish trafficserver bare frontier
    rate_head
    for size in ${SIZES:-1k 16k 128k 1m}; do row "$size" plain_hits http "$size"; done
    stop_peers
}

section_https() {
    title "Hits over HTTP/1.1 and TLS" "wrk -t$generator_threads -c$connections -d${seconds}s https://…/SIZE.bin"
    start_peers nginx frontier
    rate_head
    for size in ${SIZES:-1k 16k 1m}; do row "$size" plain_hits https "$size"; done
    stop_peers
}

section_h2() {
    title "Hits over HTTP/2 and TLS" "h2load -t$generator_threads -c16 -m$streams -D$seconds https://…/SIZE.bin"
    start_peers nginx frontier
    rate_head
    for size in ${SIZES:-1k 16k 128k 1m}; do row "$size" h2_hits "$size"; done
    stop_peers
}

plain_hits() { wrk_rate "${urls[$1:$2]}/$3.bin"; }
h2_hits() { h2_rate "${urls[$1:https]}/$2.bin"; }
