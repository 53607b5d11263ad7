/* What a cohort weighs, kept as lines of "name value" so that a new part or limit needs no migration. */
#include "base/out.h"
#include "matching/matching.h"
#include "matching/matching.sql.h"
#include "matching/matching_dossier.h"
#include "people/people.h"
#include "programmes/programmes.h"

#include <string.h>

enum { WEIGHT_MOST = 1000 };

/* The limits beside the weights, by name. */
static int32_t *limit_of(struct matching_weights *w, struct text name)
{
        const struct { const char *name; int32_t *at; } all[] = {
                {"floor_total", &w->floor_total}, {"floor_goals", &w->floor_goals},
                {"max_zone_minutes", &w->max_zone_minutes}, {"least_half_hours", &w->least_half_hours},
                {"least_level_gap", &w->least_level_gap},
        };

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(name, all[i].name))
                        return all[i].at;
        for (int i = 0; i < MATCHING_PARTS; i++)
                if (text_is(name, matching_part_name((enum matching_part)i)))
                        return &w->part[i];
        return NULL;
}

struct text matching_weights_text(struct arena *a, const struct matching_weights *w)
{
        struct out o = out_new(a, 256);

        for (int i = 0; i < MATCHING_PARTS; i++)
                out_format(&o, "%s %d\n", matching_part_name((enum matching_part)i), w->part[i]);
        out_format(&o, "floor_total %d\nfloor_goals %d\nmax_zone_minutes %d\nleast_half_hours %d\nleast_level_gap %d\n",
                   w->floor_total, w->floor_goals, w->max_zone_minutes, w->least_half_hours, w->least_level_gap);
        out_format(&o, "same_team_allowed %d\ndifferent_function %d\n", w->same_team_allowed, w->different_function);
        return out_get(&o);
}

void matching_weights_read(struct text lines, struct matching_weights *w)
{
        *w = matching_weights_default;
        while (lines.n) {
                struct text value, name = text_cut(text_cut(lines, '\n', &lines), ' ', &value);
                int32_t *at = limit_of(w, name);
                int64_t n;
                if (!text_int(value, &n))
                        continue;
                if (at)
                        *at = (int32_t)n;
                else if (text_is(name, "same_team_allowed"))
                        w->same_team_allowed = n != 0;
                else if (text_is(name, "different_function"))
                        w->different_function = n != 0;
        }
}

struct err matching_weights_of(struct tx *tx, int64_t cohort, struct matching_weights *out)
{
        struct matching_weights_row r;
        bool found;

        TRY(matching_weights_row(tx, cohort, &found, &r));
        matching_weights_read(found ? r.weights : TEXT(""), out);
        return OK;
}

static struct err check(const struct matching_weights *w)
{
        int64_t sum = 0;

        for (int i = 0; i < MATCHING_PARTS; i++) {
                if (w->part[i] < 0 || w->part[i] > WEIGHT_MOST)
                        return FAIL_AT(ERR_INVALID, "A weight lies outside 0 to 1000", matching_part_name((enum matching_part)i),
                                       "Choose one within");
                sum += w->part[i];
        }
        if (sum == 0)
                return FAIL(ERR_INVALID, "All weights are zero", "Give at least one part a weight");
        if (w->floor_total < 0 || w->floor_total > MATCHING_ONE || w->floor_goals < 0 || w->floor_goals > MATCHING_ONE)
                return FAIL(ERR_INVALID, "A floor lies outside 0 to 100 per cent", "Choose one within");
        return OK;
}

struct err matching_weights_set(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_weights *w, struct text reason)
{
        TRY(programmes_staff(tx, who, cohort));
        TRY(check(w));
        if (text_empty(text_trim(reason)))
                return FAIL_AT(ERR_INVALID, "A reason is needed", "reason", "One sentence: it stays with the weights, for staff only");
        TRY(matching_weights_put(tx, cohort, matching_weights_text(tx_arena(tx), w), who->person, tx_now(tx), text_trim(reason)));
        return people_audit(tx, who, "matching.weights", 0, cohort, "");
}
