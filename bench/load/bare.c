// SPDX-License-Identifier: Apache-2.0
//
// The least a server can do, as the limit that the others are held against: accepts, reads until a head ends, and answers as many
// bytes from memory as the path names (/1k.bin, /128k.bin, /1m.bin). One thread, one epoll loop, connections kept alive, no
// cache, no log, no time-outs. It trusts its generator: one request at a time on each connection, heads of at most 4 KiB.
//
// Usage: bare PORT     (127.0.0.1)
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_DESCRIPTORS = 65536, MAX_HEAD = 4096, MAX_BODY = 64 << 20, EVENTS = 256 };

struct connection {
    char head[MAX_HEAD];
    size_t head_length;
    char answer[128]; // the answer's head
    size_t answer_length;
    size_t total;   // of the answer, head and body
    size_t written; // of that; equal to total while a request is awaited
};

static struct connection *connections[MAX_DESCRIPTORS];
static char *body;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void drop(int descriptor) {
    free(connections[descriptor]);
    connections[descriptor] = NULL;
    close(descriptor);
}

// The size that a path such as "/16k.bin" names, in bytes; 0 where it names none.
static size_t size_of(const char *head) {
    const char *path = strchr(head, '/');
    char *end;
    size_t size = path == NULL ? 0 : strtoul(path + 1, &end, 10);
    if (size == 0) return 0;
    if (*end == 'k') size <<= 10;
    if (*end == 'm') size <<= 20;
    return size <= MAX_BODY ? size : 0;
}

// Writes as much of the answer as the socket takes; 0 when the connection is lost.
static int send_answer(int descriptor, struct connection *c) {
    while (c->written < c->total) {
        size_t from_head = c->written < c->answer_length ? c->answer_length - c->written : 0;
        size_t into_body = from_head > 0 ? 0 : c->written - c->answer_length;
        struct iovec parts[2] = {
            { c->answer + c->answer_length - from_head, from_head },
            { body + into_body, c->total - c->answer_length - into_body },
        };
        ssize_t count = writev(descriptor, parts, 2);
        if (count < 0) return errno == EAGAIN;
        c->written += (size_t)count;
    }
    return 1;
}

// Reads what has come and answers when the head is whole; 0 when the connection has ended.
static int receive(int descriptor, struct connection *c) {
    ssize_t count = read(descriptor, c->head + c->head_length, MAX_HEAD - 1 - c->head_length);
    if (count <= 0) return count < 0 && errno == EAGAIN;
    c->head_length += (size_t)count;
    c->head[c->head_length] = 0;
    if (strstr(c->head, "\r\n\r\n") == NULL) return c->head_length < MAX_HEAD - 1;
    size_t size = size_of(c->head);
    c->head_length = 0;
    c->answer_length = (size_t)snprintf(c->answer, sizeof c->answer, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n", size > 0 ? "200 OK" : "404 Not Found", size);
    c->total = c->answer_length + size;
    c->written = 0;
    return send_answer(descriptor, c);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "Usage: bare PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN); // a lost connection shows in the write
    body = malloc(MAX_BODY);
    if (body == NULL) fail("malloc");
    memset(body, 'x', MAX_BODY);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1, poll = epoll_create1(0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) fail("bare");
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, events[EVENTS];
    if (epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) != 0) fail("epoll_ctl");
    for (;;) {
        int count = epoll_wait(poll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == listener) {
                int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                if (accepted < 0) continue;
                struct connection *c = accepted < MAX_DESCRIPTORS ? calloc(1, sizeof *c) : NULL;
                if (c == NULL) {
                    close(accepted);
                    continue;
                }
                connections[accepted] = c;
                setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                // Edge-triggered both ways, so that a full socket costs no call to change what is awaited.
                event = (struct epoll_event){ .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.fd = accepted };
                epoll_ctl(poll, EPOLL_CTL_ADD, accepted, &event);
                continue;
            }
            struct connection *c = connections[descriptor];
            int alive = c->written < c->total ? send_answer(descriptor, c) : 1;
            if (alive && c->written == c->total && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) alive = receive(descriptor, c);
            if (!alive) drop(descriptor);
        }
    }
}
