/* The public page, and letters of this room. */
#include "recruiting/recruiting.h"

#include "base/app.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/keys.h"
#include "people/people.h"
#include "recruiting/recruiting.sql.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_rules.h"

enum { ANSWER_DAYS = 7, MOST_WORDS = 1000, KEEP_DAYS = 182 };

static int64_t plan_day(const struct programmes_cohort *c, struct pack_date date)
{
        struct pack_days days = pack_days_of(c->pack, c->launch_day);

        return pack_day(date, &days);
}

static bool has_a_place(struct text state)
{
        return text_is(state, "accepted") || text_is(state, "ready") || text_is(state, "matched") ||
               text_is(state, "waiting");
}

struct err recruiting_page(struct tx *tx, const struct programmes_cohort *c, struct recruiting_page *out)
{
        struct programmes_participant_list people;
        struct recruiting_page_row r = {.taking = TEXT("dates")};
        int64_t today = zone_day(c->zone, tx_now(tx));
        bool found;

        TRY(recruiting_page_row(tx, c->id, &found, &r));
        if (!found)
                r = (struct recruiting_page_row) {.taking = TEXT("dates")};
        *out = (struct recruiting_page) {
                .taking = r.taking, .own_closes_day = r.closes_day.has, .headline = r.headline, .for_whom = r.for_whom,
                .gives = r.gives, .asks = r.asks, .opens_day = plan_day(c, c->pack->calendar.recruit_mentors),
                .closes_day = r.closes_day.has ? r.closes_day.v : plan_day(c, c->pack->calendar.recruit_close)};
        TRY(programmes_participants(tx, c->id, &people));
        for (size_t i = 0; i < people.n; i++) {
                if (!has_a_place(people.row[i].state))
                        continue;
                out->mentors += people.row[i].mentor;
                out->mentees += !people.row[i].mentor;
        }
        out->answer_day = out->closes_day + ANSWER_DAYS;
        out->door = recruiting_door_of(&(struct recruiting_door_facts) {
                .gate_passed = c->opened_at.has, .over = c->closed_at.has || today > c->end_day, .taking = r.taking,
                .today = today, .opens_day = out->opens_day, .closes_day = out->closes_day, .mentees = out->mentees,
                .size = c->size});
        return OK;
}

struct err recruiting_closes(struct tx *tx, const struct programmes_cohort *c, int64_t *day)
{
        struct recruiting_page_row r;
        bool found;

        TRY(recruiting_page_row(tx, c->id, &found, &r));
        *day = found && r.closes_day.has ? r.closes_day.v : plan_day(c, c->pack->calendar.recruit_close);
        return OK;
}

static struct text kept(struct text t) { return text_empty(text_trim(t)) ? TEXT_ABSENT : text_trim(t); }

struct err recruiting_write_page(struct tx *tx, const struct who *who, int64_t cohort,
                                 const struct recruiting_page_words *in)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (in->closes_day && in->closes_day >= c.end_day)
                return FAIL_AT(ERR_INVALID, "The last day for applications lies after the end of the cohort", "closes_day",
                               "Choose a day before the end");
        int64_t closes = in->closes_day ? in->closes_day : plan_day(&c, c.pack->calendar.recruit_close);
        if (text_is(in->taking, "open") && closes < zone_day(c.zone, tx_now(tx)))
                return FAIL_AT(ERR_INVALID, "Until when are applications open?", "closes_day",
                               "Every letter names the last day: choose one from today on");
        TRY(recruiting_page_put(tx, &(struct recruiting_page_put_in) {
                .cohort = cohort, .taking = in->taking, .closes_day = {in->closes_day != 0, in->closes_day},
                .headline = kept(in->headline), .for_whom = kept(in->for_whom), .gives = kept(in->gives),
                .asks = kept(in->asks)}));
        return people_audit(tx, who, "recruiting.page", 0, cohort, text_c(tx_arena(tx), in->taking));
}

struct err recruiting_must_be_open(struct tx *tx, int64_t cohort, struct programmes_cohort *c, struct recruiting_page *page)
{
        TRY(programmes_cohort(tx, cohort, c));
        TRY(recruiting_page(tx, c, page));
        if (recruiting_is_open(page->door))
                return OK;
        return page->door == DOOR_SOON
                       ? FAIL(ERR_CONFLICT, "Applications are not open yet", "Come back on the day that the page names")
                       : FAIL(ERR_CONFLICT, "Applications are closed", "Write to the coordinator about the next cohort");
}

/* ---- letters ---- */

struct text recruiting_url(struct tx *tx, int64_t cohort, int64_t person)
{
        struct text token = token_make(tx_app(tx)->keys, tx_arena(tx),
                                       &(struct token) {.purpose = TOKEN_APPLY, .a = cohort, .b = person});

        return text_format(tx_arena(tx), "%s/apply/%s", tx_app(tx)->config->base_url, token.p);
}

struct recruiting_letter_lines recruiting_lines(struct arena *a, struct text t)
{
        struct recruiting_letter_lines l = {.row = arena_array(a, struct text, MOST_WORDS)};
        struct text rest = t, line;

        while (rest.p && l.n < MOST_WORDS) {
                line = text_trim(text_cut(rest, '\n', &rest));
                if (!text_empty(line))
                        l.row[l.n++] = line;
        }
        return l;
}

struct err recruiting_post(struct tx *tx, const struct programmes_cohort *c, const struct recruiting_post *in)
{
        struct people_person to = {.email = in->address, .locale = (enum locale)in->locale, .zone = c->zone,
                                   .first_name = TEXT("")};
        struct out out = out_new(tx_arena(tx), 1024);
        struct recruiting_page page;
        struct letter_text words;
        int64_t id;

        if (in->person)
                TRY(people_get(tx, in->person, &to));
        TRY(recruiting_page(tx, c, &page));
        struct recruiting_letter v = {
                .first_name = to.first_name, .programme = c->programme_name, .cohort = c->name, .coordinator = c->help_name,
                .url = in->url, .closes_day = page.closes_day, .answer_day = page.answer_day,
                .lines = recruiting_lines(tx_arena(tx), in->lines)};
        in->write(&(struct page) {.out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)}, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = in->person, .address = to.email, .name = in->person ? to.first_name : TEXT_ABSENT, .locale = to.locale,
                .class = MAIL_EVENT, .rule = in->rule, .anchor = in->anchor, .subject = words.subject, .body = words.body,
                .from_name = c->help_name, .reply_to = c->help_email, .cohort = c->id}, &id);
}

struct err recruiting_waiting(struct tx *tx, int64_t cohort, int64_t *n)
{
        struct recruiting_waiting_count row;
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(recruiting_waiting_count(tx, cohort, zone_day(c.zone, tx_now(tx)), &row));
        *n = row.n;
        return OK;
}

struct err recruiting_forget(struct tx *tx, const struct programmes_cohort *c)
{
        if (zone_day(c->zone, tx_now(tx)) < c->end_day + KEEP_DAYS)
                return OK;
        TRY(recruiting_forget_questions(tx, c->id));
        TRY(recruiting_forget_applications(tx, c->id));
        TRY(recruiting_forget_nominations(tx, c->id));
        TRY(recruiting_forget_starts(tx, c->id));
        return recruiting_forget_reasons(tx, c->id);
}
