/* The site, the mail and the jobs in one process. SIGTERM ends it within five seconds, losing nothing. */
#include "base/log.h"
#include "care/care_web.h"
#include "http/http.h"
#include "jobs/jobs.h"
#include "mail/mail_thread.h"
#include "main/command.h"
#include "os/file.h"
#include "os/notify.h"
#include "os/process.h"
#include "people/people.h"
#include "people/people_erase.h"
#include "people/people_glass.h"
#include "safety/safety_web.h"

#include <stdio.h>

enum { JOB_THREADS = 2 };        /* one may be busy with a backup */

struct parts {
        struct http *http;
        struct job_runner *jobs;
        struct mail_thread *mail;
};

static struct err start(struct app *app, const char *listen, struct parts *p)
{
        TRY(http_start(&(struct http_options) {
                .app = app, .tables = main_routes, .n_tables = main_routes_count, .identify = people_identify,
                .touch = people_touch, .saw = people_saw, .ready = safety_ready, .shell = care_shell, .listen = listen,
                .workers = app->config->workers}, &p->http));
        TRY(jobs_start(app, JOB_THREADS, &p->jobs));
        return mail_thread_start(app, &p->mail);
}

static void stop(struct parts *p)
{
        http_stop(p->http);
        jobs_stop(p->jobs);
        mail_thread_stop(p->mail);
}

/*
 * Until a signal.  A service manager that watches us hears from us only while a request to ourselves
 * goes through the sockets, the queue and a worker to an answer, whatever that answer is.
 */
static int stay(struct parts *p)
{
        int64_t every = notify_watchdog_us() / 3;
        int signal;

        if (every == 0)
                return process_wait_for_end();
        while (!(signal = process_wait_for(every))) {
                if (http_answers(p->http, (int)(every / 1000)))
                        notify_alive();
                else
                        log_write(LOG_ERROR, "serve.no_answer waited_ms=%lld", (long long)every / 1000);
        }
        return signal;
}

/* The database would only say that it cannot be opened. */
static struct err can_be_written(const char *data)
{
        bool read_only;
        int64_t room;

        TRY(file_space(data, &room, &read_only));
        return read_only ? FAIL_AT(ERR_UPSTREAM, "The disk is read-only", data, "Remount it for writing") : OK;
}

/* A backup of before may have been brought back: before anybody can look, whoever was forgotten since is forgotten again. */
static struct err forget_again(struct command_line *line, struct app *app)
{
        int n;

        TRY(people_erase_again(app, line->arena, &n));
        if (n)
                log_write(LOG_WARN, "serve.erased_again people=%d", n);
        return OK;
}

static struct err run(struct command_line *line)
{
        const char *listen = line_option(line, "listen");
        struct parts parts = {0};
        struct app *app;

        TRY(line_end(line));
        process_block_signals();
        TRY(process_drop_root(line->data));
        TRY(can_be_written(line->data));
        TRY(app_open(line, &app));
        TRY(process_lock(line->data));
        TRY(forget_again(line, app));
        TRY(start(app, listen ? listen : app->config->listen, &parts));
        log_write(LOG_INFO, "serve.ready port=%d base_url=%s", http_port(parts.http), app->config->base_url);
        notify_ready();
        int signal = stay(&parts);
        notify_ending();
        log_write(LOG_INFO, "serve.ending signal=%d", signal);
        stop(&parts);
        app_close(app);
        log_write(LOG_INFO, "serve.ended");
        return OK;
}

const struct command command_serve = {"serve", "[--listen ADDR:PORT]", "runs the site, the mail and the jobs", run};
