/*
 * The physical limit of a page: the same identify, queries and rendering as the server, in a loop on one thread, without
 * sockets, queues or compression.  Prints microseconds of processor time a page, and bytes.
 *
 *      bare DATA PATH SECRET-PREFIX COUNT PAGES
 *
 * The n-th page is asked for by the session "PREFIX<n * 7 mod COUNT * STEP>".
 */
#include "care/care_web.h"
#include "http/http_inside.h"
#include "main/command.h"
#include "os/keys.h"
#include "people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu(void)
{
        struct timespec t;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t one(struct http *h, struct arena *a, const struct match *m, struct text path, const char *secret)
{
        unsigned char hash[HASH_BYTES];
        struct conn c = {.http = h, .method = GET, .match = *m};
        struct http_parts *x = arena_new_of(a, struct http_parts);

        x->http = h;
        x->conn = &c;
        x->arena = a;
        x->secret = text_of(secret);
        x->path = path;
        x->rq.app = h->app;
        x->rq.arena = a;
        x->rq.who = &x->who;
        x->rq.parts = x;
        x->rq.id = TEXT("bare");
        x->rq.page.path = path.p;
        keys_hash(x->secret, hash);
        x->rq.session = (struct text) {(const char *)hash, sizeof hash};
        struct err e = exchange_show(x, m->entry);
        if (failed(e) || x->re.body.n < 500) {
                fprintf(stderr, "bare: no page: %s at %s:%d status %d\n", e.what ? e.what : "", e.file ? e.file : "", e.line, x->re.status);
                exit(1);
        }
        return x->re.body.n;
}

int main(int argc, char **argv)
{
        struct command_line line = {.arena = arena_new((size_t)1 << 30)};
        struct arena *a = arena_new((size_t)64 << 20);
        struct http h = {.zone = zone_utc(), .locale = LOCALE_EN};
        struct match m;
        size_t bytes = 0;
        char secret[64];

        if (argc != 6)
                return fprintf(stderr, "usage: bare DATA PATH PREFIX COUNT PAGES\n"), 2;
        line.data = argv[1];
        struct err e = app_open(&line, &h.app);
        if (failed(e))
                return fprintf(stderr, "bare: %s\n", e.what), 1;
        h.arena = line.arena;
        h.identify = people_identify;
        h.shell = care_shell;
        h.router = router_new(line.arena, main_routes, main_routes_count);
        struct text path = text_of(argv[2]);
        router_find(h.router, GET, path, &m);
        long count = atol(argv[4]), pages = atol(argv[5]);
        double began = 0;
        for (long i = -200; i < pages; i++) {
                if (i == 0)
                        began = cpu();
                snprintf(secret, sizeof secret, "%s%ld", argv[3], strstr(argv[3], "desk") ? 1 + labs(i * 7) % count : labs(i * 7) % count * 2);
                bytes = one(&h, a, &m, path, secret);
                arena_reset(a);
        }
        printf("{\"cpu_us\":%.1f,\"bytes\":%zu}\n", (cpu() - began) / (double)pages * 1e6, bytes);
        app_close(h.app);
        return 0;
}
