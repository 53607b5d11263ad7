/* /desk/pairs: every pair with its rhythm, and one pair's facts. Dates and states; never what was said or written. */
#include "journeys/journeys_pages.h"

#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_desk.html.h"
#include "os/zone.h"
#include "people/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

static const char *chip_tone(enum journeys_rhythm r)
{
        switch (r) {
        case RHYTHM_GOOD: return "good";
        case RHYTHM_SOON: return "soon";
        case RHYTHM_QUIET: return "hurts";
        case RHYTHM_NOT_STARTED: case RHYTHM_PAUSED: case RHYTHM_OVER: return "info";
        }
        must(!"a rhythm outside its enum");
}

static const char *chip_words(const struct journeys_pair *p, enum journeys_rhythm r)
{
        switch (r) {
        case RHYTHM_GOOD: return M_("in rhythm");
        case RHYTHM_SOON: return M_("due soon");
        case RHYTHM_QUIET: return M_("quiet");
        case RHYTHM_NOT_STARTED: return M_("not started");
        case RHYTHM_PAUSED: return text_is(p->state, "paused") ? M_("paused") : M_("on hold");
        case RHYTHM_OVER: return text_is(p->state, "closed") ? M_("closed") : M_("closing");
        }
        must(!"a rhythm outside its enum");
}

/* The filters of the list, by what the chip says. */
static const struct { const char *key, *words; } filters[] = {
        {"quiet", M_("Quiet")}, {"soon", M_("Due soon")}, {"good", M_("In rhythm")}, {"unmet", M_("Not met yet")},
        {"paused", M_("Paused or on hold")}, {"closing", M_("Closing")}, {"closed", M_("Closed")}};
enum { FILTERS = sizeof filters / sizeof filters[0] };

static bool belongs(const struct journeys_pair *p, const char *filter, int64_t now)
{
        enum journeys_rhythm r = journeys_rhythm(p, now);

        if (strcmp(filter, "quiet") == 0)
                return r == RHYTHM_QUIET;
        if (strcmp(filter, "soon") == 0)
                return r == RHYTHM_SOON;
        if (strcmp(filter, "good") == 0)
                return r == RHYTHM_GOOD || r == RHYTHM_NOT_STARTED;
        if (strcmp(filter, "paused") == 0)
                return r == RHYTHM_PAUSED;
        if (strcmp(filter, "unmet") == 0)
                return !p->first_met_at.has && (r == RHYTHM_GOOD || r == RHYTHM_SOON || r == RHYTHM_QUIET);
        return text_is(p->state, filter);
}

/* ---- names ---- */

struct name { int64_t person; struct text words; };
struct names { size_t n; struct name *row; };

static int by_person(const void *a, const void *b)
{
        const struct name *x = a, *y = b;

        return x->person < y->person ? -1 : x->person > y->person;
}

static struct err read_names(struct request *rq, int64_t cohort, struct names *out)
{
        struct programmes_participant_list parts;

        TRY(programmes_participants(rq->tx, cohort, &parts));
        out->n = parts.n;
        out->row = arena_array(rq->arena, struct name, parts.n);
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];

                out->row[i] = (struct name) {p->person, text_format(rq->arena, "%.*s %.*s", (int)p->first_name.n, p->first_name.p,
                                                                    (int)p->last_name.n, p->last_name.p)};
        }
        qsort(out->row, out->n, sizeof out->row[0], by_person);
        return OK;
}

static struct text name_of(const struct names *names, int64_t person)
{
        const struct name key = {.person = person}, *found;

        found = names->n ? bsearch(&key, names->row, names->n, sizeof names->row[0], by_person) : NULL;
        return found ? found->words : TEXT("?");
}

static struct text both_names(struct request *rq, const struct names *names, const struct journeys_pair *p)
{
        return msg_with(rq->arena, rq->page.locale, M_("{mentee} with {mentor}"), "mentee", name_of(names, p->mentee), "mentor",
                        name_of(names, p->mentor), NULL);
}

/* ---- the list ---- */

/* The dots of one pair, cut out of the cohort's list, which is sorted by pair. */
static void dots_of(struct request *rq, const struct journeys_cohort_contacts_list *all, int64_t pair, struct journeys_strip *out)
{
        size_t low = 0, high = all->n;

        while (low < high) {
                size_t mid = (low + high) / 2;

                if (all->row[mid].pair < pair)
                        low = mid + 1;
                else
                        high = mid;
        }
        for (high = low; high < all->n && all->row[high].pair == pair;)
                high++;
        out->row = arena_array(rq->arena, struct journeys_point, high - low);
        for (size_t i = low; i < high; i++)
                out->row[out->n++] = (struct journeys_point) {all->row[i].at, all->row[i].conversation};
}

static void write_row(struct request *rq, const struct journeys_pair *p, const struct names *names,
                      const struct journeys_cohort_contacts_list *contacts, struct journeys_desk_row *out)
{
        struct journeys_strip strip;

        *out = (struct journeys_desk_row) {.id = p->id, .names = both_names(rq, names, p), .state = p->state,
                                           .last_at = p->last_contact_at, .next_at = p->next_meeting_at, .n_met = p->n_met};
        journeys_strip_frame(p, rq->page.now, &strip);
        dots_of(rq, contacts, p->id, &strip);
        journeys_write_strip(&rq->page, p, &strip, true, &out->strip);
        out->tone = chip_tone(out->strip.rhythm);
        out->words = chip_words(p, out->strip.rhythm);
}

static void count(struct request *rq, const struct journeys_pair_list *pairs, struct text wanted, struct journeys_desk_view *v)
{
        v->filters.row = arena_array(rq->arena, struct journeys_filter, FILTERS);
        v->all = (int64_t)pairs->n;
        for (size_t f = 0; f < FILTERS; f++) {
                struct journeys_filter *to = &v->filters.row[v->filters.n++];

                *to = (struct journeys_filter) {.key = filters[f].key, .words = filters[f].words,
                                                .current = text_is(wanted, filters[f].key)};
                for (size_t i = 0; i < pairs->n; i++)
                        to->count += belongs(&pairs->row[i], filters[f].key, rq->page.now);
        }
}

/* Those that need somebody first: quiet, then due soon, then the rest as they are. */
static int urgency(const struct journeys_pair *p, int64_t now)
{
        switch (journeys_rhythm(p, now)) {
        case RHYTHM_QUIET: return 0;
        case RHYTHM_SOON: return 1;
        case RHYTHM_GOOD: case RHYTHM_NOT_STARTED: return 2;
        case RHYTHM_PAUSED: return 3;
        case RHYTHM_OVER: return text_is(p->state, "closed") ? 5 : 4;
        }
        must(!"a rhythm outside its enum");
}

static struct err write_rows(struct request *rq, int64_t cohort, const struct journeys_pair_list *pairs, struct text wanted,
                             struct journeys_desk_rows *out)
{
        struct journeys_cohort_contacts_list contacts;
        struct names names;
        char filter[16];

        snprintf(filter, sizeof filter, "%.*s", (int)wanted.n, wanted.n ? wanted.p : "");
        TRY(read_names(rq, cohort, &names));
        TRY(journeys_cohort_contacts(rq->tx, cohort, rq->page.now - 100 * (int64_t)JOURNEYS_DAY, &contacts));
        out->row = arena_array(rq->arena, struct journeys_desk_row, pairs->n);
        for (int level = 0; level <= 5; level++)
                for (size_t i = 0; i < pairs->n; i++)
                        if (urgency(&pairs->row[i], rq->page.now) == level &&
                            (!*filter || belongs(&pairs->row[i], filter, rq->page.now)))
                                write_row(rq, &pairs->row[i], &names, &contacts, &out->row[out->n++]);
        return OK;
}

struct err journeys_get_desk(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("Pairs"))};
        struct journeys_desk_view v = {0};
        struct journeys_pair_list pairs;
        struct programmes_cohort c;
        struct text wanted = rq_query(rq, "show");
        int64_t cohort;

        struct err none = programmes_current(rq->tx, rq->who, &cohort);
        if (err_is(none, ERR_ABSENT)) {
                reply_see(re, "/desk");
                return OK;
        }
        TRY(none);
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(journeys_pairs(rq->tx, cohort, &pairs));
        v.cohort = c.name;
        count(rq, &pairs, wanted, &v);
        TRY(write_rows(rq, cohort, &pairs, wanted, &v.pairs));
        reply_page(rq, re, &shell, journeys_desk_list, &v);
        return OK;
}

/* ---- one pair ---- */

static void fact(struct journeys_facts_list *l, const char *what, struct text value)
{
        if (value.n)
                l->row[l->n++] = (struct journeys_fact) {what, value};
}

static struct text day_or_not(struct request *rq, struct opt t, const char *otherwise)
{
        return t.has ? format_day_year(rq->arena, rq->page.locale, zone_day(rq->page.zone, t.v))
                     : journeys_say(&rq->page, otherwise);
}

static void write_facts(struct request *rq, const struct journeys_pair *p, int64_t cards, struct journeys_facts_list *l)
{
        struct opt end = {true, p->planned_end};

        l->row = arena_array(rq->arena, struct journeys_fact, 16);
        fact(l, M_("Pair since"), day_or_not(rq, (struct opt) {true, p->activated_at}, ""));
        fact(l, M_("Rhythm"), journeys_rhythm_words(&rq->page, p->cadence_days));
        fact(l, M_("Agreement"), day_or_not(rq, p->agreed_at, M_("not signed by both")));
        fact(l, M_("First message"), day_or_not(rq, p->first_message_at, M_("not yet")));
        fact(l, M_("First answer"), day_or_not(rq, p->first_reply_at, M_("not yet")));
        fact(l, M_("First conversation"), day_or_not(rq, p->first_met_at, M_("not yet")));
        fact(l, M_("Conversations"), text_format(rq->arena, "%lld", (long long)p->n_met));
        fact(l, M_("Contacts of all kinds"), text_format(rq->arena, "%lld", (long long)p->n_contacts));
        fact(l, M_("Half-way review"), day_or_not(rq, p->reviewed_at, M_("not yet")));
        fact(l, M_("Status shown to each other"), journeys_say(&rq->page, journeys_revealed(p) ? M_("yes, by both") : M_("no")));
        if (p->paused_until.has)
                fact(l, M_("Paused until"), day_or_not(rq, p->paused_until, ""));
        fact(l, M_("Planned end"), day_or_not(rq, end, ""));
        if (p->end_reason.n)
                fact(l, M_("Reason of the end"), journeys_say(&rq->page, journeys_reason_words(p->end_reason)));
        if (p->closed_at.has)
                fact(l, M_("Closed"), day_or_not(rq, p->closed_at, ""));
        if (p->end_reason.n)
                fact(l, M_("Closing cards finished"), text_format(rq->arena, "%lld / 2", (long long)cards));
}

static struct err write_contacts(struct request *rq, const struct journeys_pair *p, const struct names *names,
                                 struct journeys_contact_rows *out)
{
        struct journeys_contacts_since_list rows;

        TRY(journeys_contacts_since(rq->tx, p->id, 0, &rows));
        out->row = arena_array(rq->arena, struct journeys_contact_row, rows.n);
        for (size_t i = rows.n; i > 0; i--) {
                const struct journeys_contacts_since *r = &rows.row[i - 1];

                out->row[out->n++] = (struct journeys_contact_row) {
                        .when = format_moment(rq->arena, rq->page.locale, rq->page.zone, r->at), .what = journeys_channel_words(r->kind), .minutes = r->minutes,
                        .who = r->two_way ? TEXT_ABSENT : name_of(names, r->by_person)};
        }
        return OK;
}

/* Staff read the category; the words only where the mentee has said so. */
static void hide_words(struct journeys_goal_rows *goals)
{
        for (size_t i = 0; i < goals->n; i++) {
                struct journeys_goal_view *g = &goals->row[i];

                if (!g->shared)
                        g->statement = TEXT_ABSENT;
                g->why = g->measure = g->next_step = TEXT_ABSENT;
        }
}

static struct err write_meetings(struct request *rq, const struct journeys_pair *p, struct journeys_meetings_rows *out)
{
        struct journeys_side none = {.pair = *p, .partner_zone = rq->page.zone};
        struct journeys_meeting_list all;

        TRY(journeys_meetings(rq->tx, p->id, &all));
        out->row = arena_array(rq->arena, struct journeys_meeting_view, all.n);
        for (size_t i = all.n; i > 0; i--) {
                journeys_write_meeting(rq, &none, &all.row[i - 1], 3, &out->row[out->n]);
                out->row[out->n++].place = TEXT_ABSENT;
        }
        return OK;
}

static void write_reasons(struct request *rq, struct html_options *out)
{
        out->row = arena_array(rq->arena, struct html_option, 8);
        for (size_t i = 0; journeys_end_reasons[i]; i++)
                out->row[out->n++] = (struct html_option) {
                        .value = text_of(journeys_end_reasons[i]),
                        .label = journeys_say(&rq->page, journeys_reason_words(text_of(journeys_end_reasons[i])))};
}

static struct err write_pair(struct request *rq, const struct journeys_pair *p, struct journeys_desk_pair_view *v)
{
        struct journeys_strip strip;
        struct names names;
        int64_t cards;

        TRY(read_names(rq, p->cohort, &names));
        *v = (struct journeys_desk_pair_view) {
                .pair = p->id, .mentor = name_of(&names, p->mentor), .mentee = name_of(&names, p->mentee), .state = p->state,
                .mentor_person = p->mentor, .mentee_person = p->mentee, .closed = text_is(p->state, "closed"),
                .closing = text_is(p->state, "closing"), .paused = text_is(p->state, "paused"),
                .suspended = text_is(p->state, "suspended")};
        TRY(journeys_strip(rq->tx, p, &strip));
        journeys_write_strip(&rq->page, p, &strip, false, &v->strip);
        v->tone = chip_tone(v->strip.rhythm);
        v->words = chip_words(p, v->strip.rhythm);
        TRY(journeys_closing_done(rq->tx, p->id, &cards));
        write_facts(rq, p, cards, &v->facts);
        TRY(write_contacts(rq, p, &names, &v->contacts));
        TRY(write_meetings(rq, p, &v->meetings));
        TRY(journeys_write_goals(rq, p->id, &v->goals));
        hide_words(&v->goals);
        write_reasons(rq, &v->reasons);
        return OK;
}

struct reading { const struct who *who; const struct journeys_pair *pair; };

static struct err write_reading(struct tx *tx, void *in)
{
        const struct reading *r = in;

        TRY(people_audit(tx, r->who, "pair.read", r->pair->mentor, r->pair->id, ""));
        return people_audit(tx, r->who, "pair.read", r->pair->mentee, r->pair->id, "");
}

/* Looking at a pair is written down; the two can read that under their data. */
static void note_reading(struct request *rq, struct reply *re, const struct journeys_pair *pair)
{
        struct reading *r = arena_new_of(rq->arena, struct reading);
        struct journeys_pair *kept = arena_new_of(rq->arena, struct journeys_pair);

        *kept = *pair;
        *r = (struct reading) {rq->who, kept};
        reply_then(re, write_reading, r);
}

struct err journeys_get_desk_pair(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("A pair"))};
        struct journeys_desk_pair_view v;
        struct journeys_pair p;

        TRY(journeys_pair(rq->tx, rq_id(rq, "pair"), &p));
        TRY(programmes_staff(rq->tx, rq->who, p.cohort));
        TRY(write_pair(rq, &p, &v));
        note_reading(rq, re, &p);
        reply_page(rq, re, &shell, journeys_desk_pair, &v);
        return OK;
}

/* ---- what staff can do ---- */

struct err journeys_post_close(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_close_by_staff(rq->tx, rq->who, pair, FORM(rq, struct journeys_close_form)->reason));
        reply_flash(re, M_("Noted. Both have their closing cards, or the pair is closed if they had them already"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}

struct err journeys_post_release(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_release(rq->tx, rq->who, pair));
        reply_flash(re, M_("The pair can go on"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}

struct err journeys_post_desk_resume(struct request *rq, struct reply *re)
{
        int64_t pair = rq_id(rq, "pair");

        TRY(journeys_resume(rq->tx, rq->who, pair));
        reply_flash(re, M_("The pause is over"));
        reply_see(re, "/desk/pairs/%lld", (long long)pair);
        return OK;
}
