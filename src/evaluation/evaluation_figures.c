/* The figures of a cohort, each with what it was counted from. */
#include "evaluation/evaluation.h"

#include "evaluation/evaluation.sql.h"
#include "evaluation/evaluation_rules.h"
#include "evaluation/evaluation_web.h"
#include "base/out.h"
#include "html/format.h"
#include "learning/learning.h"
#include "people/people.h"

enum { DAY = 86400, SOON_DAYS = 14, MOST_FIGURES = 24 };

struct measure {
        struct tx *tx;
        struct programmes_cohort cohort;
        struct evaluation_pair_rows_list pairs;
        struct evaluation_contact_rows_list contacts;
        struct evaluation_figures *out;
};

static void add(struct measure *m, const char *key, const char *title, const char *formula, const char *unit, double value, int64_t n, int64_t of)
{
        m->out->row[m->out->n++] = (struct evaluation_figure) {
                .key = key, .title = title, .formula = formula, .unit = unit, .value = value, .n = n, .of = of, .shown = of > 0};
}

static void add_share(struct measure *m, const char *key, const char *title, const char *formula, int64_t n, int64_t of)
{
        add(m, key, title, formula, "share", of ? (double)n / (double)of : 0, n, of);
}

static bool is_eligible(struct text state) { return !text_is(state, "invited") && !text_is(state, "applied") && !text_is(state, "declined"); }
static bool is_matched(struct text state) { return text_is(state, "matched") || text_is(state, "done") || text_is(state, "left"); }

static bool has_pair(const struct programmes_participant *p) { return is_matched(p->state); }

static struct err people_figures(struct measure *m)
{
        struct learning_standing_list all;
        int64_t eligible[2] = {0}, matched[2] = {0}, trained = 0;

        TRY(learning_status_all(m->tx, &m->cohort, &all));
        for (size_t i = 0; i < all.n; i++) {
                const struct programmes_participant *p = &all.row[i].who;
                eligible[p->mentor] += is_eligible(p->state);
                matched[p->mentor] += has_pair(p);
                trained += has_pair(p) && all.row[i].status.complete;
        }
        add_share(m, "match-mentee", M_("Mentees who have a mentor"), M_("people in a pair, of those accepted"), matched[0], eligible[0]);
        add_share(m, "match-mentor", M_("Mentors who have a mentee"), M_("people in a pair, of those accepted"), matched[1], eligible[1]);
        add_share(m, "training", M_("Core training done"), M_("people with every required module, of those in a pair"), trained,
                  matched[0] + matched[1]);
        return OK;
}

static void first_meeting_figures(struct measure *m)
{
        double *days = arena_array(tx_arena(m->tx), double, m->pairs.n + 1);
        int64_t met = 0, soon = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                if (!p->first_met_at.has)
                        continue;
                double d = (double)(p->first_met_at.v - p->clock_start) / DAY;
                days[met++] = d < 0 ? 0 : d;
                soon += d <= SOON_DAYS;
        }
        add(m, "first-meeting-days", M_("Time to the first meeting"), M_("middle value of the days from the start of a pair to its first conversation"),
            "days", met ? evaluation_median(days, (size_t)met) : 0, met, met);
        add_share(m, "first-meeting-soon", M_("Met within 14 days"), M_("pairs whose first conversation came within 14 days, of all pairs"), soon,
                  (int64_t)m->pairs.n);
}

static int64_t end_of(const struct measure *m, const struct evaluation_pair_rows *p)
{
        int64_t end = p->closed_at.has ? p->closed_at.v : p->planned_end;

        return end < tx_now(m->tx) ? end : tx_now(m->tx);
}

static void rhythm_figure(struct measure *m)
{
        int64_t *at = arena_array(tx_arena(m->tx), int64_t, m->contacts.n + 1);
        int64_t good = 0, all = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                size_t n = 0;
                for (size_t k = 0; k < m->contacts.n; k++)
                        if (m->contacts.row[k].pair == p->id)
                                at[n++] = m->contacts.row[k].at;
                struct evaluation_months months = evaluation_rhythm_months(at, n, p->clock_start, end_of(m, p), p->cadence_days);
                good += months.good;
                all += months.all;
        }
        add_share(m, "on-cadence", M_("In rhythm"), M_("months of a pair without a gap longer than its cadence and seven days, of all months of pairs"),
                  good, all);
}

static bool ended_early(const struct evaluation_pair_rows *p)
{
        return p->closed_at.has && p->closed_at.v < p->planned_end && !text_is(p->end_reason, "goals-met") && !text_is(p->end_reason, "completed");
}

static void ending_figures(struct measure *m)
{
        struct evaluation_span *span = arena_array(tx_arena(m->tx), struct evaluation_span, m->pairs.n + 1);
        int64_t meetings = 0, enough = 0, complete = 0, reached = 0;

        for (size_t i = 0; i < m->pairs.n; i++) {
                const struct evaluation_pair_rows *p = &m->pairs.row[i];
                bool at_end = tx_now(m->tx) >= p->planned_end;
                meetings += p->n_met;
                enough += p->n_met >= m->cohort.pack->minimum_meetings;
                reached += at_end || p->closed_at.has;
                complete += at_end && !ended_early(p) && p->n_met >= m->cohort.pack->minimum_meetings && p->closings > 0;
                span[i] = (struct evaluation_span) {(double)(end_of(m, p) - p->activated_at) / DAY, ended_early(p)};
        }
        int64_t n = (int64_t)m->pairs.n;
        add(m, "meetings", M_("Conversations of a pair"), M_("conversations held, over all pairs"), "count", n ? (double)meetings / (double)n : 0, meetings, n);
        add_share(m, "meetings-enough", M_("Pairs with enough conversations"), M_("pairs that have reached the least number for the whole programme, of all pairs"), enough, n);
        add(m, "persistence", M_("Still together"), M_("Kaplan and Meier: the share of pairs not ended early by today"), "share",
            evaluation_persistence(span, m->pairs.n, 1e9), n, n);
        add_share(m, "completion", M_("Completed"), M_("pairs that reached their planned end with enough conversations and a proper ending, of all pairs whose time is over"),
                  complete, reached);
}

static struct err other_figures(struct measure *m)
{
        struct evaluation_gathering_counts g;
        struct evaluation_call_counts c;
        struct evaluation_response_list r;
        int64_t asked = 0, answered = 0;

        TRY(evaluation_gathering_counts(m->tx, m->cohort.id, &g));
        TRY(evaluation_call_counts(m->tx, m->cohort.id, tx_now(m->tx), &c));
        TRY(evaluation_response(m->tx, m->cohort.id, &r));
        for (size_t i = 0; i < r.n; i++) {
                asked += r.row[i].asked;
                answered += r.row[i].answered;
        }
        add_share(m, "attendance-live", M_("Came to the gatherings"), M_("people who were there live, of those invited"), g.live, g.seats);
        add_share(m, "attendance-any", M_("Came or saw the recording"), M_("people who were there or saw the recording, of those invited"), g.seen, g.seats);
        add_share(m, "calls", M_("Calls made as planned"), M_("calls made, of those whose time is over"), c.done, c.due);
        add_share(m, "response", M_("Answered when asked"), M_("pulses and surveys answered, of those sent"), answered, asked);
        return OK;
}

static struct err may_see(struct tx *tx, const struct who *who, const struct programmes_cohort *c)
{
        return people_must_have(tx, who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR | ROLE_SPONSOR, c->programme);
}

static struct err measure_all(struct tx *tx, int64_t cohort, struct evaluation_figures *out)
{
        struct measure m = {.tx = tx, .out = out};

        *out = (struct evaluation_figures) {.row = arena_array(tx_arena(tx), struct evaluation_figure, MOST_FIGURES)};
        TRY(programmes_cohort(tx, cohort, &m.cohort));
        TRY(evaluation_pair_rows(tx, cohort, &m.pairs));
        TRY(evaluation_contact_rows(tx, cohort, &m.contacts));
        TRY(people_figures(&m));
        first_meeting_figures(&m);
        rhythm_figure(&m);
        ending_figures(&m);
        return other_figures(&m);
}

struct err evaluation_figures(struct tx *tx, const struct who *who, int64_t cohort, struct evaluation_figures *out)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(may_see(tx, who, &c));
        return measure_all(tx, cohort, out);
}

struct text evaluation_value_text(struct arena *a, enum locale l, const struct evaluation_figure *f)
{
        if (!f->shown)
                return text_of(msg(l, M_("not yet")));
        if (text_is(text_of(f->unit), "share"))
                return format_percent(a, l, f->value);
        struct text number = format_number(a, l, f->value, 1);
        return text_is(text_of(f->unit), "days") ? msg_with(a, l, M_("{number} days"), "number", number, NULL) : number;
}

struct evaluation_figure_lines evaluation_lines(struct arena *a, enum locale l, const struct evaluation_figures *figures)
{
        struct evaluation_figure_lines lines = {.row = arena_array(a, struct evaluation_figure_line, figures->n)};

        for (; lines.n < figures->n; lines.n++) {
                const struct evaluation_figure *f = &figures->row[lines.n];
                lines.row[lines.n] = (struct evaluation_figure_line) {
                        .title = msg(l, f->title), .formula = msg(l, f->formula), .value = evaluation_value_text(a, l, f),
                        .n = f->n, .of = f->of, .percent = (int64_t)(f->value * 100 + 0.5),
                        .share = text_is(text_of(f->unit), "share"), .shown = f->shown};
        }
        return lines;
}

struct err evaluation_sponsor_list(struct tx *tx, int64_t cohort, int locale, struct text *out)
{
        struct out o = out_new(tx_arena(tx), 1024);
        enum locale l = (enum locale)locale;
        struct evaluation_figures figures;

        TRY(measure_all(tx, cohort, &figures));
        for (size_t i = 0; i < figures.n; i++) {
                const struct evaluation_figure *f = &figures.row[i];
                if (f->shown)
                        out_format(&o, "- %s: %s\n", msg(l, f->title), evaluation_value_text(tx_arena(tx), l, f).p);
        }
        *out = out_get(&o);
        return OK;
}
