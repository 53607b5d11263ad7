#include "gatherings/gatherings.h"

#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_rules.h"
#include "gatherings/gatherings_web.h"
#include "html/messages.h"
#include "os/random.h"
#include "people/people.h"

static struct err no_gathering(void)
{
        return FAIL(ERR_ABSENT, "There is no such gathering", "Choose one from the list");
}

static struct gatherings_gathering gathering_of(const struct gatherings_rows *r)
{
        return (struct gatherings_gathering) {.id = r->id,
                                              .cohort = r->cohort,
                                              .day = r->day,
                                              .minutes = r->minutes,
                                              .key = r->key,
                                              .kind = r->kind,
                                              .title = r->title,
                                              .agenda = r->agenda,
                                              .recording_url = r->recording_url};
}

struct err gatherings_of(struct tx *tx, int64_t cohort, struct gatherings_list *out)
{
        struct gatherings_rows_list rows;
        struct gatherings_sitting_rows_list sittings;

        TRY(gatherings_rows(tx, cohort, &rows));
        TRY(gatherings_sitting_rows(tx, cohort, &sittings));
        *out = (struct gatherings_list) {
                .row = arena_array(tx_arena(tx), struct gatherings_gathering, rows.n)};
        for (; out->n < rows.n; out->n++) {
                struct gatherings_gathering *g = &out->row[out->n];
                *g = gathering_of(&rows.row[out->n]);
                g->sittings = arena_array(tx_arena(tx), struct gatherings_sitting, sittings.n + 1);
                for (size_t i = 0; i < sittings.n; i++) {
                        const struct gatherings_sitting_rows *s = &sittings.row[i];
                        if (s->gathering == g->id)
                                g->sittings[g->n_sittings++] = (struct gatherings_sitting) {
                                        s->id,       s->starts_at,   s->sequence,
                                        s->join_url, s->held_at.has, s->fixed};
                }
        }
        return OK;
}

struct err gatherings_one(struct tx *tx, int64_t gathering, struct gatherings_gathering *out)
{
        struct gatherings_row row;
        struct gatherings_list all;
        bool found;

        TRY(gatherings_row(tx, gathering, &found, &row));
        if (!found)
                return no_gathering();
        TRY(gatherings_of(tx, row.cohort, &all));
        for (size_t i = 0; i < all.n; i++)
                if (all.row[i].id == gathering)
                        *out = all.row[i];
        return OK;
}

struct text gatherings_title(const struct programmes_cohort *c, struct text key, struct text stored,
                             int locale)
{
        const struct pack_gathering *g = pack_gathering(c->pack, key);

        return g ? g->title.in[locale] : stored;
}

bool gatherings_comes(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") ||
               text_is(p->state, "matched") || text_is(p->state, "waiting");
}

/* ---- sittings and the job behind each ---- */

static struct err schedule(struct tx *tx, int64_t sitting, int64_t sequence, int64_t starts_at,
                           int64_t minutes)
{
        struct text key = text_format(tx_arena(tx), "sitting:%lld:%lld", (long long)sitting,
                                      (long long)sequence);

        return jobs_add(tx, gatherings_job_reminders.name, key,
                        starts_at + minutes * 60 + GATHERINGS_SETTLE_S, sitting, 0);
}

struct err gatherings_make_sitting(struct tx *tx, int64_t gathering, int64_t starts_at,
                                   int64_t minutes, bool fixed)
{
        int64_t id = random_id();

        TRY(gatherings_sitting_insert(tx, id, gathering, starts_at, fixed));
        return schedule(tx, id, 0, starts_at, minutes);
}

struct err gatherings_shift_sitting(struct tx *tx, int64_t sitting, int64_t starts_at, bool fixed)
{
        struct gatherings_sitting_row row;
        bool found;

        TRY(gatherings_sitting_move(tx, sitting, starts_at, fixed));
        TRY(gatherings_sitting_row(tx, sitting, &found, &row));
        return found ? schedule(tx, sitting, row.sequence, starts_at, row.minutes) : no_gathering();
}

/* ---- the plan ---- */

enum { NO_PEOPLE_YET_HOUR = 15 };

static struct err plan_one(struct tx *tx, const struct programmes_cohort *c,
                           const struct pack_gathering *g, const int64_t *hours, size_t n)
{
        struct pack_days days = pack_days_of(c->pack, c->launch_day);
        int64_t day = pack_day(g->at, &days);
        int64_t id = random_id();

        TRY(gatherings_insert(tx, &(struct gatherings_insert_in) {
                                          .id = id,
                                          .cohort = c->id,
                                          .key = g->key,
                                          .kind = text_of(pack_gathering_kind_word(g->kind)),
                                          .title = g->title.in[c->locale],
                                          .day = day,
                                          .minutes = g->minutes,
                                          .agenda = g->agenda ? g->agenda->key : TEXT("")}));
        for (size_t i = 0; i < n; i++)
                TRY(gatherings_make_sitting(
                        tx, id, zone_at(c->zone, day, (int)(hours[i] / 60), (int)(hours[i] % 60)),
                        g->minutes, true));
        return n ? OK
                 : gatherings_make_sitting(tx, id, zone_at(c->zone, day, NO_PEOPLE_YET_HOUR, 0),
                                           g->minutes, false);
}

struct err gatherings_plan(struct tx *tx, int64_t cohort, struct text hours)
{
        int64_t minutes[GATHERINGS_MOST_SITTINGS];
        struct programmes_cohort c;
        struct gatherings_list have;
        size_t n;

        if (!gatherings_hours(hours, minutes, GATHERINGS_MOST_SITTINGS, &n))
                return FAIL_AT(ERR_INVALID, "These hours cannot be read", "hours",
                               "Write them like 09:30, 16:00");
        TRY(programmes_cohort(tx, cohort, &c));
        TRY(gatherings_of(tx, cohort, &have));
        if (have.n)
                return OK;
        for (size_t i = 0; i < c.pack->n_gatherings; i++)
                TRY(plan_one(tx, &c, &c.pack->gatherings[i], minutes, n));
        return gatherings_seat_nightly(tx, &c);
}

static bool was_held(const struct gatherings_gathering *g)
{
        for (size_t i = 0; i < g->n_sittings; i++)
                if (g->sittings[i].held)
                        return true;
        return false;
}

/* Every sitting of it to another day, at the clock time that it had. */
static struct err move_to(struct tx *tx, const struct programmes_cohort *c,
                          const struct gatherings_gathering *g, int64_t day)
{
        TRY(gatherings_set_day(tx, g->id, day));
        for (size_t i = 0; i < g->n_sittings; i++) {
                const struct gatherings_sitting *s = &g->sittings[i];
                struct civil at = zone_civil(c->zone, s->starts_at);
                int64_t shift = zone_day(c->zone, s->starts_at) - g->day;
                TRY(gatherings_shift_sitting(
                        tx, s->id, zone_at(c->zone, day + shift, at.hour, at.minute), s->fixed));
        }
        return OK;
}

struct err gatherings_follow(struct tx *tx, int64_t cohort, int64_t days)
{
        struct programmes_cohort c;
        struct gatherings_list all;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(gatherings_of(tx, cohort, &all));
        for (size_t i = 0; i < all.n && days; i++)
                if (!was_held(&all.row[i]))
                        TRY(move_to(tx, &c, &all.row[i], all.row[i].day + days));
        return gatherings_seat_all(tx, cohort);
}

/* ---- what a coordinator arranges ---- */

struct err gatherings_for_staff(struct tx *tx, const struct who *who, int64_t gathering,
                                struct gatherings_gathering *out)
{
        TRY(gatherings_one(tx, gathering, out));
        return programmes_staff(tx, who, out->cohort);
}

struct err gatherings_move(struct tx *tx, const struct who *who, int64_t gathering, int64_t day)
{
        struct gatherings_gathering g;
        struct programmes_cohort c;

        TRY(gatherings_for_staff(tx, who, gathering, &g));
        TRY(programmes_cohort(tx, g.cohort, &c));
        if (was_held(&g))
                return FAIL(ERR_CONFLICT, "This gathering has taken place",
                            "Its date can no longer change");
        if (day <= zone_day(c.zone, tx_now(tx)))
                return FAIL_AT(ERR_INVALID, "A gathering moves to a day that is still to come",
                               "day", "Choose a later day");
        TRY(move_to(tx, &c, &g, day));
        TRY(gatherings_seat_all(tx, g.cohort));
        return people_audit(tx, who, "gathering.move", 0, gathering, "");
}

static struct err sitting_for_staff(struct tx *tx, const struct who *who, int64_t sitting,
                                    struct gatherings_sitting_row *out)
{
        bool found;

        TRY(gatherings_sitting_row(tx, sitting, &found, out));
        return found ? programmes_staff(tx, who, out->cohort)
                     : FAIL(ERR_ABSENT, "There is no such sitting", "It may have been taken away");
}

/* A clock time on the gathering's day, in the cohort's zone, still to come. */
static struct err time_on(struct tx *tx, const struct gatherings_gathering *g, int64_t minutes,
                          int64_t *out)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, g->cohort, &c));
        if (minutes < 0 || minutes >= 24 * 60)
                return FAIL_AT(ERR_INVALID, "A clock time is missing", "at", "Write it like 09:30");
        *out = zone_at(c.zone, g->day, (int)(minutes / 60), (int)(minutes % 60));
        return *out > tx_now(tx)
                       ? OK
                       : FAIL_AT(ERR_INVALID, "This time has passed", "at", "Choose a later one");
}

struct err gatherings_move_sitting(struct tx *tx, const struct who *who, int64_t sitting,
                                   int64_t minutes)
{
        struct gatherings_sitting_row s;
        struct gatherings_gathering g;
        int64_t at;

        TRY(sitting_for_staff(tx, who, sitting, &s));
        if (s.held_at.has)
                return FAIL(ERR_CONFLICT, "This sitting has taken place",
                            "Its hour can no longer change");
        TRY(gatherings_one(tx, s.gathering, &g));
        TRY(time_on(tx, &g, minutes, &at));
        TRY(gatherings_shift_sitting(tx, sitting, at, true));
        TRY(gatherings_seat_all(tx, g.cohort));
        return people_audit(tx, who, "sitting.move", 0, sitting, "");
}

struct err gatherings_add_sitting(struct tx *tx, const struct who *who, int64_t gathering,
                                  int64_t minutes)
{
        struct gatherings_gathering g;
        int64_t at;

        TRY(gatherings_for_staff(tx, who, gathering, &g));
        TRY(time_on(tx, &g, minutes, &at));
        if (g.n_sittings == GATHERINGS_MOST_SITTINGS)
                return FAIL_AT(ERR_LIMIT, "A gathering has at most six sittings", "at",
                               "Move one of them instead");
        for (size_t i = 0; i < g.n_sittings; i++)
                if (g.sittings[i].starts_at == at)
                        return OK;
        TRY(gatherings_make_sitting(tx, gathering, at, g.minutes, true));
        TRY(gatherings_seat_all(tx, g.cohort));
        return people_audit(tx, who, "sitting.add", 0, gathering, "");
}

/* Everybody who sat there gets the best of the others. */
static struct err seat_elsewhere(struct tx *tx, const struct gatherings_gathering *g,
                                 int64_t sitting)
{
        int64_t starts[GATHERINGS_MOST_SITTINGS], id[GATHERINGS_MOST_SITTINGS];
        struct gatherings_seat_people_list people;
        size_t n = 0, nearest;

        for (size_t i = 0; i < g->n_sittings && n < GATHERINGS_MOST_SITTINGS; i++) {
                if (g->sittings[i].id == sitting)
                        continue;
                starts[n] = g->sittings[i].starts_at;
                id[n++] = g->sittings[i].id;
        }
        TRY(gatherings_seat_people(tx, g->id, &people));
        for (size_t i = 0; i < people.n; i++) {
                const struct zone *z = zone_find(people.row[i].zone);
                if (people.row[i].sitting != sitting)
                        continue;
                size_t best = gatherings_best(z ? z : zone_utc(), g->minutes, starts, n, &nearest);
                TRY(gatherings_seat_put(tx, g->id, people.row[i].person,
                                        id[best < n ? best : nearest]));
        }
        return OK;
}

struct err gatherings_remove_sitting(struct tx *tx, const struct who *who, int64_t sitting)
{
        struct gatherings_sitting_row s;
        struct gatherings_gathering g;

        TRY(sitting_for_staff(tx, who, sitting, &s));
        TRY(gatherings_one(tx, s.gathering, &g));
        if (s.held_at.has || g.n_sittings < 2)
                return FAIL(ERR_CONFLICT,
                            "This sitting stays: it is the only one, or it has taken place",
                            "Add another first, or move this one");
        TRY(seat_elsewhere(tx, &g, sitting));
        TRY(gatherings_sitting_delete(tx, sitting));
        return people_audit(tx, who, "sitting.remove", 0, g.id, "");
}

static struct err check_link(struct text url, const char *field)
{
        return text_empty(url) || text_starts(url, "https://") || text_starts(url, "http://")
                       ? OK
                       : FAIL_AT(ERR_INVALID, "This is not an address of a page", field,
                                 "It begins with https://");
}

struct err gatherings_set_link(struct tx *tx, const struct who *who, int64_t sitting,
                               struct text url)
{
        struct gatherings_sitting_row s;

        TRY(sitting_for_staff(tx, who, sitting, &s));
        url = text_trim(url);
        TRY(check_link(url, "url"));
        return gatherings_sitting_link(tx, sitting, text_empty(url) ? TEXT_ABSENT : url);
}

struct err gatherings_set_links(struct tx *tx, const struct who *who, int64_t cohort, struct text url, int64_t *set)
{
        struct gatherings_list all;

        TRY(programmes_staff(tx, who, cohort));
        url = text_trim(url);
        TRY(check_link(url, "room"));
        TRY(gatherings_of(tx, cohort, &all));
        *set = 0;
        for (size_t i = 0; i < all.n; i++)
                for (size_t k = 0; k < all.row[i].n_sittings; k++) {
                        const struct gatherings_sitting *s = &all.row[i].sittings[k];
                        if (s->join_url.p || s->starts_at <= tx_now(tx))
                                continue;
                        TRY(gatherings_sitting_link(tx, s->id, url));
                        (*set)++;
                }
        return people_audit(tx, who, "sitting.links", 0, cohort, "");
}

struct err gatherings_set_recording(struct tx *tx, const struct who *who, int64_t gathering,
                                    struct text url)
{
        struct gatherings_gathering g;

        TRY(gatherings_for_staff(tx, who, gathering, &g));
        url = text_trim(url);
        TRY(check_link(url, "recording"));
        return gatherings_set_recording_url(tx, gathering, text_empty(url) ? TEXT_ABSENT : url);
}
