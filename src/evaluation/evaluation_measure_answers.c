/* What people said: whether they answered, how content they are, how goals turned out, who comes back. */
#include "evaluation/evaluation_measure.h"

#include "html/messages.h"

#include <string.h>

enum { MOST_WAVES = 40, CONTENT = 4, NOT_CONTENT = 2 };

/* known: of an answer that is nobody's any more. */
static bool is_mentor(const struct measure *m, int64_t person, int64_t pair, struct opt known)
{
        bool mentor = false;

        if (known.has)
                return known.v == 1;
        for (size_t i = 0; pair && i < m->pairs.n; i++)
                if (m->pairs.row[i].id == pair)
                        return m->pairs.row[i].mentor == person;
        for (size_t i = 0; i < m->people.n; i++)
                mentor |= m->people.row[i].person == person && m->people.row[i].mentor;
        return mentor;
}

/* ---- who answered ---- */

struct waves { size_t n; struct evaluation_group of[MOST_WAVES]; };

static void count_wave(struct measure *m, struct waves *w, const struct evaluation_asked_rows *r)
{
        bool mentor = is_mentor(m, r->person, r->pair, r->as_mentor);
        struct text name = text_format(m->a, "%s, %s", text_c(m->a, r->wave),
                                       mentor ? msg((enum locale)m->locale, M_("mentors")) : msg((enum locale)m->locale, M_("mentees")));
        size_t i = 0;

        while (i < w->n && !text_equal(w->of[i].name, name))
                i++;
        if (i == MOST_WAVES)
                return;
        if (i == w->n)
                w->of[w->n++] = (struct evaluation_group) {.name = name};
        w->of[i].of++;
        w->of[i].n += r->answered;
}

/* Rows come by person. */
static struct err response_figure(struct measure *m)
{
        struct evaluation_asked_rows_list rows;
        struct evaluation_cluster *c;
        struct waves waves = {0};
        int64_t n = 0, last = 0;
        size_t people = 0;

        TRY(evaluation_asked_rows(m->tx, m->cohort.id, &rows));
        c = arena_array(m->a, struct evaluation_cluster, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_asked_rows *r = &rows.row[i];
                if (r->person != last)
                        c[people++] = (struct evaluation_cluster) {0, 0};
                last = r->person;
                c[people - 1].all++;
                c[people - 1].good += r->answered;
                n += r->answered;
                count_wave(m, &waves, r);
        }
        evaluation_put(m, "response", (struct evaluation_result) {.value = rows.n ? (double)n / (double)rows.n : 0, .n = n, .of = (int64_t)rows.n,
                                                                  .units = (int64_t)people, .sure = evaluation_clustered(c, people)});
        evaluation_put_cuts(m, M_("Answered when asked"), M_("by wave and role"), waves.of, waves.n, false);
        for (size_t i = 0; i < m->out->cuts.n; i++)
                m->out->cuts.row[i].warns |= strcmp(m->out->cuts.row[i].division, "by wave and role") == 0;
        return OK;
}

/* ---- how content they are ---- */

/* Rows come by person, the newest answer first: the first of each counts. */
static struct err satisfaction_figures(struct measure *m)
{
        struct evaluation_rating_rows_list rows;
        struct evaluation_group role[2] = {{.name = text_of(msg((enum locale)m->locale, M_("mentees")))},
                                           {.name = text_of(msg((enum locale)m->locale, M_("mentors")))}};
        int64_t of = 0, good = 0, bad = 0, person = 0;

        TRY(evaluation_rating_rows(m->tx, m->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_rating_rows *r = &rows.row[i];
                if (r->person == person)
                        continue;
                person = r->person;
                of++;
                good += r->value >= CONTENT;
                bad += r->value <= NOT_CONTENT;
                bool mentor = is_mentor(m, r->person, r->pair, r->as_mentor);
                role[mentor].of++;
                role[mentor].n += r->value >= CONTENT;
        }
        evaluation_put_share(m, "satisfied", good, of);
        evaluation_put_share(m, "unsatisfied", bad, of);
        evaluation_put_cuts(m, M_("Content with the match"), M_("by role"), role, 2, true);
        return OK;
}

/* ---- goals ---- */

/* Means of pairs go into the interval; the value is the mean over goals. Rows come by pair. */
struct goals { double sum; int64_t goals, reached; size_t pairs; double *mean; struct evaluation_cluster *share; int64_t last; };

static void count_goal(struct goals *g, int64_t pair, int64_t attainment)
{
        if (g->last != pair || g->pairs == 0) {
                g->share[g->pairs] = (struct evaluation_cluster) {0, 0};
                g->mean[g->pairs++] = 0;
        }
        g->last = pair;
        struct evaluation_cluster *s = &g->share[g->pairs - 1];
        g->mean[g->pairs - 1] = (g->mean[g->pairs - 1] * s->all + (double)attainment) / (s->all + 1);
        s->all++;
        s->good += attainment >= 0;
        g->reached += attainment >= 0;
        g->sum += (double)attainment;
        g->goals++;
}

static struct goals no_goals(struct measure *m, size_t n)
{
        return (struct goals) {.mean = arena_array(m->a, double, n + 1), .share = arena_array(m->a, struct evaluation_cluster, n + 1)};
}

static void put_goals(struct measure *m, const char *key, const struct goals *g)
{
        struct evaluation_interval sure = evaluation_mean_interval(g->mean, g->pairs);

        evaluation_put(m, key, (struct evaluation_result) {.value = g->goals ? g->sum / (double)g->goals : 0, .n = g->goals, .of = g->goals,
                                                           .units = (int64_t)g->pairs,
                                                           .sure = {sure.has, sure.low < -2 ? -2 : sure.low, sure.high > 2 ? 2 : sure.high}});
}

static struct err goal_figures(struct measure *m)
{
        struct evaluation_goal_rows_list rows;
        struct goals mentee, mentor;

        TRY(evaluation_goal_rows(m->tx, m->cohort.id, &rows));
        mentee = no_goals(m, rows.n);
        mentor = no_goals(m, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_goal_rows *r = &rows.row[i];
                if (r->attainment.has)
                        count_goal(&mentee, r->pair, r->attainment.v);
                if (r->mentor_attainment.has)
                        count_goal(&mentor, r->pair, r->mentor_attainment.v);
        }
        put_goals(m, "goals-mentee", &mentee);
        put_goals(m, "goals-mentor", &mentor);
        evaluation_put(m, "goals-reached", (struct evaluation_result) {
                .value = mentee.goals ? (double)mentee.reached / (double)mentee.goals : 0, .n = mentee.reached, .of = mentee.goals,
                .units = (int64_t)mentee.pairs, .sure = evaluation_clustered(mentee.share, mentee.pairs)});
        return OK;
}

/* ---- who comes back ---- */

/* Said on the closing cards or in the last survey. Rows come by person and role. */
static struct err return_figures(struct measure *m)
{
        struct evaluation_finished_rows_list rows;
        int64_t finished[2] = {0}, again[2] = {0};

        TRY(evaluation_finished_rows(m->tx, m->cohort.id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                finished[rows.row[i].mentor]++;
                again[rows.row[i].mentor] += rows.row[i].again || rows.row[i].said_so;
        }
        evaluation_put_share(m, "mentor-return", again[1], finished[1]);
        evaluation_put_share(m, "mentee-mentor", again[0], finished[0]);
        return OK;
}

struct err evaluation_measure_answers(struct measure *m)
{
        TRY(response_figure(m));
        TRY(satisfaction_figures(m));
        TRY(goal_figures(m));
        return return_figures(m);
}
