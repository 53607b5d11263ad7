/* Calls: whom to ring in which order, and what came of it. */
#include "care/care_parts.h"

#include "care/care.sql.h"
#include "care/care_letter.h"
#include "care/care_letter.mail.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "os/random.h"
#include "people/people.h"

#include <stdlib.h>

enum { NEXT_HOUR = 9, AGAIN_DAYS = 7, MINUTES_MOST = 240, ASKED_DAYS = 2, UNTIL_HOUR = 18 };

static struct err absent(void)
{
        return FAIL(ERR_ABSENT, "There is no such call", "Choose one from the list");
}

/* ---- the queue ---- */

/* A flag's own sentence says more than the plan's general one. */
static void say_why(const struct care_reader *r, const struct care_queue *row, struct care_call *c)
{
        struct care_figures figures;
        enum care_rule rule;
        enum care_why why;

        c->why = text_of(
                msg(r->l, care_why_of(row->why, &why) ? care_why_words(why) : M_("Asked for")));
        if (row->rule.p && care_rule_of(row->rule, &rule)) {
                care_figures_read(row->data, &figures);
                c->why = care_flag_sentence(r, rule, (int)row->level.v, &figures);
                c->chip = care_flag_chip(r, rule, &figures);
        }
        if (row->asked.n)
                c->why = row->asked;
}

static bool is_red(const struct care_queue *row)
{
        return text_is(row->why, "red") || text_is(row->why, "asked") ||
               (row->level.has && row->level.v == CARE_RED);
}

static struct care_call call_of(const struct care_reader *r, const struct care_queue *row,
                                int64_t cohort)
{
        const struct zone *zone = zone_find(row->zone);
        struct care_call c = {.id = row->id,
                              .cohort = cohort,
                              .pair = row->pair,
                              .person = row->person,
                              .due_at = row->due_at,
                              .until_at = row->until_at,
                              .attempts = row->attempts,
                              .kind = row->kind,
                              .state = row->state,
                              .first_name = row->first_name,
                              .last_name = row->last_name,
                              .phone = row->phone,
                              .red = is_red(row),
                              .zone = zone ? zone : zone_utc()};

        say_why(r, row, &c);
        c.best_at = care_best_at(&(struct care_hours) {c.zone, row->call_from, row->call_until},
                                 r->zone, r->now, &c.good_now);
        if (text_is(row->state, "scheduled") && row->scheduled_at.has) {
                c.best_at = row->scheduled_at.v > r->now ? row->scheduled_at.v : r->now;
                c.good_now = row->scheduled_at.v <= r->now;
        }
        return c;
}

struct order { int64_t now; };

static int compare(const void *x, const void *y, void *context)
{
        const struct care_call *a = x, *b = y;
        int64_t now = ((const struct order *)context)->now;
        int ua = care_urgency(a->red, a->until_at, now),
            ub = care_urgency(b->red, b->until_at, now);

        if (ua != ub)
                return ub - ua;
        if (a->good_now != b->good_now)
                return b->good_now - a->good_now;
        if (a->best_at != b->best_at)
                return a->best_at < b->best_at ? -1 : 1;
        if (a->until_at != b->until_at)
                return a->until_at < b->until_at ? -1 : 1;
        return (a->id > b->id) - (a->id < b->id);
}

/* Nobody is rung twice for two reasons: the most urgent call of each person stays, the others come
 * up after it. */
static void one_a_person(struct care_call_list *list)
{
        size_t kept = 0;

        for (size_t i = 0; i < list->n; i++) {
                size_t k = 0;
                while (k < kept && list->row[k].person != list->row[i].person)
                        k++;
                if (k == kept)
                        list->row[kept++] = list->row[i];
        }
        list->n = kept;
}

struct err care_calls(struct tx *tx, const struct who *who, int64_t cohort,
                      struct care_call_list *out)
{
        struct programmes_cohort c;
        struct care_queue_list rows;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        struct care_reader r = care_reader_of(tx, (enum locale)who->locale, c.zone);
        TRY(care_queue(tx, cohort, zone_at(c.zone, zone_day(c.zone, r.now) + 1, 0, 0) - 1, &rows));
        *out = (struct care_call_list) {.row = arena_array(tx_arena(tx), struct care_call, rows.n)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = call_of(&r, &rows.row[out->n], cohort);
        if (out->n)
                qsort_r(out->row, out->n, sizeof *out->row, compare, &(struct order) {r.now});
        one_a_person(out);
        return OK;
}

/* ---- asking for one, giving it a time ---- */

struct err care_call_waits(struct tx *tx, int64_t cohort, int64_t person, const char *kind,
                           bool *waits)
{
        struct care_open_call_of open;

        return care_open_call_of(tx, cohort, 0, person, text_of(kind), waits, &open);
}

struct err care_ask_call(struct tx *tx, int64_t cohort, int64_t pair, int64_t person,
                         const char *kind, struct text why)
{
        struct care_open_call_of open;
        struct programmes_cohort c;
        bool found;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(care_open_call_of(tx, cohort, pair, person, text_of(kind), &found, &open));
        if (found)
                return OK;
        int64_t until = care_working_days(zone_day(c.zone, tx_now(tx)), ASKED_DAYS);
        return care_insert_call(tx, &(struct care_insert_call_in) {
                                            .id = random_id(),
                                            .cohort = cohort,
                                            .pair = pair,
                                            .person = person,
                                            .kind = text_of(kind),
                                            .why = text_of(care_why_key(CARE_WHY_ASKED)),
                                            .asked = why.p ? why : TEXT(""),
                                            .due_at = tx_now(tx),
                                            .until_at = zone_at(c.zone, until, UNTIL_HOUR, 0)});
}

static struct err open_call(struct tx *tx, const struct who *who, int64_t call,
                            struct care_call_row *out)
{
        bool found;

        TRY(care_call_row(tx, call, &found, out));
        if (!found)
                return absent();
        TRY(programmes_staff(tx, who, out->cohort));
        if (!text_is(out->state, "due") && !text_is(out->state, "scheduled"))
                return FAIL(ERR_CONFLICT, "This call is logged already", "Go back to the list");
        return OK;
}

struct err care_schedule_call(struct tx *tx, const struct who *who, int64_t call, int64_t at)
{
        struct care_call_row row;

        TRY(open_call(tx, who, call, &row));
        if (at < tx_now(tx))
                return FAIL_AT(ERR_INVALID, "This time has passed", "at", "Choose a later one");
        struct desk_act act = {.kind = &care_act_time, .cohort = row.cohort, .pair = row.pair, .person = row.person,
                               .subject = call};
        TRY(desk_begin(tx, who, &act));
        TRY(care_set_time(tx, call, at));
        return desk_end(tx, &act);
}

/* ---- what came of it ---- */

/* After two calls in vain: who rang, why, and how to choose a time. */
static struct err send_letter(struct tx *tx, const struct care_call_row *row,
                              const struct programmes_cohort *c)
{
        struct people_person to, from;
        struct letter_text words;
        struct out out = out_new(tx_arena(tx), 1024);
        int64_t id;

        TRY(people_get(tx, row->person, &to));
        TRY(people_get(tx, c->coordinator, &from));
        care_missed_you(
                &(struct page) {
                        .out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)},
                &words,
                &(struct care_missed_view) {.first_name = to.first_name,
                                           .coordinator = from.first_name,
                                           .programme = c->programme_name,
                                           .phone = c->help_phone.n ? c->help_phone : TEXT("")});
        return mail_post(tx,
                         &(struct letter) {.to = to.id,
                                          .address = to.email,
                                          .name = to.first_name,
                                          .locale = to.locale,
                                          .class = MAIL_EVENT,
                                          .rule = "call-missed",
                                          .anchor = text_format(tx_arena(tx), "call:%lld",
                                                                (long long)row->id),
                                          .subject = words.subject,
                                          .body = words.body,
                                          .from_name = from.first_name,
                                          .reply_to = c->help_email,
                                          .cohort = c->id},
                         &id);
}

static struct err raise_unreachable(struct tx *tx, const struct care_call_row *row)
{
        struct care_figures figures = {
                .from = tx_now(tx), .limit = CARE_ATTEMPTS, .n = CARE_ATTEMPTS};

        return care_insert_flag(tx, &(struct care_insert_flag_in) {
                                            .id = random_id(),
                                            .cohort = row->cohort,
                                            .pair = row->pair,
                                            .person = row->person,
                                            .rule = text_of(care_rule_key(CARE_UNREACHABLE)),
                                            .level = CARE_RED,
                                            .since = tx_now(tx),
                                            .data = care_figures_write(tx_arena(tx), &figures),
                                            .now = tx_now(tx)});
}

static struct err log_missed(struct tx *tx, const struct who *who, const struct care_call_row *row,
                             const struct care_outcome *in)
{
        int64_t attempts = row->attempts + 1;
        bool over = attempts >= CARE_ATTEMPTS;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, row->cohort, &c));
        int64_t today = zone_day(c.zone, tx_now(tx));
        int64_t day = care_working_days(attempts == 1 ? today : today + AGAIN_DAYS - 1, 1);
        TRY(care_missed_call(tx, &(struct care_missed_call_in) {
                                         .id = row->id,
                                         .state = over ? TEXT("unreachable") : TEXT("due"),
                                         .attempts = attempts,
                                         .now = tx_now(tx),
                                         .again_at = {!over, zone_at(c.zone, day, NEXT_HOUR, 0)},
                                         .by_person = who->person,
                                         .team_note = in->team_note,
                                         .private_note = in->private_note}));
        if (attempts == CARE_ATTEMPTS - 1)
                TRY(send_letter(tx, row, &c));
        return over ? raise_unreachable(tx, row) : OK;
}

static struct err check_outcome(const struct care_outcome *in)
{
        if (!care_is_one_of(care_outcomes, in->outcome))
                return FAIL_AT(ERR_INVALID, "What came of it?", "outcome",
                               "Choose one of the five");
        if (in->minutes < 0 || in->minutes > MINUTES_MOST)
                return FAIL_AT(ERR_INVALID, "How many minutes was it?", "minutes",
                               "A number up to 240");
        if (text_is(in->outcome, "plan") && text_empty(text_trim(in->action)))
                return FAIL_AT(ERR_INVALID, "What did you agree on?", "action",
                               "One step, who takes it, and a day");
        return OK;
}

static struct err log_reached(struct tx *tx, const struct who *who, const struct care_call_row *row,
                              const struct care_outcome *in)
{
        TRY(care_done_call(tx,
                           &(struct care_done_call_in) {.id = row->id,
                                                       .outcome = in->outcome,
                                                       .minutes = {in->minutes > 0, in->minutes},
                                                       .now = tx_now(tx),
                                                       .by_person = who->person,
                                                       .action = in->action,
                                                       .action_day = in->action_day,
                                                       .team_note = in->team_note,
                                                       .private_note = in->private_note}));
        TRY(care_shut_unreachable(tx, row->cohort, row->person, tx_now(tx)));
        return care_review(tx, row->cohort);
}

struct err care_log_call(struct tx *tx, const struct who *who, int64_t call,
                         const struct care_outcome *in)
{
        bool missed = text_is(in->outcome, "not-reached");
        struct care_call_row row;

        TRY(open_call(tx, who, call, &row));
        TRY(check_outcome(in));
        struct desk_act act = {.kind = &care_act_call, .cohort = row.cohort, .pair = row.pair, .person = row.person,
                               .subject = call};
        TRY(desk_begin(tx, who, &act));
        TRY(people_audit(tx, who, "call.log", row.person, call, text_c(tx_arena(tx), in->outcome)));
        TRY(missed ? log_missed(tx, who, &row, in) : log_reached(tx, who, &row, in));
        return desk_end(tx, &act);
}
