/* /desk/pairs: every pair with its rhythm. */
#include "journeys/journeys_desk.h"

#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_desk.html.h"
#include "os/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words ---- */

const char *journeys_chip_tone(enum journeys_rhythm r)
{
        switch (r) {
        case RHYTHM_GOOD: return "good";
        case RHYTHM_SOON: return "soon";
        case RHYTHM_QUIET: return "hurts";
        case RHYTHM_NOT_STARTED: case RHYTHM_PAUSED: case RHYTHM_OVER: return "info";
        }
        must(!"a rhythm outside its enum");
}

const char *journeys_chip_words(const struct journeys_pair *p, enum journeys_rhythm r)
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
                return !p->first_met_at.has &&
                       (r == RHYTHM_GOOD || r == RHYTHM_SOON || r == RHYTHM_QUIET);
        return text_is(p->state, filter);
}

/* ---- names ---- */

static int by_person(const void *a, const void *b)
{
        const struct journeys_name *x = a, *y = b;

        return x->person < y->person ? -1 : x->person > y->person;
}

struct err journeys_read_names(struct request *rq, int64_t cohort, struct journeys_names *out)
{
        struct programmes_participant_list parts;

        TRY(programmes_participants(rq->tx, cohort, &parts));
        out->n = parts.n;
        out->row = arena_array(rq->arena, struct journeys_name, parts.n);
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];

                out->row[i] = (struct journeys_name){p->person,
                                            text_format(rq->arena, "%.*s %.*s",
                                                        (int)p->first_name.n, p->first_name.p,
                                                        (int)p->last_name.n, p->last_name.p)};
        }
        qsort(out->row, out->n, sizeof out->row[0], by_person);
        return OK;
}

struct text journeys_name_of(const struct journeys_names *names, int64_t person)
{
        const struct journeys_name key = {.person = person}, *found;

        found = names->n ? bsearch(&key, names->row, names->n, sizeof names->row[0], by_person)
                         : NULL;
        return found ? found->words : TEXT("?");
}

static struct text both_names(struct request *rq, const struct journeys_names *names,
                              const struct journeys_pair *p)
{
        return msg_with(rq->arena, rq->page.locale, M_("{mentee} with {mentor}"), "mentee",
                        journeys_name_of(names, p->mentee), "mentor", journeys_name_of(names, p->mentor), NULL);
}

/* ---- the list ---- */

/* The dots of one pair, cut out of the cohort's list, which is sorted by pair. */
static void dots_of(struct request *rq, const struct journeys_cohort_contacts_list *all,
                    int64_t pair, struct journeys_strip *out)
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

static void write_row(struct request *rq, const struct journeys_pair *p, const struct journeys_names *names,
                      const struct journeys_cohort_contacts_list *contacts,
                      struct journeys_desk_row *out)
{
        struct journeys_strip strip;

        *out = (struct journeys_desk_row) {.id = p->id, .names = both_names(rq, names, p), .state = p->state,
                                           .last_at = p->last_contact_at, .next_at = p->next_meeting_at, .n_met = p->n_met};
        journeys_strip_frame(p, rq->page.now, &strip);
        dots_of(rq, contacts, p->id, &strip);
        journeys_write_strip(&rq->page, p, &strip, true, &out->strip);
        out->tone = journeys_chip_tone(out->strip.rhythm);
        out->words = journeys_chip_words(p, out->strip.rhythm);
}

static void count(struct request *rq, const struct journeys_pair_list *pairs, struct text wanted,
                  struct journeys_desk_view *v)
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

static struct err write_rows(struct request *rq, int64_t cohort,
                             const struct journeys_pair_list *pairs, struct text wanted,
                             struct journeys_desk_rows *out)
{
        struct journeys_cohort_contacts_list contacts;
        struct journeys_names names;
        char filter[16];

        snprintf(filter, sizeof filter, "%.*s", (int)wanted.n, wanted.n ? wanted.p : "");
        TRY(journeys_read_names(rq, cohort, &names));
        TRY(journeys_cohort_contacts(rq->tx, cohort, rq->page.now - 100 * (int64_t)JOURNEYS_DAY,
                                     &contacts));
        out->row = arena_array(rq->arena, struct journeys_desk_row, pairs->n);
        for (int level = 0; level <= 5; level++)
                for (size_t i = 0; i < pairs->n; i++)
                        if (urgency(&pairs->row[i], rq->page.now) == level &&
                            (!*filter || belongs(&pairs->row[i], filter, rq->page.now)))
                                write_row(rq, &pairs->row[i], &names, &contacts,
                                          &out->row[out->n++]);
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
