# Misses that no cache may keep, from an origin (nginx on the generator's cores) over kept connections.

section_pass() {
    title "Misses passed through, 1k" "wrk -t$generator_threads -c$connections -d${seconds}s http://…/pass/1k.bin"
    start_peers nginx varnish trafficserver frontier
    rate_head
    row "1k" passed_misses
    stop_peers
}

passed_misses() { wrk_rate "${urls[$1:http]}/pass/1k.bin"; }
