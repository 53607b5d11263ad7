/* Applications, matching, training: who came, who found a partner, who was ready. */
#include "evaluation/evaluation_measure.h"

#include "evaluation/evaluation_cells.h"
#include "html/messages.h"
#include "learning/learning.h"

enum { MOST_PLACES = 40 };

static bool is_accepted(const struct evaluation_people_rows *p)
{
        return p->accepted_at.has || text_is(p->state, "accepted") || text_is(p->state, "ready") || text_is(p->state, "matched") ||
               text_is(p->state, "waiting") || text_is(p->state, "done");
}

static bool has_applied(const struct evaluation_people_rows *p) { return p->applied_at.has || is_accepted(p); }

/* The pair of this person in that role, the first that was made; NULL: none. */
static const struct evaluation_pair_rows *pair_of(const struct measure *m, int64_t person, bool mentor)
{
        for (size_t i = 0; i < m->pairs.n; i++)
                if ((mentor ? m->pairs.row[i].mentor : m->pairs.row[i].mentee) == person)
                        return &m->pairs.row[i];
        return NULL;
}

static bool counts(const struct evaluation_people_rows *p, const struct evaluation_pair_rows *pair) { return is_accepted(p) || pair; }

static void match_figures(struct measure *m)
{
        int64_t accepted[2] = {0}, matched[2] = {0}, places = 0, taken = 0, invited = 0, applied = 0, came_late = 0;

        for (size_t i = 0; i < m->people.n; i++) {
                const struct evaluation_people_rows *p = &m->people.row[i];
                const struct evaluation_pair_rows *pair = pair_of(m, p->person, p->mentor);
                accepted[p->mentor] += counts(p, pair);
                matched[p->mentor] += pair != NULL;
                places += p->mentor && counts(p, pair) ? p->capacity : 0;
                invited++;
                applied += has_applied(p);
                came_late += p->applied_at.has;
        }
        for (size_t i = 0; i < m->pairs.n; i++)
                taken += !evaluation_ended_early(&m->pairs.row[i]);
        /* Where nobody ever had to apply the rate says nothing. */
        evaluation_put_share(m, "application", applied, came_late ? invited : 0);
        evaluation_put_share(m, "match-mentee", matched[0], accepted[0]);
        evaluation_put_share(m, "match-mentor", matched[1], accepted[1]);
        evaluation_put(m, "mentors-per-mentee", (struct evaluation_result) {
                .value = accepted[0] ? (double)accepted[1] / (double)accepted[0] : 0, .n = accepted[1], .of = accepted[0], .units = accepted[0]});
        evaluation_put(m, "capacity", (struct evaluation_result) {
                .value = places ? (double)taken / (double)places : 0, .n = taken, .of = places, .units = accepted[1]});
}

static struct err choice_figures(struct measure *m)
{
        struct evaluation_rank_rows_list ranks;
        struct evaluation_proposal_counts c;
        int64_t first = 0, three = 0, ranking = 0, last = 0;

        TRY(evaluation_rank_rows(m->tx, m->cohort.id, &ranks));
        TRY(evaluation_proposal_counts(m->tx, m->cohort.id, &c));
        for (size_t i = 0; i < ranks.n; i++) {
                const struct evaluation_rank_rows *r = &ranks.row[i];
                const struct evaluation_pair_rows *pair = pair_of(m, r->mentee, false);
                ranking += pair && r->mentee != last;
                last = r->mentee;
                first += pair && pair->mentor == r->mentor && r->rank == 1;
                three += pair && pair->mentor == r->mentor && r->rank <= 3;
        }
        evaluation_put_share(m, "first-choice", first, ranking);
        evaluation_put_share(m, "top-three", three, ranking);
        evaluation_put_share(m, "declined", c.declined, c.sent);
        return OK;
}

static struct err training_figure(struct measure *m)
{
        struct learning_standing_list all;
        int64_t ready = 0, matched = 0;

        TRY(learning_status_all(m->tx, &m->cohort, &all));
        for (size_t i = 0; i < all.n; i++) {
                const struct learning_status *s = &all.row[i].status;
                const struct evaluation_pair_rows *pair = pair_of(m, all.row[i].who.person, all.row[i].who.mentor);
                matched += pair != NULL;
                ready += pair && s->complete && (!s->completed_at.has || s->completed_at.v <= pair->activated_at);
        }
        evaluation_put_share(m, "training", ready, matched);
        return OK;
}

/* ---- by place ---- */

struct places { size_t n; struct evaluation_group of[MOST_PLACES]; };

static struct evaluation_group *place(struct measure *m, struct places *p, struct text name)
{
        struct text folded = text_fold(m->a, name);

        for (size_t i = 0; i < p->n; i++)
                if (text_equal(text_fold(m->a, p->of[i].name), folded))
                        return &p->of[i];
        if (p->n == MOST_PLACES - 1)
                name = text_of(msg((enum locale)m->locale, M_("elsewhere")));
        if (p->n == MOST_PLACES)
                return &p->of[MOST_PLACES - 1];
        p->of[p->n] = (struct evaluation_group) {.name = name};
        return &p->of[p->n++];
}

static struct text location_of(const struct measure *m, int64_t person)
{
        for (size_t i = 0; i < m->people.n; i++)
                if (m->people.row[i].person == person)
                        return m->people.row[i].location;
        return TEXT_ABSENT;
}

/* Places with fewer than five are taken together; what is still too small is hidden later. */
static void put_places(struct measure *m, const char *figure, const char *division, const struct places *p)
{
        struct places out = {0};
        struct evaluation_group others = {.name = text_of(msg((enum locale)m->locale, M_("all other places")))};

        for (size_t i = 0; i < p->n; i++) {
                if (p->of[i].of >= EVALUATION_K) {
                        out.of[out.n++] = p->of[i];
                        continue;
                }
                others.of += p->of[i].of;
                others.n += p->of[i].n;
        }
        if (others.of > 0 && out.n < MOST_PLACES)
                out.of[out.n++] = others;
        evaluation_put_cuts(m, figure, division, out.of, out.n, false);
}

/* By the mentee's place; those without one are in no group. */
static void by_place(struct measure *m)
{
        struct places matched = {0}, soon = {0}, completed = {0};

        for (size_t i = 0; i < m->people.n; i++) {
                const struct evaluation_people_rows *p = &m->people.row[i];
                const struct evaluation_pair_rows *pair = pair_of(m, p->person, p->mentor);
                if (p->mentor || text_empty(p->location) || !counts(p, pair))
                        continue;
                struct evaluation_group *g = place(m, &matched, p->location);
                g->of++;
                g->n += pair != NULL;
        }
        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                struct text where = location_of(m, p->mentee);
                if (text_empty(where))
                        continue;
                struct evaluation_group *g = place(m, &soon, where), *h = place(m, &completed, where);
                g->of++;
                g->n += evaluation_met_soon(p, p->activated_at);
                h->of++;
                h->n += evaluation_completed(m, p);
        }
        put_places(m, M_("Mentees who have a mentor"), M_("by place"), &matched);
        put_places(m, M_("Met within 14 days"), M_("by the mentee's place"), &soon);
        put_places(m, M_("Completed"), M_("by the mentee's place"), &completed);
}

struct err evaluation_measure_people(struct measure *m)
{
        match_figures(m);
        TRY(choice_figures(m));
        TRY(training_figure(m));
        by_place(m);
        return OK;
}
