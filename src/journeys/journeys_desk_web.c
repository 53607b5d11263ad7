/* /desk/pairs: every pair with its rhythm. */
#include "journeys/journeys_desk.h"

#include "html/format.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_desk.html.h"
#include "journeys/journeys_match.h"
#include "people/people.h"
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

/* Each button keeps the rest of the filter. */
static void count(struct request *rq, const struct journeys_pair_list *pairs, const struct journeys_match *m,
                  struct journeys_desk_view *v)
{
        size_t n = 0;

        while (journeys_match_shows[n].key)
                n++;
        v->filters.row = arena_array(rq->arena, struct journeys_filter, n);
        v->all = (int64_t)pairs->n;
        for (size_t f = 0; f < n; f++) {
                struct journeys_filter *to = &v->filters.row[v->filters.n++];
                struct journeys_match with = *m;

                with.show = text_of(journeys_match_shows[f].key);
                *to = (struct journeys_filter) {.key = journeys_match_shows[f].key, .words = journeys_match_shows[f].words,
                                                .path = text_format(rq->arena, "/desk/pairs?%s", journeys_match_write(rq->arena, &with).p),
                                                .current = text_equal(m->show, with.show)};
                for (size_t i = 0; i < pairs->n; i++)
                        to->count += journeys_match_show(&pairs->row[i], with.show, rq->page.now);
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

static struct err write_rows(struct request *rq, int64_t cohort, const struct journeys_pair_list *pairs,
                             const struct journeys_match *m, const struct desk_load *load, struct journeys_desk_rows *out)
{
        struct journeys_cohort_contacts_list contacts;
        struct journeys_names names;

        TRY(journeys_read_names(rq, cohort, &names));
        TRY(journeys_cohort_contacts(rq->tx, cohort, rq->page.now - 100 * (int64_t)JOURNEYS_DAY,
                                     &contacts));
        out->row = arena_array(rq->arena, struct journeys_desk_row, pairs->n);
        for (int level = 0; level <= 5; level++)
                for (size_t i = 0; i < pairs->n; i++) {
                        const struct journeys_pair *p = &pairs->row[i];
                        const struct desk_mark *mark = desk_mark_of(load, p->id);
                        struct text both = text_fold(rq->arena, text_format(rq->arena, "%s %s", journeys_name_of(&names, p->mentee).p,
                                                                            journeys_name_of(&names, p->mentor).p));
                        if (urgency(p, rq->page.now) != level ||
                            !journeys_match_fits(rq->arena, m, p, mark, both, rq->who->person, rq->page.now))
                                continue;
                        write_row(rq, p, &names, &contacts, &out->row[out->n]);
                        out->row[out->n].flag = mark ? mark->level : 0;
                        out->row[out->n].unreached = mark && mark->unreached;
                        out->row[out->n++].owner = mark && load->split ? mark->owner_name : TEXT_ABSENT;
                }
        return OK;
}

/* ---- the form above it ---- */

static void option(struct request *rq, struct html_options *o, const char *value, const char *words)
{
        o->row[o->n++] = (struct html_option) {.value = text_of(value), .label = text_of(msg(rq->page.locale, words))};
}

/* "mine", "all", and each who looks after some, by name. */
static void write_owners(struct request *rq, const struct desk_load *load, struct html_options *o)
{
        o->row = arena_array(rq->arena, struct html_option, load->n + 2);
        option(rq, o, "any", M_("Anybody's"));
        option(rq, o, "mine", M_("Mine"));
        for (size_t i = 0; i < load->n; i++) {
                struct text id = text_format(rq->arena, "%lld", (long long)load->row[i].owner);
                size_t k = 0;
                while (k < o->n && !text_equal(o->row[k].value, id))
                        k++;
                if (k == o->n)
                        o->row[o->n++] = (struct html_option) {.value = id, .label = load->row[i].owner_name};
        }
}

static struct text or_any(struct text t) { return text_empty(t) ? TEXT("any") : t; }

static void write_form(struct request *rq, const struct journeys_match *m, const struct desk_load *load, struct journeys_desk_view *v)
{
        v->flags.row = arena_array(rq->arena, struct html_option, 3);
        option(rq, &v->flags, "any", M_("With or without"));
        option(rq, &v->flags, "flagged", M_("With a flag"));
        option(rq, &v->flags, "red", M_("With a red one"));
        v->mails.row = arena_array(rq->arena, struct html_option, 2);
        option(rq, &v->mails, "any", M_("Arrives or not"));
        option(rq, &v->mails, "fails", M_("Does not arrive"));
        write_owners(rq, load, &v->owners);
        v->split = load->split;
        v->q = m->q;
        v->show = m->show;
        v->whose = or_any(m->whose);
        v->flag = or_any(m->flag);
        v->mail = or_any(m->mail);
        v->filter = journeys_match_write(rq->arena, m);
        v->narrowed = v->filter.n > 0;
}

static struct journeys_match match_of(struct request *rq)
{
        struct journeys_match asked = {.show = rq_query(rq, "show"), .q = rq_query(rq, "q"), .whose = rq_query(rq, "whose"),
                                       .flag = rq_query(rq, "flag"), .mail = rq_query(rq, "mail")}, m;

        journeys_match_read(rq->arena, journeys_match_write(rq->arena, &asked), &m);
        return m;
}

static struct err write_kept(struct request *rq, struct journeys_desk_view *v)
{
        TRY(desk_views_of(rq->tx, rq->who->person, &v->kept));
        for (size_t i = 0; i < v->kept.n; i++)
                if (v->narrowed && text_equal(v->kept.row[i].filter, v->filter))
                        v->kept_id = v->kept.row[i].id;
        return OK;
}

struct err journeys_get_desk(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = journeys_say(&rq->page, M_("Pairs"))};
        struct journeys_desk_view v = {0};
        struct journeys_pair_list pairs;
        struct programmes_cohort c;
        struct journeys_match m = match_of(rq);
        struct desk_load load;
        int64_t cohort;

        struct err none = programmes_current(rq->tx, rq->who, &cohort);
        if (err_is(none, ERR_ABSENT)) {
                reply_see(re, "/desk");
                return OK;
        }
        TRY(none);
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(journeys_pairs(rq->tx, cohort, &pairs));
        TRY(desk_load_of(rq->tx, cohort, &load));
        v.cohort = c.name;
        count(rq, &pairs, &m, &v);
        write_form(rq, &m, &load, &v);
        TRY(write_kept(rq, &v));
        TRY(write_rows(rq, cohort, &pairs, &m, &load, &v.pairs));
        reply_page(rq, re, &shell, journeys_desk_list, &v);
        return OK;
}
