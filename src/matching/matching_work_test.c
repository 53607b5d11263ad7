/*
 * New facts of the organisation by file: who is found, what changes, whose line leads nowhere; and that drafts, sent proposals and
 * pairs which a rule forbids by then are taken back or flagged at once. And answers that staff writes down.
 */
#include "people/test/house.h"

#include "care/care.h"
#include "desk/desk_parts.h"
#include "gatherings/gatherings_web.h"
#include "journeys/journeys_web.h"
#include "matching/matching.h"
#include "matching/matching.sql.h"
#include "matching/matching_table.sql.h"
#include "matching/matching_web.h"
#include "matching/matching_work.h"
#include "programmes/roster.h"

#include <string.h>

enum { PEOPLE = 3 };

static struct { int64_t mentee[PEOPLE], mentor[PEOPLE]; } cast;

static const struct job_kind *const kinds[] = {&matching_job_expire, &matching_job_next, &journeys_job_event, &journeys_job_day, &journeys_job_close, &gatherings_job_reminders,
                                               &people_job_tidy, &people_job_retain};

static struct err add(struct tx *tx, const char *name, int k, const char *words, bool mentor, int64_t *id)
{
        struct text email = text_format(tx_arena(tx), "%s%d@example.org", name, k);
        struct people_facts facts = {.offers = mentor ? text_of(words) : TEXT_ABSENT, .wants = mentor ? TEXT_ABSENT : text_of(words),
                                     .languages = TEXT("en")};
        int64_t participant;
        bool made;

        TRY(people_add(tx, &people_system, &(struct people_new) {.email = email, .first_name = text_format(tx_arena(tx), "%s%d", name, k),
                                                                 .last_name = TEXT("Moor"), .zone = TEXT("Europe/Lisbon"), .zone_known = true}, id, &made));
        TRY(people_take_facts(tx, *id, &facts, false, true, &made));
        return programmes_join(tx, &house.staff, HOUSE_COHORT, *id, mentor, "ready", 1, &participant);
}

/* Mentee k wants what mentor k offers. */
static struct err furnish(struct tx *tx, [[maybe_unused]] void *in)
{
        static const char *const skill[PEOPLE] = {"sailing knots", "cooking rice", "writing verse"};
        struct matching_summary summary;

        for (int k = 0; k < PEOPLE; k++) {
                TRY(add(tx, "mentee", k, skill[k], false, &cast.mentee[k]));
                TRY(add(tx, "mentor", k, skill[k], true, &cast.mentor[k]));
        }
        return matching_propose(tx, &house.staff, HOUSE_COHORT, false, false, &summary);
}

static int begin(void **state)
{
        int status = house_begin(state);

        house.jobs = (struct jobs) {.kinds = kinds, .n = sizeof kinds / sizeof kinds[0]};
        assert_ok(house_write(furnish, NULL));
        return status;
}

/* ---- one call in a transaction each ---- */

struct in {
        struct roster_options options;
        struct text file;
        struct roster_report report;
        struct matching_light_list table;
        struct matching_taken_back_list back;
        struct care_flag_list flags;
        struct people_status status;
        int64_t person, mails;
};

static struct err look_in(struct tx *tx, void *p)
{
        struct in *i = p;

        TRY(matching_light(tx, HOUSE_COHORT, &i->table));
        TRY(matching_taken_back(tx, HOUSE_COHORT, &i->back));
        TRY(care_flags(tx, &house.staff, HOUSE_COHORT, &i->flags));
        return i->person ? people_status(tx, i->person, &i->status) : OK;
}

static struct err take_in(struct tx *tx, void *p)
{
        struct in *i = p;

        i->options.facts = true;
        TRY(roster_import(tx, i->options.cohort ? &house.staff : &people_system, &i->options, i->file, &i->report));
        return look_in(tx, i);
}

static struct in take(const char *file, bool dry)
{
        struct in i = {.file = text_of(file), .options = {.cohort = HOUSE_COHORT, .dry_run = dry}};

        assert_ok(house_write(take_in, &i));
        return i;
}

static struct in look(int64_t person)
{
        struct in i = {.person = person};

        assert_ok(house_write(look_in, &i));
        return i;
}

static struct err publish_in(struct tx *tx, [[maybe_unused]] void *p)
{
        int64_t n;

        return matching_publish(tx, &house.staff, HOUSE_COHORT, &n);
}

static struct err answer_in(struct tx *tx, [[maybe_unused]] void *p)
{
        struct matching_light_list rows;

        TRY(matching_light(tx, HOUSE_COHORT, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct who mentor, mentee;
                TRY(people_who(tx, rows.row[i].mentor, &mentor));
                TRY(people_who(tx, rows.row[i].mentee, &mentee));
                TRY(matching_answer(tx, &mentor, rows.row[i].id, true, TEXT_ABSENT));
                TRY(matching_answer(tx, &mentee, rows.row[i].id, true, TEXT_ABSENT));
        }
        return OK;
}

/* ---- the file ---- */

static void says_what_changes_before_it_does(void **state)
{
        static const char file[] = "Employee ID,E-mail,Line manager email,Team,Salary\n7,mentee0@example.org,boss@example.org,Tides,90000\n";
        struct in dry = take(file, true), done;

        (void)state;
        assert_int_equal(dry.report.n_changes, 3);
        assert_true(text_is(look(cast.mentee[0]).status.team, "") || !look(cast.mentee[0]).status.team.p);
        done = take(file, false);
        assert_int_equal(done.report.updated, 1);
        assert_string_equal(look(cast.mentee[0]).status.manager_email.p, "boss@example.org");
        assert_string_equal(look(cast.mentee[0]).status.staff_id.p, "7");
        assert_int_equal(take(file, false).report.unchanged, 1);

        done = take("staff_id,team,manager_email\n7,-,\n", false);      /* by number; a dash is none, an empty cell says nothing */
        assert_int_equal(done.report.n_changes, 1);
        assert_false(look(cast.mentee[0]).status.team.n != 0);
        assert_string_equal(look(cast.mentee[0]).status.manager_email.p, "boss@example.org");
}

static void names_strangers_and_circles(void **state)
{
        struct in i = take("email,manager_email,manager_id\nnobody@example.org,x@example.org,\nmentee0@example.org,mentor1@example.org,\n"
                           "mentor1@example.org,mentee1@example.org,\nmentee1@example.org,mentee0@example.org,\nmentor2@example.org,mentor2@example.org,\n"
                           "mentee2@example.org,,4711\nmentor0@example.org,mentee0@example.org,\nchief@example.org,chief@example.org,\n", false);

        (void)state;
        assert_int_equal(i.report.n_strangers, 2);
        assert_string_equal(i.report.strangers[0].who.p, "nobody@example.org");
        assert_int_equal(i.report.n_problems, 5);
        assert_int_equal(i.report.bad, 5);
        assert_int_equal(i.report.problems[0].line, 3);
        assert_true(text_is(i.report.problems[0].reason, "This line of managers leads back to its beginning"));
        assert_true(memmem(i.report.problems[0].value.p, i.report.problems[0].value.n, "mentor1@example.org → mentee1", 30) != NULL);
        assert_true(text_is(i.report.problems[3].reason, "Nobody is their own manager"));
        assert_true(text_is(i.report.problems[4].reason, "Nobody in the file or here has this staff number"));
        assert_int_equal(i.report.updated, 1);          /* who reports into a circle is not in it */
}

static void is_for_administrators_without_a_cohort(void **state)
{
        struct in i = {.file = TEXT("email,team\nmentee0@example.org,Tides\n")};

        (void)state;
        assert_ok(house_write(take_in, &i));
        assert_int_equal(i.report.updated, 1);
        assert_err(house_write(take_in, &(struct in) {.file = TEXT("a,b\n1,2\n"), .options = {.cohort = 4711}}), ERR_ABSENT);
}

/* ---- what it breaks ---- */

static void a_draft_goes_without_a_word(void **state)
{
        struct in i;

        (void)state;
        i = take("email,manager_email\nmentee0@example.org,mentor0@example.org\n", true);
        assert_int_equal(i.report.broken.n, 1);
        assert_true(text_is(text_of(i.report.broken.row[0].code), "manager"));
        assert_int_equal(i.table.n, PEOPLE);            /* looked at, nothing done */
        i = take("email,manager_email\nmentee0@example.org,mentor0@example.org\n", false);
        assert_int_equal(i.table.n, PEOPLE - 1);
        assert_int_equal(i.back.n, 1);
        assert_false(i.back.row[0].sent);
        assert_string_equal(i.back.row[0].mentee_name.p, "mentee0");
}

static void the_file_knows_who_is_above(void **state)
{
        struct in i = take("email,manager_email\nmentee0@example.org,boss@example.org\nboss@example.org,mentor0@example.org\n", false);

        (void)state;
        assert_int_equal(i.report.broken.n, 1);
        assert_true(text_is(text_of(i.report.broken.row[0].code), "managers_manager"));
        assert_string_equal(look(cast.mentee[0]).status.managers_manager_email.p, "mentor0@example.org");
        take("email,manager_email\nmentee0@example.org,other@example.org\n", false);
        assert_false(look(cast.mentee[0]).status.managers_manager_email.n != 0);
}

static void a_sent_proposal_is_taken_back(void **state)
{
        struct in i;

        (void)state;
        assert_ok(house_write(publish_in, NULL));
        i = take("email,team\nmentee0@example.org,Tides\nmentor0@example.org,tides\nmentee1@example.org,Sands\n", false);
        assert_int_equal(i.report.broken.n, 1);
        assert_true(text_is(i.report.broken.row[0].state, "published"));
        assert_int_equal(i.table.n, PEOPLE - 1);
        assert_true(i.back.row[0].sent);
}

static void a_pair_is_flagged_until_it_is_right_again(void **state)
{
        struct in i;

        (void)state;
        assert_ok(house_write(publish_in, NULL));
        assert_ok(house_write(answer_in, NULL));
        i = take("email,manager_email\nmentor0@example.org,boss@example.org\nmentee0@example.org,boss@example.org\n", false);
        assert_int_equal(i.report.broken.n, 1);
        assert_true(i.report.broken.row[0].pair != 0);
        assert_int_equal(i.flags.n, 1);
        assert_true(text_is(i.flags.row[0].rule, "forbidden"));
        assert_int_equal(i.flags.row[0].level, 2);
        assert_string_equal(i.flags.row[0].sentence.p, "The two now report to the same manager.");
        i = take("email,manager_email\nmentor0@example.org,boss@example.org\nmentee0@example.org,boss@example.org\n", false);
        assert_int_equal(i.flags.n, 1);                 /* not twice */
        i = take("email,manager_email\nmentee0@example.org,another@example.org\n", false);
        assert_int_equal(i.flags.n, 0);
}

/* ---- answers in somebody's name ---- */

struct behalf { int64_t proposal, person; bool yes; struct matching_asked_side side; };

static struct err behalf_in(struct tx *tx, void *p)
{
        struct behalf *b = p;

        return desk_answer_proposal(tx, &house.staff, b->proposal, b->person, b->yes, TEXT("said so on the telephone"));
}

static struct err side_in(struct tx *tx, void *p)
{
        struct behalf *b = p;

        return matching_asked_side(tx, &house.staff, b->proposal, b->person, &b->side);
}

static struct err undo_in(struct tx *tx, [[maybe_unused]] void *p)
{
        struct desk_last_act last;
        bool found;
        int64_t kept;

        TRY(desk_last_act(tx, house.staff.person, 0, &found, &last));
        must(found);
        return desk_undo(tx, &house.staff, last.id, &kept);
}

static void staff_answers_for_somebody(void **state)
{
        struct behalf b = {.yes = false};

        (void)state;
        assert_ok(house_write(publish_in, NULL));
        struct in now = look(0);
        b.proposal = now.table.row[0].id;
        b.person = now.table.row[0].mentee;
        assert_ok(house_write(behalf_in, &b));
        assert_true(text_is(look(0).table.row[0].state, "declined"));
        assert_err(house_write(behalf_in, &b), ERR_CONFLICT);   /* once */
        assert_ok(house_write(undo_in, NULL));
        assert_true(text_is(look(0).table.row[0].state, "published"));
        assert_ok(house_write(side_in, &b));
        assert_false(b.side.answered);

        b.yes = true;
        assert_ok(house_write(behalf_in, &b));
        b.person = now.table.row[0].mentor;
        assert_ok(house_write(behalf_in, &b));
        assert_true(text_is(look(0).table.row[0].state, "accepted"));
        assert_err(house_write(undo_in, NULL), ERR_CONFLICT);   /* they are a pair */
        b.person = cast.mentor[0] == b.person ? cast.mentor[1] : cast.mentor[0];
        assert_err(house_write(behalf_in, &b), ERR_ABSENT);
}

#define work_test(f) cmocka_unit_test_setup_teardown(f, begin, house_end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                work_test(says_what_changes_before_it_does), work_test(names_strangers_and_circles), work_test(is_for_administrators_without_a_cohort),
                work_test(a_draft_goes_without_a_word),      work_test(the_file_knows_who_is_above), work_test(a_sent_proposal_is_taken_back),
                work_test(a_pair_is_flagged_until_it_is_right_again), work_test(staff_answers_for_somebody),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
