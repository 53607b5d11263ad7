/* Seats: who sits in which sitting, and who has none. */
#include "gatherings/gatherings.h"
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_rules.h"
#include "gatherings/gatherings_web.h"
#include "people/people.h"

#include <stdlib.h>

/* ---- who has to be covered ---- */

struct member {
        int64_t person;
        const struct zone *zone;
};

/*
 * The people of a cohort that gatherings are for, once each and ascending, and how many there are in each zone.
 */
struct members {
        size_t n;
        struct member *row;
        size_t n_zones;
        const struct zone **zones;
        int64_t *people;
};

static void count_zone(struct members *m, const struct zone *z)
{
        for (size_t i = 0; i < m->n_zones; i++) {
                if (m->zones[i] == z) {
                        m->people[i]++;
                        return;
                }
        }
        m->zones[m->n_zones] = z;
        m->people[m->n_zones++] = 1;
}

static int by_person(const void *a, const void *b)
{
        const struct member *x = a, *y = b;

        return (x->person > y->person) - (x->person < y->person);
}

static struct err members_of(struct tx *tx, int64_t cohort, struct members *m)
{
        struct programmes_participant_list all;
        size_t n = 0;

        TRY(programmes_participants(tx, cohort, &all));
        *m = (struct members) {.row = arena_array(tx_arena(tx), struct member, all.n),
                               .zones = arena_array(tx_arena(tx), const struct zone *, all.n),
                               .people = arena_array(tx_arena(tx), int64_t, all.n)};
        for (size_t i = 0; i < all.n; i++) {
                const struct zone *z = zone_find(all.row[i].zone);
                if (gatherings_comes(&all.row[i]))
                        m->row[n++] = (struct member) {all.row[i].person, z ? z : zone_utc()};
        }
        qsort(m->row, n, sizeof *m->row, by_person);
        for (size_t i = 0; i < n; i++) {
                if (i > 0 && m->row[i].person == m->row[m->n - 1].person)
                        continue;
                m->row[m->n++] = m->row[i];
                count_zone(m, m->row[i].zone);
        }
        return OK;
}

/* ---- sittings that cover them ---- */

static struct gatherings_need need_of(const struct programmes_cohort *c,
                                      const struct gatherings_gathering *g, const struct members *m)
{
        return (struct gatherings_need) {.staff = c->zone,
                                         .day = g->day,
                                         .minutes = g->minutes,
                                         .zones = m->zones,
                                         .people = m->people,
                                         .n = m->n_zones};
}

/* Do the sittings there are suffice? Then nothing moves. */
static bool suffices(const struct gatherings_need *need, const struct gatherings_gathering *g)
{
        int64_t have[GATHERINGS_MOST_SITTINGS], out[GATHERINGS_MOST_SITTINGS];
        struct gatherings_need all = *need;

        for (all.n_kept = 0; all.n_kept < g->n_sittings && all.n_kept < GATHERINGS_MOST_SITTINGS;
             all.n_kept++) {
                have[all.n_kept] = g->sittings[all.n_kept].starts_at;
                all.no_more |= g->sittings[all.n_kept].fixed;
        }
        all.kept = have;
        return g->n_sittings > 0 && gatherings_cover(&all, out) == all.n_kept;
}

static bool has_start(const int64_t *starts, size_t n, int64_t at)
{
        for (size_t i = 0; i < n; i++)
                if (starts[i] == at)
                        return true;
        return false;
}

static bool stays(const struct gatherings_sitting *s)
{
        return s->fixed || s->join_url.p || s->held;
}

/*
 * Sittings nobody chose make room for those that are needed; new ones come in. *gone are deleted
 * once nobody sits there.
 */
static struct err rearrange(struct tx *tx, const struct gatherings_need *need,
                            const struct gatherings_gathering *g, struct gatherings_gathering *now)
{
        int64_t kept[GATHERINGS_MOST_SITTINGS], out[GATHERINGS_MOST_SITTINGS],
                had[GATHERINGS_MOST_SITTINGS];
        struct gatherings_need again = *need;
        size_t n_had = 0;

        for (size_t i = 0; i < g->n_sittings && again.n_kept < GATHERINGS_MOST_SITTINGS; i++) {
                if (stays(&g->sittings[i]))
                        kept[again.n_kept++] = g->sittings[i].starts_at;
                again.no_more |= g->sittings[i].fixed;
                had[n_had++] = g->sittings[i].starts_at;
        }
        again.kept = kept;
        size_t n = gatherings_cover(&again, out);
        for (size_t i = 0; i < n; i++)
                if (!has_start(had, n_had, out[i]))
                        TRY(gatherings_make_sitting(tx, g->id, out[i], g->minutes, false));
        TRY(gatherings_one(tx, g->id, now));
        size_t left = 0;
        for (size_t i = 0; i < now->n_sittings; i++)
                if (has_start(out, n, now->sittings[i].starts_at))
                        now->sittings[left++] = now->sittings[i];
        now->n_sittings = left;
        return OK;
}

static size_t index_of(const struct gatherings_gathering *g, int64_t sitting)
{
        size_t i = 0;

        while (i < g->n_sittings && g->sittings[i].id != sitting)
                i++;
        return i;
}

static int by_gathering(const void *a, const void *b)
{
        const struct gatherings_seat_rows *x = a, *y = b;

        return x->gathering != y->gathering ? (x->gathering > y->gathering) - (x->gathering < y->gathering)
                                            : (x->person > y->person) - (x->person < y->person);
}

/* The rows come by gathering and person. */
static int64_t seat_of(const struct gatherings_seat_rows_list *seats, int64_t gathering,
                       int64_t person)
{
        const struct gatherings_seat_rows key = {.gathering = gathering, .person = person},
                *found = seats->n ? bsearch(&key, seats->row, seats->n, sizeof key, by_gathering) : NULL;

        return found ? found->sitting : 0;
}

static struct err seat_members(struct tx *tx, const struct gatherings_gathering *g,
                               const struct members *m,
                               const struct gatherings_seat_rows_list *seats)
{
        int64_t starts[GATHERINGS_MOST_SITTINGS];
        size_t n = 0, nearest;

        for (; n < g->n_sittings && n < GATHERINGS_MOST_SITTINGS; n++)
                starts[n] = g->sittings[n].starts_at;
        for (size_t i = 0; i < m->n; i++) {
                int64_t now = seat_of(seats, g->id, m->row[i].person);
                size_t at = index_of(g, now);
                if (at < n && gatherings_awake(m->row[i].zone, starts[at], g->minutes))
                        continue;
                size_t best = gatherings_best(m->row[i].zone, g->minutes, starts, n, &nearest);
                int64_t to = g->sittings[best < n ? best : nearest].id;
                if (to != now)
                        TRY(gatherings_seat_put(tx, g->id, m->row[i].person, to));
        }
        return OK;
}

static struct err drop_others(struct tx *tx, const struct gatherings_gathering *before,
                              const struct gatherings_gathering *now)
{
        for (size_t i = 0; i < before->n_sittings; i++) {
                int64_t id = before->sittings[i].id;
                if (index_of(now, id) < now->n_sittings)
                        continue;
                TRY(gatherings_seats_leave(tx, id));
                TRY(gatherings_sitting_delete(tx, id));
        }
        return OK;
}

bool gatherings_begun(const struct gatherings_gathering *g, int64_t now)
{
        for (size_t i = 0; i < g->n_sittings; i++)
                if (g->sittings[i].held || g->sittings[i].starts_at <= now)
                        return true;
        return false;
}

struct err gatherings_seat_all(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;
        struct gatherings_list all;
        struct gatherings_seat_rows_list seats;
        struct members m;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(gatherings_of(tx, cohort, &all));
        TRY(gatherings_seat_rows(tx, cohort, &seats));
        TRY(members_of(tx, cohort, &m));
        for (size_t i = 0; i < all.n; i++) {
                const struct gatherings_gathering *g = &all.row[i];
                struct gatherings_gathering now = *g;
                struct gatherings_need need = need_of(&c, g, &m);
                if (gatherings_begun(g, tx_now(tx)))
                        continue;
                if (!suffices(&need, g))
                        TRY(rearrange(tx, &need, g, &now));
                TRY(seat_members(tx, &now, &m, &seats));
                TRY(drop_others(tx, g, &now));
        }
        return OK;
}

struct err gatherings_seat_everybody(struct tx *tx, const struct who *who, int64_t cohort)
{
        TRY(programmes_staff(tx, who, cohort));
        return gatherings_seat_all(tx, cohort);
}

struct err gatherings_seat_nightly(struct tx *tx, const struct programmes_cohort *c)
{
        enum { NIGHT_HOUR = 3 };
        int64_t day = zone_day(c->zone, tx_now(tx)) + 1;
        struct text key =
                text_format(tx_arena(tx), "seats:%lld:%lld", (long long)c->id, (long long)day);

        if (day > c->end_day)
                return OK;
        return jobs_add(tx, gatherings_job_reminders.name, key,
                        zone_at(c->zone, day, NIGHT_HOUR, 0), 0, c->id);
}

struct err gatherings_start_cohort(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        return gatherings_seat_nightly(tx, &c);
}

/* ---- who has none ---- */

static bool well_seated(const struct gatherings_gathering *g,
                        const struct gatherings_seat_rows_list *seats, const struct member *m)
{
        size_t at = index_of(g, seat_of(seats, g->id, m->person));

        return at < g->n_sittings &&
               gatherings_awake(m->zone, g->sittings[at].starts_at, g->minutes);
}

struct err gatherings_without_seat(struct tx *tx, int64_t cohort, int64_t gathering,
                                   int64_t *people, int64_t *all)
{
        struct gatherings_list list;
        struct gatherings_seat_rows_list seats;
        struct members m;

        TRY(gatherings_of(tx, cohort, &list));
        TRY(gatherings_seat_rows(tx, cohort, &seats));
        TRY(members_of(tx, cohort, &m));
        *people = 0;
        *all = (int64_t)m.n;
        for (size_t i = 0; i < m.n; i++) {
                bool well = true;
                for (size_t k = 0; k < list.n; k++)
                        if (gathering ? list.row[k].id == gathering
                                      : !gatherings_begun(&list.row[k], tx_now(tx)))
                                well &= well_seated(&list.row[k], &seats, &m.row[i]);
                *people += !well;
        }
        return OK;
}

struct err gatherings_seats_of(struct tx *tx, int64_t person, int64_t cohort,
                               struct gatherings_seat_list *out)
{
        struct gatherings_seats_rows_list rows;

        TRY(gatherings_seats_rows(tx, person, cohort, &rows));
        *out = (struct gatherings_seat_list) {
                .row = arena_array(tx_arena(tx), struct gatherings_seat, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct gatherings_seats_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct gatherings_seat) {
                        r->gathering, r->sitting,       r->starts_at, r->minutes,
                        r->key,       r->kind,          r->title,     r->join_url,
                        r->agenda,    r->recording_url, r->answer,    r->attended};
        }
        return OK;
}
