/* Who looks after which pair, on this day. */
#include "desk/desk_parts.h"

#include "programmes/programmes.h"

struct err desk_load_of(struct tx *tx, int64_t cohort, struct desk_load *out)
{
        struct programmes_cohort c;
        struct desk_marks_list rows;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(desk_marks(tx, cohort, zone_day(c.zone, tx_now(tx)), &rows));
        *out = (struct desk_load) {.row = arena_array(tx_arena(tx), struct desk_mark, rows.n + 1)};
        for (; out->n < rows.n; out->n++) {
                const struct desk_marks *r = &rows.row[out->n];
                out->row[out->n] = (struct desk_mark) {
                        .pair = r->pair, .owner = r->owner, .level = r->level, .mentor = r->mentor, .mentee = r->mentee,
                        .owner_name = r->owner_name, .state = r->state, .covering = r->covering, .unreached = r->unreached > 0};
                out->split |= out->n > 0 && r->owner != out->row[0].owner;
        }
        TRY(desk_stand_in(tx, cohort, c.coordinator, &out->lead));
        out->split |= out->n > 0 && (out->row[0].owner != out->lead || out->lead != c.coordinator);
        return OK;
}

const struct desk_mark *desk_mark_of(const struct desk_load *l, int64_t pair)
{
        size_t low = 0, high = l->n;

        while (low < high) {
                size_t mid = (low + high) / 2;
                if (l->row[mid].pair == pair)
                        return &l->row[mid];
                if (l->row[mid].pair < pair)
                        low = mid + 1;
                else
                        high = mid;
        }
        return NULL;
}

bool desk_is_of(const struct desk_load *l, int64_t person, int64_t pair)
{
        const struct desk_mark *m = pair ? desk_mark_of(l, pair) : NULL;

        return m ? m->owner == person : l->lead == person;
}

bool desk_only_mine(const struct desk_load *l, int64_t person, struct text whose)
{
        if (!l->split || text_is(whose, "all"))
                return false;
        if (l->lead == person || text_is(whose, "mine"))
                return true;
        for (size_t i = 0; i < l->n; i++)
                if (l->row[i].owner == person)
                        return true;
        return false;
}

struct err desk_stand_in(struct tx *tx, int64_t cohort, int64_t person, int64_t *to)
{
        struct programmes_cohort c;
        struct desk_stand_in_row row;
        bool found;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(desk_stand_in_row(tx, cohort, person, zone_day(c.zone, tx_now(tx)), &found, &row));
        *to = found ? row.to_person : person;
        return OK;
}

struct err desk_views_of(struct tx *tx, int64_t person, struct desk_view_lines *out)
{
        struct desk_views_list rows;

        TRY(desk_views(tx, person, &rows));
        *out = (struct desk_view_lines) {.row = arena_array(tx_arena(tx), struct desk_view_line, rows.n + 1)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = (struct desk_view_line) {rows.row[out->n].id, rows.row[out->n].name, rows.row[out->n].filter};
        return OK;
}

struct err desk_standing(struct tx *tx, int64_t cohort, struct desk_standing_list *out)
{
        struct programmes_cohort c;
        struct desk_covers_list rows;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(desk_covers(tx, cohort, zone_day(c.zone, tx_now(tx)), &rows));
        *out = (struct desk_standing_list) {.row = arena_array(tx_arena(tx), struct desk_standing, rows.n + 1)};
        for (; out->n < rows.n; out->n++) {
                const struct desk_covers *r = &rows.row[out->n];
                out->row[out->n] = (struct desk_standing) {.from = r->from_person, .to = r->to_person, .from_day = r->from_day,
                                                           .until_day = r->until_day, .from_name = r->from_name, .note = r->note};
        }
        return OK;
}
