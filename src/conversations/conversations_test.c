/* The thread: who may write and read, what counts twice and what does not, the letter, and forgetting. */
#include "journeys/test/two.h"

#include "conversations/conversations.h"
#include "conversations/conversations_letter.h"
#include "mail/mail.sql.h"

#include <string.h>

struct post { const struct who *who; struct text body, mail_id; int64_t out; };

static struct err do_post(struct tx *tx, void *in)
{
        struct post *p = in;

        return conversations_post(tx, p->who, two.pair, p->body, p->mail_id, &p->out);
}

static int64_t say(const struct who *who, const char *words)
{
        struct post p = {.who = who, .body = text_of(words)};

        assert_ok(house_write(do_post, &p));
        return p.out;
}

static struct err do_read(struct tx *tx, void *in)
{
        return conversations_mark_read(tx, in, two.pair);
}

static struct err count_unread(struct tx *tx, void *in)
{
        struct post *p = in;

        return conversations_unread(tx, p->who->person, two.pair, &p->out);
}

static int64_t unread(const struct who *who)
{
        struct post p = {.who = who};

        assert_ok(db_read(house.app.db, house.a, count_unread, &p));
        return p.out;
}

struct look { const struct who *who; int64_t before; struct conversations_thread thread; };

static struct err do_look(struct tx *tx, void *in)
{
        struct look *l = in;

        return conversations_thread(tx, l->who, two.pair, l->before, &l->thread);
}

/* The newest letter that brings a message. */
static struct err read_letter(struct tx *tx, void *in)
{
        struct mail_box_list box;
        bool found = false;

        TRY(mail_box(tx, INT64_MAX, 20, &box));
        for (size_t i = 0; i < box.n && !found; i++)
                if (text_is(box.row[i].rule, "message"))
                        TRY(mail_one(tx, box.row[i].id, &found, in));
        return found ? OK : FAIL(ERR_ABSENT, "There is no letter", NULL);
}

/* ---- */

static void what_one_writes_the_other_finds_unread(void **state)
{
        struct look l = {.who = &two.ana};

        (void)state;
        say(&two.max, "Hello Ana");
        assert_int_equal(unread(&two.ana), 1);
        assert_int_equal(unread(&two.max), 0);
        assert_ok(db_read(house.app.db, house.a, do_look, &l));
        assert_int_equal(l.thread.n, 1);
        assert_false(l.thread.row[0].mine);
        assert_true(text_is(l.thread.row[0].body, "Hello Ana"));
        assert_ok(house_write(do_read, &two.ana));
        assert_int_equal(unread(&two.ana), 0);
        say(&two.max, "And one more");
        assert_int_equal(unread(&two.ana), 1);
        say(&two.ana, "Answering reads");
        assert_int_equal(unread(&two.ana), 0);
        assert_int_equal(unread(&two.max), 1);
}

static void a_message_is_contact_of_its_writer_and_no_meeting(void **state)
{
        struct journeys_pair p;

        (void)state;
        say(&two.max, "Hello Ana");
        p = two_pair();
        assert_true(p.first_message_at.has && p.last_mentee_at.has && p.last_contact_at.has);
        assert_false(p.first_reply_at.has || p.last_mentor_at.has || p.first_met_at.has);
        assert_int_equal(p.n_contacts, 1);
        say(&two.ana, "Hello Max");
        assert_true(two_pair().first_reply_at.has);
}

static void nobody_else_reads_or_writes(void **state)
{
        struct look l = {.who = &house.staff};
        struct post p = {.who = &two.eve, .body = TEXT("Let me in")};

        (void)state;
        say(&two.max, "Hello Ana");
        assert_err(db_read(house.app.db, house.a, do_look, &l), ERR_ABSENT);
        l.who = &two.eve;
        assert_err(db_read(house.app.db, house.a, do_look, &l), ERR_ABSENT);
        assert_err(house_write(do_post, &p), ERR_ABSENT);
}

static void the_same_words_or_the_same_mail_twice_are_one_message(void **state)
{
        struct post mail = {.who = &two.ana, .body = TEXT("From my mail"), .mail_id = TEXT("<1@example.org>")};
        int64_t first;

        (void)state;
        first = say(&two.max, "Hello Ana");
        assert_int_equal(say(&two.max, "  Hello Ana \n"), first);
        assert_int_equal(two_pair().n_contacts, 1);
        two_now(1, 0);
        assert_true(say(&two.max, "Hello Ana") != first);
        assert_ok(house_write(do_post, &mail));
        first = mail.out;
        two_now(2, 0);
        assert_ok(house_write(do_post, &mail));
        assert_int_equal(mail.out, first);
        assert_int_equal(two_pair().n_contacts, 3);
}

static void empty_and_endless_messages_are_refused(void **state)
{
        struct post p = {.who = &two.max, .body = TEXT("  \n ")};
        char *much = arena_alloc(house.a, 10002);

        (void)state;
        assert_err(house_write(do_post, &p), ERR_INVALID);
        memset(much, 'x', 10001);
        p.body = text_of(much);
        assert_err(house_write(do_post, &p), ERR_INVALID);
        much[10000] = '\0';
        p.body = text_of(much);
        assert_ok(house_write(do_post, &p));
}

static void the_letter_brings_the_words_and_hides_the_address(void **state)
{
        struct mail_one m;

        (void)state;
        say(&two.max, "First line\n\nSecond line\n[press](https://evil.example)");
        assert_ok(db_read(house.app.db, house.a, read_letter, &m));
        assert_true(text_is(m.address, "Ana@example.org"));
        assert_true(text_is(m.class, "event"));
        assert_true(text_is(m.from_name, "Max"));
        assert_true(text_starts(m.reply_to, "reply+"));
        assert_non_null(strstr(m.body.p, "First line\n"));
        assert_non_null(strstr(m.body.p, "Second line"));
        assert_null(strstr(m.body.p, "[press](https:"));
        assert_null(strcasestr(m.body.p, "max@"));
        assert_null(strcasestr(m.reply_to.p, "max@"));
}

static struct err forget(struct tx *tx, [[maybe_unused]] void *in)
{
        return conversations_delete(tx, two.pair);
}

static void forgetting_leaves_nothing(void **state)
{
        struct look l = {.who = &two.max};

        (void)state;
        say(&two.max, "Hello Ana");
        assert_ok(house_write(forget, NULL));
        assert_ok(db_read(house.app.db, house.a, do_look, &l));
        assert_int_equal(l.thread.n, 0);
        assert_int_equal(unread(&two.ana), 0);
}

static void a_long_thread_comes_in_pages(void **state)
{
        struct look l = {.who = &two.max};

        (void)state;
        for (int i = 0; i < 35; i++)
                say(i % 2 ? &two.max : &two.ana, text_format(house.a, "Message %d", i).p);
        assert_ok(db_read(house.app.db, house.a, do_look, &l));
        assert_int_equal(l.thread.n, 30);
        assert_true(l.thread.more);
        assert_true(text_is(l.thread.row[29].body, "Message 34"));
        l.before = l.thread.row[0].id;
        assert_ok(db_read(house.app.db, house.a, do_look, &l));
        assert_int_equal(l.thread.n, 5);
        assert_false(l.thread.more);
        assert_true(text_is(l.thread.row[0].body, "Message 0"));
}

static void a_message_is_cut_at_its_lines(void **state)
{
        struct conversations_lines lines;

        (void)state;
        conversations_split(house.a, TEXT("one\r\n\r\n  two\nthree\n\n"), &lines);
        assert_int_equal(lines.n, 3);
        assert_true(text_is(lines.row[1], "two"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                two_test(what_one_writes_the_other_finds_unread),
                two_test(a_message_is_contact_of_its_writer_and_no_meeting),
                two_test(nobody_else_reads_or_writes),
                two_test(the_same_words_or_the_same_mail_twice_are_one_message),
                two_test(empty_and_endless_messages_are_refused),
                two_test(the_letter_brings_the_words_and_hides_the_address),
                two_test(forgetting_leaves_nothing),
                two_test(a_long_thread_comes_in_pages),
                two_test(a_message_is_cut_at_its_lines),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
