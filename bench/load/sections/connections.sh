# TLS handshakes: every request on a new connection. wrk and h2load resume sessions or keep connections, openssl s_time sends no
# Host, so viewer.c makes these. A client's part of a handshake costs more than a server's: where the server is not busy, its time
# for each connection is the figure to compare.

section_connections() {
    title "New TLS 1.3 connections, full handshake, one hit of 1k on each" "viewer new https://…/1k.bin HOST $connections $seconds"
    start_peers nginx frontier
    rate_head
    row "connections" new_connections
    cost_row "server's µs each (less is better)"
    stop_peers
}

new_connections() { viewer_rate new "${urls[$1:https]}/1k.bin" "$connections" "$seconds"; }
