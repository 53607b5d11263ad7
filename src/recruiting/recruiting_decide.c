/* What staff makes of applications. A person decides; the program keeps the record and writes the letters. */
#include "html/format.h"
#include "journeys/journeys.h"
#include "os/random.h"
#include "people/people.h"
#include "recruiting/recruiting.mail.h"
#include "recruiting/recruiting.sql.h"
#include "recruiting/recruiting_parts.h"
#include "recruiting/recruiting_rules.h"

enum { SEED_BYTES = 16 };

struct deciding {
        struct tx *tx;
        const struct who *who;
        struct programmes_cohort c;
        struct recruiting_application p;
};

/* The application, if this member of staff may decide on it and it is still open. */
static struct err open_case(struct tx *tx, const struct who *who, int64_t id, struct deciding *d)
{
        struct recruiting_application_whose whose;
        bool found;

        *d = (struct deciding) {.tx = tx, .who = who};
        TRY(recruiting_application_whose(tx, id, &found, &whose));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such application", "Go back to the list");
        TRY(programmes_staff(tx, who, whose.cohort));
        if (!recruiting_undecided(whose.state))
                return FAIL(ERR_CONFLICT, "This application is not open any more", "Go back to the list");
        TRY(programmes_cohort(tx, whose.cohort, &d->c));
        return recruiting_of(tx, whose.cohort, whose.person, &d->p);
}

static struct err decide(const struct deciding *d, const char *state, struct text words, struct opt day)
{
        words = text_trim(words);
        TRY(recruiting_application_decide(d->tx, d->p.id, text_of(state), text_empty(words) ? TEXT_ABSENT : words, day,
                                          d->who->person, tx_now(d->tx)));
        return people_audit(d->tx, d->who, text_c(tx_arena(d->tx), text_format(tx_arena(d->tx), "application.%s", state)),
                            d->p.person, d->p.id, "");
}

/* R04 in its three texts; the day in the reader's language, absent: the engine knows the next one. */
static struct err tell(const struct deciding *d, const char *text, struct text words, struct opt day)
{
        struct arena *a = tx_arena(d->tx);
        struct people_person to;
        bool sent;

        TRY(people_get(d->tx, d->p.person, &to));
        struct journeys_remind r = {
                .rule = "R04", .text = text, .cohort = d->c.id, .person = d->p.person,
                .anchor = text_format(a, "application:%lld:%lld", (long long)d->p.id, (long long)tx_now(d->tx)),
                .hole = {{"reason1", text_trim(words)}}};
        if (day.has)
                r.hole[1] = (struct journeys_hole) {"date", format_day_week(a, to.locale, day.v)};
        return journeys_remind(d->tx, &r, &sent);
}

/* What was written for the application becomes the profile, as if it had come with a list. */
static struct err take_over(const struct deciding *d)
{
        const struct recruiting_application *p = &d->p;
        bool changed;

        return people_take_facts(d->tx, p->person, &(struct people_facts) {
                .first_name = p->first_name, .last_name = p->last_name, .zone = p->zone, .offers = p->offers, .wants = p->wants,
                .goals = p->goals, .languages = p->languages, .availability = p->availability}, false, true, &changed);
}

struct err recruiting_accept(struct tx *tx, const struct who *who, int64_t application, struct text words)
{
        struct deciding d;

        TRY(open_case(tx, who, application, &d));
        TRY(take_over(&d));
        TRY(programmes_admit(tx, who, d.c.id, d.p.person, true));
        TRY(decide(&d, "accepted", words, (struct opt) {0}));
        return tell(&d, "R04-accepted", words, (struct opt) {0});
}

static struct err must_give_words(struct text words, const char *place)
{
        return text_empty(text_trim(words)) ? FAIL_AT(ERR_INVALID, "They deserve to know why", place,
                                                      "Write one honest, kind sentence")
                                            : OK;
}

static struct err must_come(const struct deciding *d, int64_t day, const char *place)
{
        return day > zone_day(d->c.zone, tx_now(d->tx))
                       ? OK
                       : FAIL_AT(ERR_INVALID, "This day is not in the future", place, "Choose a day from tomorrow on");
}

struct err recruiting_refuse(struct tx *tx, const struct who *who, int64_t application, struct text words, int64_t next_day)
{
        struct deciding d;

        TRY(open_case(tx, who, application, &d));
        TRY(must_give_words(words, "words"));
        TRY(must_come(&d, next_day, "day"));
        TRY(programmes_admit(tx, who, d.c.id, d.p.person, false));
        TRY(decide(&d, "declined", words, (struct opt) {true, next_day}));
        return tell(&d, "R04-notnow", words, (struct opt) {true, next_day});
}

struct err recruiting_wait(struct tx *tx, const struct who *who, int64_t application, struct text words, int64_t answer_day)
{
        struct deciding d;

        TRY(open_case(tx, who, application, &d));
        TRY(must_give_words(words, "why"));
        TRY(must_come(&d, answer_day, "day"));
        TRY(decide(&d, "waiting", words, (struct opt) {true, answer_day}));
        return tell(&d, "R04-waitlisted", words, (struct opt) {true, answer_day});
}

struct err recruiting_ask(struct tx *tx, const struct who *who, int64_t application, struct text question)
{
        struct deciding d;
        int64_t id = random_id();

        TRY(open_case(tx, who, application, &d));
        question = text_trim(question);
        if (text_empty(question))
                return FAIL_AT(ERR_INVALID, "What would you like to know?", "question", "Ask one thing");
        TRY(recruiting_question_insert(tx, id, d.p.id, who->person, question, tx_now(tx)));
        TRY(recruiting_application_state(tx, d.p.id, TEXT("asked")));
        TRY(people_audit(tx, who, "application.asked", d.p.person, d.p.id, ""));
        return recruiting_post(tx, &d.c, &(struct recruiting_post) {
                .write = recruiting_question_mail, .rule = "application-question", .person = d.p.person, .lines = question,
                .url = recruiting_url(tx, d.c.id, d.p.person),
                .anchor = text_format(tx_arena(tx), "question:%lld", (long long)id)});
}

/* ---- the draw ---- */

static struct text new_seed(struct arena *a)
{
        static const char digits[] = "0123456789abcdef";
        unsigned char raw[SEED_BYTES];
        char hex[2 * SEED_BYTES];

        random_bytes(raw, sizeof raw);
        for (size_t i = 0; i < sizeof raw; i++) {
                hex[2 * i] = digits[raw[i] >> 4];
                hex[2 * i + 1] = digits[raw[i] & 15];
        }
        return text_copy(a, (struct text) {hex, sizeof hex});
}

struct err recruiting_draw(struct tx *tx, const struct who *who, int64_t cohort, bool mentor)
{
        struct arena *a = tx_arena(tx);
        struct recruiting_application_rows_list all;
        struct text seed = new_seed(a);
        int64_t id = random_id(), *waiting;
        size_t n = 0, *place;

        TRY(programmes_staff(tx, who, cohort));
        TRY(recruiting_application_rows(tx, cohort, &all));
        waiting = arena_array(a, int64_t, all.n + 1);
        place = arena_array(a, size_t, all.n + 1);
        for (size_t i = 0; i < all.n; i++)
                if (text_is(all.row[i].state, "waiting") && (mentor ? all.row[i].mentor : all.row[i].mentee))
                        waiting[n++] = all.row[i].id;
        if (n == 0)
                return FAIL(ERR_CONFLICT, "Nobody waits on this side", "Put applications on the waiting list first");
        recruiting_order(a, seed, waiting, n, place);
        TRY(recruiting_draw_insert(tx, id, cohort, mentor ? TEXT("mentor") : TEXT("mentee"), seed, who->person, tx_now(tx)));
        for (size_t i = 0; i < n; i++)
                TRY(recruiting_draw_place_insert(tx, id, (int64_t)i + 1, waiting[place[i]]));
        return people_audit(tx, who, "application.draw", 0, id, text_c(a, seed));
}
