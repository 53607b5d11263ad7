/*
 * The outbox: a letter goes in once and leaves once, through a server of this test on a loopback port and, with
 * TELEMACHUS_TEST_SMTP=host:port, through a real one as well.
 */
#include "mail/test/post.h"

#include "mail/mail.sql.h"
#include "mail/mail_trouble.h"
#include "os/clock.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>

enum { TRIES = 15, DAY = 86400 };

/* ---- the outbox ---- */

struct put { struct letter letter; int64_t id; };

static struct err put(struct tx *tx, void *in)
{
        struct put *p = in;

        return mail_post(tx, &p->letter, &p->id);
}

static int64_t put_letter(struct letter l)
{
        struct put p = {.letter = l};

        assert_ok(db_write(post.app.db, post.a, put, &p));
        return p.id;
}

static struct err box(struct tx *tx, void *in) { return mail_box(tx, INT64_MAX, 100, in); }

static struct mail_box_list look(void)
{
        struct mail_box_list l;

        assert_ok(db_read(post.app.db, post.a, box, &l));
        return l;
}

static struct err one(struct tx *tx, void *in)
{
        struct mail_one *m = in;
        bool found;

        TRY(mail_one(tx, m->id, &found, m));
        return found ? OK : FAIL(ERR_ABSENT, "no such mail", NULL);
}

static void a_letter_is_put_in_once(void **)
{
        struct letter l = plain;
        int64_t first = put_letter(l);

        assert_true(first != 0);
        l.subject = TEXT("Another subject changes nothing");
        assert_int_equal(put_letter(l), 0);
        l.rule = "R15";
        assert_true(put_letter(l) != 0);
        l.anchor = TEXT("pair:2");
        assert_true(put_letter(l) != 0);
        l.to = 8;
        assert_true(put_letter(l) != 0);
        assert_int_equal(put_letter(l), 0);
        assert_int_equal(look().n, 4);
        struct mail_one m = {.id = first};
        assert_ok(db_read(post.app.db, post.a, one, &m));
        assert_true(text_is(m.subject, "Three times for Ben"));
        assert_string_equal(text_c(post.a, m.message_id), text_format(post.a, "%lld.R14@example.org", (long long)first).p);
}

static struct err put_then_fail(struct tx *tx, void *in)
{
        TRY(put(tx, in));
        return FAIL(ERR_CONFLICT, "somebody was faster", NULL);
}

static void what_fails_mails_nothing(void **)
{
        struct put p = {.letter = plain};

        assert_string_equal(err_kind_name(db_write(post.app.db, post.a, put_then_fail, &p).kind), "conflict");
        assert_int_equal(look().n, 0);
        assert_true(put_letter(plain) != 0);
}

static int flush(void)
{
        int sent;

        assert_ok(mail_flush(&post.app, post.a, 100, &sent));
        return sent;
}

static const char *state_of(void)
{
        struct mail_box_list l = look();

        assert_int_equal(l.n, 1);
        return text_c(post.a, l.row[0].state);
}

static void without_a_server_mail_is_a_file(void **)
{
        int64_t id = put_letter(plain);

        assert_int_equal(flush(), 1);
        assert_string_equal(state_of(), "sent");
        assert_int_equal(access(text_format(post.a, "%s/mail/%lld.eml", post.folder, (long long)id).p, R_OK), 0);
        assert_int_equal(flush(), 0);
}

/* Would it be sent that many seconds from now? Looked at in a transaction that is given up. */
struct probe { int64_t at; size_t due; };

static struct err probe(struct tx *tx, void *in)
{
        struct mail_lease_list l;
        struct probe *p = in;

        TRY(mail_lease(tx, p->at, p->at + 300, tx_now(tx), 100, true, &l));
        p->due = l.n;
        return FAIL(ERR_CONFLICT, "only looking", NULL);
}

static bool due_in(int64_t seconds)
{
        struct probe p = {.at = clock_seconds() + seconds};

        assert_string_equal(err_kind_name(db_write_loose(post.app.db, post.a, probe, &p).kind), "conflict");
        return p.due == 1;
}

static struct err lease_now(struct tx *tx, void *in)
{
        return mail_lease(tx, clock_seconds(), clock_seconds() + 300, tx_now(tx), 100, true, in);
}

static void what_another_process_sends_is_left_alone(void **)
{
        struct mail_lease_list l;

        put_letter(plain);
        assert_ok(db_write_loose(post.app.db, post.a, lease_now, &l));
        assert_int_equal(l.n, 1);
        assert_int_equal(flush(), 0);
        assert_false(due_in(290));
        assert_true(due_in(310));       /* it died: its lease runs out */
}

static struct err make_due(struct tx *tx, void *in)
{
        return mail_mark_failed(tx, *(int64_t *)in, 0, TEXT("queued"), TEXT("once more"), TEXT_ABSENT);
}

static int free_port(void)
{
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t n = sizeof at;
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
        assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
        close(fd);
        return ntohs(at.sin_port);
}

/* No server of ours is no fault of the mail: it is kept for five days, however often it was tried. */
static void a_silent_server_is_tried_again_and_again(void **)
{
        static const int waits[] = {60, 180, 540};
        int64_t id = put_letter(plain);

        post.config.smtp_host = "127.0.0.1";
        post.config.smtp_port = free_port();
        for (int i = 0; i < TRIES; i++) {
                assert_int_equal(flush(), 0);
                assert_string_equal(state_of(), "queued");
                assert_false(due_in(waits[i < 3 ? i : 2] - 10));
                assert_true(due_in(waits[i < 3 ? i : 2] + 10));
                assert_int_equal(flush(), 0);           /* not before its time */
                assert_ok(db_write_loose(post.app.db, post.a, make_due, &id));
        }
        db_clock_freeze(post.app.db, db_now(post.app.db) + 6 * DAY);
        assert_int_equal(flush(), 0);
        assert_string_equal(state_of(), "failed");
        assert_false(due_in(1000000));
}

/* ---- letters that wait ---- */

static struct err put_of_act(struct tx *tx, void *in)
{
        tx_set_act(tx, 77);
        return put(tx, in);
}

static struct err act_gone(struct tx *tx, void *in) { return mail_act_gone(tx, 77, in); }
static struct err drop_act(struct tx *tx, void *) { return mail_drop_act(tx, 77); }

static void a_letter_of_an_act_waits_ten_minutes_and_goes_with_it(void **)
{
        int64_t now = db_now(post.app.db);
        struct put p = {.letter = plain};
        bool gone;

        db_clock_freeze(post.app.db, now);
        assert_ok(db_write(post.app.db, post.a, put_of_act, &p));
        assert_int_equal(flush(), 0);
        assert_ok(db_read(post.app.db, post.a, act_gone, &gone));
        assert_false(gone);
        assert_ok(db_write(post.app.db, post.a, drop_act, NULL));
        assert_int_equal(look().n, 0);
        assert_ok(db_write(post.app.db, post.a, put_of_act, &p));
        db_clock_freeze(post.app.db, now + 601);
        assert_int_equal(flush(), 1);
        assert_ok(db_read(post.app.db, post.a, act_gone, &gone));
        assert_true(gone);
        assert_ok(db_write(post.app.db, post.a, drop_act, NULL));
        assert_int_equal(look().n, 1);                  /* what was sent stays on the record */
}

static struct err quiet_nights(struct tx *tx, void *) { return mail_set_quiet(tx, plain.to, 22 * 60, 7 * 60, zone_find(TEXT("Europe/Berlin"))); }

static void quiet_hours_hold_what_can_wait(void **)
{
        const struct zone *berlin = zone_find(TEXT("Europe/Berlin"));
        struct letter l = plain;

        assert_ok(db_write(post.app.db, post.a, quiet_nights, NULL));
        db_clock_freeze(post.app.db, zone_at(berlin, 21000, 23, 30));
        put_letter(l);
        l.rule = "sign-in";
        l.at_once = true;
        put_letter(l);
        assert_int_equal(flush(), 1);
        db_clock_freeze(post.app.db, zone_at(berlin, 21001, 6, 59));
        assert_int_equal(flush(), 0);
        db_clock_freeze(post.app.db, zone_at(berlin, 21001, 7, 0));
        assert_int_equal(flush(), 1);
        l = plain;
        l.rule = "R20";
        put_letter(l);                                  /* in the morning nothing waits */
        assert_int_equal(flush(), 1);
}

/* ---- a mail server that takes one connection and says to RCPT what it is told to ---- */

struct server { int fd, port; pthread_t thread; const char *rcpt; char got[1 << 16]; size_t n; };

static bool ask(FILE *f, char *line, size_t room, const char *answer)
{
        fprintf(f, "%s\r\n", answer);
        fflush(f);
        return fgets(line, (int)room, f) != NULL;
}

static void take_message(struct server *s, FILE *f)
{
        char line[1200];

        for (bool more = ask(f, line, sizeof line, "354 go on"); more && strcmp(line, ".\r\n") != 0;
             more = fgets(line, sizeof line, f) != NULL) {
                size_t n = strlen(line);
                if (s->n + n < sizeof s->got)
                        memcpy(s->got + s->n, line, n);
                s->n += n;
        }
}

static void *serve(void *in)
{
        struct server *s = in;
        int c = accept(s->fd, NULL, NULL);
        FILE *f = c >= 0 ? fdopen(c, "r+") : NULL;
        const char *answer = "220 here";
        char line[1200];

        while (f && ask(f, line, sizeof line, answer)) {
                answer = "250 fine";
                if (strncmp(line, "RCPT", 4) == 0)
                        answer = s->rcpt;
                if (strncmp(line, "DATA", 4) == 0)
                        take_message(s, f);
                if (strncmp(line, "QUIT", 4) == 0)
                        break;
        }
        if (f)
                fclose(f);
        return NULL;
}

static void server_begin(struct server *s, const char *rcpt)
{
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t n = sizeof at;

        *s = (struct server) {.fd = socket(AF_INET, SOCK_STREAM, 0), .rcpt = rcpt};
        assert_int_equal(bind(s->fd, (struct sockaddr *)&at, sizeof at), 0);
        assert_int_equal(listen(s->fd, 1), 0);
        assert_int_equal(getsockname(s->fd, (struct sockaddr *)&at, &n), 0);
        assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
        post.config.smtp_host = "127.0.0.1";
        post.config.smtp_port = ntohs(at.sin_port);
}

static void server_end(struct server *s)
{
        shutdown(s->fd, SHUT_RDWR);
        pthread_join(s->thread, NULL);
        close(s->fd);
}

static struct server server;

static void a_server_gets_it_once(void **)
{
        server_begin(&server, "250 fine");
        int64_t id = put_letter(plain);
        assert_int_equal(flush(), 1);
        server_end(&server);
        assert_string_equal(state_of(), "sent");
        assert_in(server.got, "Subject: Three times for Ben\r\n");
        assert_in(server.got, text_format(post.a, "<%lld.R14@example.org>", (long long)id).p);
        assert_false(due_in(1000000));
}

static struct err ask_quota(struct tx *tx, void *in) { return mail_quota(tx, in); }

static void two_letters_share_a_connection(void **)
{
        struct letter l = plain;

        server_begin(&server, "250 fine");
        put_letter(l);
        l.rule = "R15";
        put_letter(l);
        assert_int_equal(flush(), 2);   /* the server takes one connection and no more */
        server_end(&server);
        assert_in(server.got, ".R14@example.org>");
        assert_in(server.got, ".R15@example.org>");
}

static struct err failures(struct tx *tx, void *in) { return mail_failed_list(tx, 0, in); }

/* Ten an hour: nine reminders go, the tenth is kept for whoever waits for a link, and then nothing goes. */
static void an_hour_takes_so_many(void **)
{
        struct letter l = plain, link = plain;
        struct text anchor[16];

        post.config.mails_per_hour = 10;
        l.class = MAIL_PROGRAMME;
        for (int i = 0; i < 12; i++) {
                anchor[i] = text_format(post.a, "pair:%d", i);
                l.anchor = anchor[i];
                put_letter(l);
        }
        server_begin(&server, "250 fine");
        assert_int_equal(flush(), 9);
        server_end(&server);
        server_begin(&server, "250 fine");
        link.rule = "sign-in";
        link.class = MAIL_EVENT;
        put_letter(link);
        assert_int_equal(flush(), 1);
        server_end(&server);
        assert_in(server.got, ".sign-in@example.org>");
        link.anchor = TEXT("again");
        put_letter(link);
        assert_int_equal(flush(), 0);
        struct mail_quota q;
        assert_ok(db_read(post.app.db, post.a, ask_quota, &q));
        assert_true(q.full);
        assert_int_equal(q.limit, 10);
        assert_int_equal(q.sent, 10);
        assert_int_equal(q.waiting, 4);
        post.config.mails_per_hour = 0;
        server_begin(&server, "250 fine");
        assert_int_equal(flush(), 4);
        server_end(&server);
}

static void an_address_refused_for_good_is_not_tried_again(void **)
{
        struct mail_failed_list_list l;

        server_begin(&server, "550 5.1.1 nobody of that name");
        put_letter(plain);
        assert_int_equal(flush(), 0);
        server_end(&server);
        assert_string_equal(state_of(), "failed");
        assert_false(due_in(1000000));
        assert_ok(db_read(post.app.db, post.a, failures, &l));
        assert_int_equal(l.n, 1);
        assert_in(text_c(post.a, l.row[0].error), "550");
        assert_int_equal(server.n, 0);
}

struct about { int64_t person; bool found; struct mail_trouble trouble; };
static struct err about(struct tx *tx, void *in)
{
        struct about *a = in;

        return mail_trouble_of(tx, a->person, &a->found, &a->trouble);
}

static struct about trouble(void)
{
        struct about a = {.person = plain.to};

        assert_ok(db_read(post.app.db, post.a, about, &a));
        return a;
}

static struct err new_address(struct tx *tx, void *) { return mail_try_now(tx, plain.to, TEXT("ben@new.example")); }

static void nothing_more_goes_to_an_address_that_is_not_there(void **)
{
        struct letter l = plain;

        server_begin(&server, "550 5.1.1 nobody of that name");
        put_letter(l);
        assert_int_equal(flush(), 0);
        server_end(&server);
        struct about a = trouble();
        assert_true(a.found && a.trouble.stopped && a.trouble.failure == MAIL_UNKNOWN);
        l.rule = "R15";
        put_letter(l);
        server_begin(&server, "250 fine");
        assert_int_equal(flush(), 0);                   /* it waits, and the server is not asked */
        assert_int_equal(trouble().trouble.waiting, 1);
        assert_ok(db_write(post.app.db, post.a, new_address, NULL));
        assert_int_equal(flush(), 2);
        server_end(&server);
        assert_in(server.got, "ben@new.example");
        assert_false(trouble().found);
}

static struct err bounced(struct tx *tx, void *in)
{
        bool known;

        TRY(mail_file_bounce(tx, in, &known));
        return known ? OK : FAIL(ERR_ABSENT, "not ours", NULL);
}

static void a_bounce_comes_back_to_its_letter(void **)
{
        struct mail_dsn dsn = {.n = 1, .row[0] = {.action = DSN_FAILED, .code = 552, .said = TEXT("5.2.2 552 mailbox full")}};
        int64_t id = put_letter(plain);

        server_begin(&server, "250 fine");
        assert_int_equal(flush(), 1);
        server_end(&server);
        dsn.message_id = text_format(post.a, "%lld.R14@example.org", (long long)id);
        assert_ok(db_write(post.app.db, post.a, bounced, &dsn));
        assert_string_equal(state_of(), "failed");
        struct about a = trouble();
        assert_true(a.found && !a.trouble.stopped && a.trouble.failure == MAIL_FULL);
        dsn.message_id = TEXT("1.R14@example.org");     /* a made-up one changes nothing */
        assert_string_equal(err_kind_name(db_write(post.app.db, post.a, bounced, &dsn).kind), "absent");
}

static void a_full_mailbox_is_tried_again_under_the_same_name(void **)
{
        server_begin(&server, "452 4.2.2 mailbox full");
        int64_t id = put_letter(plain);
        assert_int_equal(flush(), 0);
        server_end(&server);
        assert_string_equal(state_of(), "queued");
        assert_false(due_in(50));
        assert_ok(db_write_loose(post.app.db, post.a, make_due, &id));
        server_begin(&server, "250 fine");
        assert_int_equal(flush(), 1);
        server_end(&server);
        assert_in(server.got, text_format(post.a, "<%lld.R14@example.org>", (long long)id).p);
        assert_string_equal(state_of(), "sent");
}

static void the_way_can_be_proved(void **)
{
        assert_string_equal(err_kind_name(mail_prove(&post.app, post.a, TEXT("ana@example.org")).kind), "absent");
        server_begin(&server, "250 fine");
        assert_ok(mail_prove(&post.app, post.a, TEXT("ana@example.org")));
        server_end(&server);
        assert_in(server.got, "Subject: A test from your mentoring programme\r\n");
        server_begin(&server, "250 fine");
        assert_ok(mail_prove(&post.app, post.a, TEXT_ABSENT));
        server_end(&server);
        assert_int_equal(server.n, 0);
        post.config.smtp_port = free_port();
        assert_string_equal(err_kind_name(mail_prove(&post.app, post.a, TEXT_ABSENT).kind), "upstream");
}

static void a_real_server_takes_it(void **)
{
        const char *where = getenv("TELEMACHUS_TEST_SMTP"), *colon = where ? strrchr(where, ':') : NULL;

        if (!colon)
                skip();
        post.config.smtp_host = arena_dup(post.a, where, (size_t)(colon - where));
        post.config.smtp_port = atoi(colon + 1);
        put_letter(plain);
        assert_int_equal(flush(), 1);
        assert_string_equal(state_of(), "sent");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                post_test(a_letter_is_put_in_once),
                post_test(what_fails_mails_nothing),
                post_test(without_a_server_mail_is_a_file),
                post_test(what_another_process_sends_is_left_alone),
                post_test(a_silent_server_is_tried_again_and_again),
                post_test(a_letter_of_an_act_waits_ten_minutes_and_goes_with_it),
                post_test(quiet_hours_hold_what_can_wait),
                post_test(nothing_more_goes_to_an_address_that_is_not_there),
                post_test(a_bounce_comes_back_to_its_letter),
                post_test(a_server_gets_it_once),
                post_test(two_letters_share_a_connection),
                post_test(an_hour_takes_so_many),
                post_test(an_address_refused_for_good_is_not_tried_again),
                post_test(a_full_mailbox_is_tried_again_under_the_same_name),
                post_test(the_way_can_be_proved),
                post_test(a_real_server_takes_it),
        };

        return cmocka_run_group_tests_name("mail_outbox", tests, NULL, NULL);
}
