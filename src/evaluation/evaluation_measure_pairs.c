/* What the pairs did: first meetings, rhythm, conversations, endings. */
#include "evaluation/evaluation_measure.h"

#include "journeys/journeys.h"
#include "learning/learning.h"

enum { DAY = 86400, SOON_DAYS = 14 };

static bool closed_before_its_end(const struct evaluation_pair_rows *p)
{
        int64_t end = p->planned_end - (text_is(p->end_reason, "completed") ? JOURNEYS_WIND_DOWN_DAYS * (int64_t)DAY : 0);

        return p->closed_at.has && p->closed_at.v < end;
}

bool evaluation_ended_early(const struct evaluation_pair_rows *p)
{
        return closed_before_its_end(p) && !text_is(p->end_reason, "goals-met");
}

/* Never one that is merely not closed. */
bool evaluation_completed(const struct measure *m, const struct evaluation_pair_rows *p)
{
        bool reached = (p->closed_at.has || tx_now(m->tx) >= p->planned_end) && !closed_before_its_end(p);

        return reached && p->n_met >= m->cohort.pack->minimum_meetings && p->closings > 0;
}

bool evaluation_met_soon(const struct evaluation_pair_rows *p, int64_t since)
{
        return p->first_met_at.has && p->first_met_at.v - since <= (int64_t)SOON_DAYS * DAY;
}

static void first_meeting_figures(struct measure *m)
{
        double *days = arena_array(m->a, double, m->pairs.n + 1);
        int64_t met = 0, soon = 0, start = 0, n = (int64_t)m->pairs.n;

        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                soon += evaluation_met_soon(p, p->activated_at);
                start += evaluation_met_soon(p, p->clock_start);
                if (!p->first_met_at.has)
                        continue;
                double d = (double)(p->first_met_at.v - p->activated_at) / DAY;
                days[met++] = d < 0 ? 0 : d;
        }
        double middle = met ? evaluation_median(days, (size_t)met) : 0;         /* sorts days */
        evaluation_put(m, "first-meeting-days", (struct evaluation_result) {.value = middle, .n = met, .of = n, .units = met,
                                                                            .sure = evaluation_median_interval(days, (size_t)met)});
        evaluation_put_share(m, "first-meeting-soon", soon, n);
        evaluation_put_share(m, "first-meeting-start", start, n);
}

/* Until when a pair was together, at most today. */
static int64_t end_of(const struct measure *m, const struct evaluation_pair_rows *p)
{
        int64_t end = p->closed_at.has ? p->closed_at.v : p->planned_end;

        return end < tx_now(m->tx) ? end : tx_now(m->tx);
}

/* A pause that lasts ends the months that count; one that is over begins the rhythm anew. */
static struct evaluation_months months_of(const struct measure *m, const struct evaluation_pair_rows *p, int64_t *at, size_t *from)
{
        int64_t end = p->paused_at.has && p->paused_at.v < end_of(m, p) ? p->paused_at.v : end_of(m, p);
        size_t n = 0;
        bool resumed = !p->resumed_at.has;

        for (; *from < m->contacts.n && m->contacts.row[*from].pair == p->id; ++*from) {
                int64_t t = m->contacts.row[*from].at;
                if (!resumed && t >= p->resumed_at.v) {
                        at[n++] = p->resumed_at.v;
                        resumed = true;
                }
                at[n++] = t;
        }
        if (!resumed)
                at[n++] = p->resumed_at.v;
        return evaluation_rhythm_months(at, n, p->clock_start, end, p->cadence_days);
}

static void rhythm_figure(struct measure *m)
{
        int64_t *at = arena_array(m->a, int64_t, m->contacts.n + 2);
        struct evaluation_cluster *c = arena_array(m->a, struct evaluation_cluster, m->pairs.n + 1);
        int64_t good = 0, all = 0;
        size_t from = 0, n = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                struct evaluation_months months = months_of(m, &m->pairs.row[i], at, &from);
                good += months.good;
                all += months.all;
                if (months.all)
                        c[n++] = (struct evaluation_cluster) {(double)months.good, (double)months.all};
        }
        evaluation_put(m, "on-cadence", (struct evaluation_result) {.value = all ? (double)good / (double)all : 0, .n = good, .of = all,
                                                                    .units = (int64_t)n, .sure = evaluation_clustered(c, n)});
}

static void meeting_figures(struct measure *m)
{
        double *held = arena_array(m->a, double, m->pairs.n + 1);
        int64_t n = (int64_t)m->pairs.n, sum = 0, enough = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                held[i] = (double)m->pairs.row[i].n_met;
                sum += m->pairs.row[i].n_met;
                enough += m->pairs.row[i].n_met >= m->cohort.pack->minimum_meetings;
        }
        evaluation_put(m, "meetings", (struct evaluation_result) {.value = n ? (double)sum / (double)n : 0, .n = sum, .of = n, .units = n,
                                                                  .sure = evaluation_mean_interval(held, m->pairs.n)});
        evaluation_put_share(m, "meetings-enough", enough, n);
}

static void ending_figures(struct measure *m)
{
        struct evaluation_span *span = arena_array(m->a, struct evaluation_span, m->pairs.n + 1);
        int64_t n = (int64_t)m->pairs.n, over = 0, completed = 0, together = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                bool early = evaluation_ended_early(p);
                span[i] = (struct evaluation_span) {(double)(end_of(m, p) - p->activated_at) / DAY, early};
                together += !early;
                over += tx_now(m->tx) >= p->planned_end || p->closed_at.has;
                completed += evaluation_completed(m, p);
        }
        evaluation_put(m, "persistence", (struct evaluation_result) {
                .value = evaluation_persistence(span, m->pairs.n, 1e9), .n = together, .of = n, .units = n,
                .sure = evaluation_persistence_interval(span, m->pairs.n, 1e9)});
        evaluation_put_share(m, "completion", completed, n);
        evaluation_put_share(m, "completion-due", completed, over);
}

void evaluation_measure_pairs(struct measure *m)
{
        first_meeting_figures(m);
        rhythm_figure(m);
        meeting_figures(m);
        ending_figures(m);
}
