#include "mail/mail_thread.h"

#include "base/log.h"
#include "mail/mail.h"
#include "mail/mail_parts.h"
#include "os/clock.h"
#include "os/config.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { PAUSE_MS = 250, AT_ONCE = 200 };

struct mail_thread {
        struct app *app;
        pthread_t thread;
        _Atomic bool stopping;
};

static void *run(void *in)
{
        struct mail_thread *t = in;
        struct arena *a = arena_new((size_t)256 << 20);
        struct mail_sender *sender = *t->app->config->smtp_host ? mail_sender_new(t->app) : NULL;
        int sent;

        while (!t->stopping) {
                struct err e = mail_flush_with(t->app, sender, a, AT_ONCE, &sent);
                if (failed(e))
                        log_err(LOG_WARN, "mail.flush", e);
                arena_reset(a);
                if (sent < AT_ONCE)
                        clock_sleep_ms(PAUSE_MS);
        }
        mail_sender_free(sender);
        arena_free(a);
        return NULL;
}

struct err mail_thread_start(struct app *app, struct mail_thread **out)
{
        struct mail_thread *t = calloc(1, sizeof *t);

        must(t);
        t->app = app;
        must(pthread_create(&t->thread, NULL, run, t) == 0);
        *out = t;
        return OK;
}

void mail_thread_stop(struct mail_thread *t)
{
        t->stopping = true;
        pthread_join(t->thread, NULL);
        free(t);
}
