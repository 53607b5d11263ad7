/* /desk/matching/what-if: sliders, and what they would do. */
#include "matching/matching_desk.h"

#include "matching/matching.sql.h"
#include "matching/matching_whatif.html.h"
#include "people/people.h"

#include <string.h>

enum { MOVES_SHOWN = 10, PERCENT = MATCHING_ONE / 100, HOUR = 60, FLOORS = 5 };

/* What stands in a field: what came back with a form, else what was asked in the address. */
static struct text given(struct request *rq, const char *name)
{
        return rq->page.echo ? form_typed(rq->page.echo, name) : rq_query(rq, name);
}

static void take(struct request *rq, const char *name, int64_t most, int64_t *value)
{
        int64_t n;

        if (text_int(given(rq, name), &n) && n >= 0)
                *value = n < most ? n : most;
}

static void take_int(struct request *rq, const char *name, int64_t most, int64_t unit, int32_t *value)
{
        int64_t n = *value / unit;

        take(rq, name, most, &n);
        if (n != *value / unit)         /* a finer value stays as it is while nobody moves it */
                *value = (int32_t)(n * unit);
}

static bool is_tried(struct request *rq) { return rq->page.echo || text_is(rq_query(rq, "tried"), "1"); }

static void read_weights(struct request *rq, struct matching_weights *w)
{
        for (int i = 0; i < MATCHING_SLIDERS; i++)
                take_int(rq, matching_part_name((enum matching_part)i), 100, 1, &w->part[i]);
        take_int(rq, "floor_total", 100, PERCENT, &w->floor_total);
        take_int(rq, "floor_goals", 100, PERCENT, &w->floor_goals);
        take_int(rq, "zone_hours", 26, HOUR, &w->max_zone_minutes);
        take_int(rq, "common_hours", 40, 2, &w->least_half_hours);
        take_int(rq, "level_gap", 5, 1, &w->least_level_gap);
        if (is_tried(rq)) {
                w->same_team_allowed = text_is(given(rq, "same_team_allowed"), "1");
                w->different_function = text_is(given(rq, "different_function"), "1");
        }
}

/* ---- the sliders ---- */

/* What is not known moves nothing: those sliders stand apart. */
static void fill_parts(struct request *rq, const struct matching_weights *w, struct matching_whatif_view *v)
{
        v->parts = (struct matching_slider_list) {.row = arena_array(rq->arena, struct matching_slider, MATCHING_SLIDERS)};
        v->idle = (struct matching_slider_list) {.row = arena_array(rq->arena, struct matching_slider, MATCHING_SLIDERS)};
        for (int k = 0; k < MATCHING_SLIDERS; k++) {
                struct matching_slider_list *out = v->what.looked && !v->what.known[k] ? &v->idle : &v->parts;
                out->row[out->n++] = (struct matching_slider) {
                        .name = matching_part_name((enum matching_part)k), .label = matching_part_title((enum matching_part)k),
                        .value = w->part[k], .high = 100, .step = 1};
        }
}

static void fill_floors(struct request *rq, const struct matching_weights *w, struct matching_slider_list *out)
{
        const struct matching_slider all[FLOORS] = {
                {"floor_total", M_("Lowest fit that may be proposed"), NULL, w->floor_total / PERCENT, 0, 0, 100, 1, M_("per cent")},
                {"floor_goals", M_("Lowest fit of goals and skills"), M_("Whoever says nothing is never shut out by this."),
                 w->floor_goals / PERCENT, 0, 0, 100, 1, M_("per cent")},
                {"zone_hours", M_("Time zones apart at most"), NULL, w->max_zone_minutes / HOUR, 0, 0, 26, 1, M_("hours")},
                {"common_hours", M_("Hours in common that are enough all the same"), M_("Across more zones than that, so many shared hours a week will do."),
                 w->least_half_hours / 2, 0, 0, 40, 1, M_("a week")},
                {"level_gap", M_("Steps of experience between them, at least"), M_("0: it does not matter."), w->least_level_gap, 0, 0, 5, 1,
                 M_("steps")},
        };

        *out = (struct matching_slider_list) {.n = FLOORS, .row = arena_array(rq->arena, struct matching_slider, FLOORS)};
        memcpy(out->row, all, sizeof all);
}

/* ---- the page ---- */

static struct err fill_author(struct request *rq, int64_t cohort, struct matching_whatif_view *v)
{
        struct matching_weights_row row;
        struct people_person by;
        bool found;

        TRY(matching_weights_row(rq->tx, cohort, &found, &row));
        if (!found)
                return OK;
        v->reason = row.reason;
        v->at = zone_day(rq->page.zone, row.at);
        v->by = text_of(msg(rq->page.locale, M_("the program")));
        if (row.by_person) {
                TRY(people_get(rq->tx, row.by_person, &by));
                v->by = by.first_name;
        }
        return OK;
}

static const char *wrong(const struct matching_weights *w)
{
        for (int i = 0; i < MATCHING_SLIDERS; i++)
                if (w->part[i] > 0)
                        return NULL;
        return M_("Give at least one part a weight.");
}

static struct err fill_effect(struct request *rq, const struct programmes_cohort *c, const struct matching_names *names, const struct matching_weights *w,
                              struct matching_whatif_view *v)
{
        struct matching_whatif *what = &v->what;

        if (wrong(w)) {
                v->wrong = text_of(msg(rq->page.locale, wrong(w)));
                return OK;
        }
        TRY(matching_whatif(rq->tx, rq->who, c->id, w, matching_objective_of(v->aim), matching_asked_to_work(rq), MOVES_SHOWN, what));
        v->mean_now = what->now.pairs ? matching_percent(what->now.total / what->now.pairs) : 0;
        v->mean_then = what->then.pairs ? matching_percent(what->then.total / what->then.pairs) : 0;
        v->lowest_now = matching_percent(what->now.lowest);
        v->lowest_then = matching_percent(what->then.lowest);
        matching_moved_lines(rq->arena, names, what->move, what->listed, &v->moved);
        return OK;
}

static struct err fill_aim(struct request *rq, int64_t cohort, struct matching_whatif_view *v)
{
        struct matching_run_last last = {0};
        bool found;

        TRY(matching_run_last(rq->tx, cohort, &found, &last));
        struct text aim = given(rq, "objective");
        v->aim = text_of(matching_objective_name(matching_objective_of(aim.n ? aim : found ? last.objective : TEXT("total"))));
        matching_aim_options(rq, &v->aims);
        return OK;
}

struct err matching_whatif_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("What if"));
        struct matching_whatif_view v = {.tabs = {MATCHING_TAB_WHATIF}};
        struct matching_weights weights;
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(matching_weights_of(rq->tx, c.id, &weights));
        if (text_is(rq_query(rq, "usual"), "1"))
                weights = matching_weights_default;
        read_weights(rq, &weights);
        TRY(fill_aim(rq, c.id, &v));
        TRY(fill_author(rq, c.id, &v));
        fill_floors(rq, &weights, &v.floors);
        v.same_team_allowed = weights.same_team_allowed;
        v.different_function = weights.different_function;
        TRY(fill_effect(rq, &c, &names, &weights, &v));
        fill_parts(rq, &weights, &v);
        if (rq_fragment(rq))
                reply_page(rq, re, NULL, matching_whatif_part, &v);
        else
                reply_page(rq, re, &shell, matching_whatif_page, &v);
        return OK;
}

/* ---- keeping them ---- */

static void weights_of(const struct matching_weights_form *f, struct matching_weights *w)
{
        for (int i = 0; i < MATCHING_SLIDERS; i++)
                w->part[i] = (int32_t)f->part[i];
        w->floor_total = (int32_t)f->floor_total * PERCENT;
        w->floor_goals = (int32_t)f->floor_goals * PERCENT;
        w->max_zone_minutes = (int32_t)f->zone_hours * HOUR;
        w->least_half_hours = (int32_t)f->common_hours * 2;
        w->least_level_gap = (int32_t)f->level_gap;
        w->same_team_allowed = f->same_team_allowed;
        w->different_function = f->different_function;
}

static struct err weights_wanted(struct request *rq, int64_t cohort, struct matching_weights *w)
{
        TRY(matching_weights_of(rq->tx, cohort, w));
        weights_of(FORM(rq, struct matching_weights_form), w);
        return OK;
}

static struct err find(struct tx *tx, void *in)
{
        struct request *rq = in;
        struct matching_weights *weights = arena_new_of(rq->arena, struct matching_weights);
        struct matching_found *found;
        struct programmes_cohort c;

        TRY(matching_here(tx, rq, &c));
        TRY(weights_wanted(rq, c.id, weights));
        TRY(matching_find(tx, rq->who, c.id, FORM(rq, struct matching_weights_form)->objective, weights, &found));
        rq->prepared = found;
        return OK;
}

struct err matching_whatif_prepare(struct request *rq)
{
        return text_is(FORM(rq, struct matching_weights_form)->act, "use") ? OK : matching_before(rq, find);
}

struct err matching_whatif_post(struct request *rq, struct reply *re)
{
        const struct matching_weights_form *f = FORM(rq, struct matching_weights_form);
        struct matching_summary summary;
        struct matching_weights weights;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(weights_wanted(rq, c.id, &weights));
        TRY(matching_weights_set(rq->tx, rq->who, c.id, &weights, f->reason));
        if (text_is(f->act, "use")) {
                reply_flash(re, "These weights hold from the next run on.");
                reply_see(re, "/desk/matching/what-if");
                return OK;
        }
        TRY(matching_keep(rq->tx, rq->who, rq->prepared, &summary));
        reply_flash(re, "The proposals are ready to read.");
        reply_see(re, "/desk/matching");
        return OK;
}
