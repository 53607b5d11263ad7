/* What the programme did: calls, gatherings, flags. */
#include "evaluation/evaluation_measure.h"

enum { DAY = 86400, RED_DAYS = 2 };

static struct err gathering_figures(struct measure *m)
{
        struct evaluation_seat_rows_list rows;
        struct evaluation_cluster *live, *seen;
        int64_t n_live = 0, n_seen = 0, seats = 0;

        TRY(evaluation_seat_rows(m->tx, m->cohort.id, &rows));
        live = arena_array(m->a, struct evaluation_cluster, rows.n + 1);
        seen = arena_array(m->a, struct evaluation_cluster, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_seat_rows *r = &rows.row[i];
                live[i] = (struct evaluation_cluster) {(double)r->live, (double)r->seats};
                seen[i] = (struct evaluation_cluster) {(double)r->seen, (double)r->seats};
                n_live += r->live;
                n_seen += r->seen;
                seats += r->seats;
        }
        evaluation_put(m, "attendance-live", (struct evaluation_result) {
                .value = seats ? (double)n_live / (double)seats : 0, .n = n_live, .of = seats, .units = (int64_t)rows.n,
                .sure = evaluation_clustered(live, rows.n)});
        evaluation_put(m, "attendance-any", (struct evaluation_result) {
                .value = seats ? (double)n_seen / (double)seats : 0, .n = n_seen, .of = seats, .units = (int64_t)rows.n,
                .sure = evaluation_clustered(seen, rows.n)});
        return OK;
}

static struct err flag_figures(struct measure *m)
{
        struct evaluation_flag_rows_list rows;
        double *days;
        int64_t settled = 0, red = 0, in_time = 0, today = zone_day(m->cohort.zone, tx_now(m->tx));

        TRY(evaluation_flag_rows(m->tx, m->cohort.id, &rows));
        days = arena_array(m->a, double, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                const struct evaluation_flag_rows *r = &rows.row[i];
                int64_t opened = zone_day(m->cohort.zone, r->opened_at);
                struct opt acted = r->called_at;
                if (r->closed_at.has && (!acted.has || r->closed_at.v < acted.v))
                        acted = r->closed_at;
                if (r->closed_at.has)
                        days[settled++] = (double)(r->closed_at.v - r->opened_at) / DAY;
                bool good = acted.has && evaluation_working_days(opened, zone_day(m->cohort.zone, acted.v)) <= RED_DAYS;
                if (r->level != 2 || (!good && evaluation_working_days(opened, today) <= RED_DAYS))
                        continue;       /* still time to act */
                red++;
                in_time += good;
        }
        double middle = settled ? evaluation_median(days, (size_t)settled) : 0; /* sorts days */
        evaluation_put(m, "flag-days", (struct evaluation_result) {.value = middle, .n = settled, .of = (int64_t)rows.n, .units = settled,
                                                                   .sure = evaluation_median_interval(days, (size_t)settled)});
        evaluation_put_share(m, "red-in-time", in_time, red);
        return OK;
}

struct err evaluation_measure_work(struct measure *m)
{
        struct evaluation_call_counts c;

        TRY(evaluation_call_counts(m->tx, m->cohort.id, tx_now(m->tx), &c));
        evaluation_put_share(m, "calls", c.done, c.due);
        TRY(gathering_figures(m));
        return flag_figures(m);
}
