"""An origin that counts how often each path is asked for. Arguments: PORT BYTES DELAY. GET /count?PATH tells."""
import http.server
import sys
import threading
import time

port, size, delay = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
counts, gate, body = {}, threading.Lock(), b"x" * size


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.startswith("/count?"):
            with gate:
                answer = str(counts.get(self.path[7:], 0)).encode()
        else:
            with gate:
                counts[self.path] = counts.get(self.path, 0) + 1
            if self.path != "/ready":
                time.sleep(delay)
            answer = body
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024


Server(("127.0.0.1", port), Handler).serve_forever()
