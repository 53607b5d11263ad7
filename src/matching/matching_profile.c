/* Profiles of everybody in a cohort, ready to be compared: words folded and looked up, hours in UTC season by season. */
#include "base/app.h"
#include "matching/matching_dossier.h"
#include "matching/matching_skills.h"
#include "matching/matching_terms.h"
#include "os/config.h"
#include "os/zone.h"
#include "people/people.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, SPAN_MOST = 800, ZONES_MOST = 600 };

struct reading {
        struct arena *a;
        struct matching_skills skills;
        struct matching_span *span;
        int32_t n_zones;
        const struct zone **zone;
        int16_t (*offset)[MATCHING_SEASONS];    /* half hours, per zone */
        int *minutes;                           /* per zone, in the first season */
        struct matching_ids zone_ids;
};

/* ---- seasons: the days of the programme between changes of anybody's clock ---- */

static int16_t half_hours(int seconds) { return (int16_t)((seconds + (seconds >= 0 ? 900 : -900)) / 1800); }

struct season { int32_t days; int64_t noon; };

static bool same_clocks(const struct reading *r, int64_t one, int64_t other)
{
        for (int32_t z = 0; z < r->n_zones; z++)
                if (zone_civil(r->zone[z], one).offset != zone_civil(r->zone[z], other).offset)
                        return false;
        return true;
}

static int longest_first(const void *a, const void *b)
{
        const struct season *s = a, *t = b;

        if (s->days != t->days)
                return s->days > t->days ? -1 : 1;
        return (s->noon > t->noon) - (s->noon < t->noon);
}

/* The rest of the programme; a cohort that is over has today. */
static int find_seasons(const struct reading *r, const struct programmes_cohort *c, int64_t now, struct season *season, int most)
{
        int64_t today = zone_day(c->zone, now), from = c->launch_day > today ? c->launch_day : today;
        int64_t until = c->end_day > from ? c->end_day : from + 1, last = -1;
        int n = 0;

        until = until - from > SPAN_MOST ? from + SPAN_MOST : until;
        for (int64_t day = from; day < until; day++) {
                int64_t noon = day * DAY + DAY / 2;
                if (last < 0 || !same_clocks(r, noon, season[last].noon)) {
                        for (last = 0; last < n && !same_clocks(r, noon, season[last].noon);)
                                last++;
                        if (last == n && n == most)
                                return n;
                        if (last == n)
                                season[n++] = (struct season) {0, noon};
                }
                season[last].days++;
        }
        return n;
}

static void take_seasons(struct reading *r, const struct programmes_cohort *c, int64_t now)
{
        struct season season[64];
        int n = find_seasons(r, c, now, season, 64);

        qsort(season, (size_t)n, sizeof *season, longest_first);
        r->span->n = n < MATCHING_SEASONS ? n : MATCHING_SEASONS;
        for (int k = 0; k < r->span->n; k++) {
                r->span->days[k] = season[k].days;
                for (int32_t z = 0; z < r->n_zones; z++) {
                        int seconds = zone_civil(r->zone[z], season[k].noon).offset;
                        r->offset[z][k] = half_hours(seconds);
                        if (k == 0)
                                r->minutes[z] = seconds / 60;
                }
        }
}

static int32_t zone_of(struct reading *r, struct text name)
{
        int32_t before = r->zone_ids.n, id = matching_id(&r->zone_ids, r->a, text_empty(name) ? TEXT("UTC") : name);

        if (id > before && r->n_zones < ZONES_MOST) {
                const struct zone *z = zone_find(name);
                r->zone[r->n_zones++] = z ? z : zone_utc();
        }
        return id <= r->n_zones ? id - 1 : 0;
}

/* ---- words ---- */

static bool parts(char c) { return c == '\n' || c == ';' || c == ','; }

/* A field as a list: a line each, or separated by semicolons or commas. */
static struct matching_words words_of(struct arena *a, struct text t)
{
        size_t most = 1, n = 0;

        if (text_empty(t))
                return (struct matching_words) {0};
        for (size_t i = 0; i < t.n; i++)
                most += parts(t.p[i]);
        struct text *row = arena_array(a, struct text, most), *said = arena_array(a, struct text, most);
        for (size_t from = 0; from < t.n;) {
                size_t until = from;
                while (until < t.n && !parts(t.p[until]))
                        until++;
                said[n] = text_trim((struct text) {t.p + from, until - from});
                row[n] = text_fold(a, said[n]);
                n += row[n].n > 0;
                from = until + 1;
        }
        return (struct matching_words) {.p = row, .n = n, .said = said};
}

/* "Englisch", "English" and "en" are the same language. */
static struct matching_words languages_of(struct arena *a, struct text t)
{
        struct matching_words w = words_of(a, t);
        struct text *key = arena_array(a, struct text, w.n + 1);

        for (size_t k = 0; k < w.n; k++)
                key[k] = people_language_key(w.p[k]);
        w.p = key;
        return w;
}

static struct matching_words skilled(struct reading *r, struct text t)
{
        struct matching_words w = words_of(r->a, t);
        struct matching_skill_path *path = arena_array(r->a, struct matching_skill_path, w.n + 1);

        for (size_t k = 0; k < w.n; k++)
                path[k] = matching_skills_path(&r->skills, matching_skills_find(&r->skills, r->a, w.p[k]));
        w.skills = path;
        return w;
}

static struct text folded(struct arena *a, struct text t) { return text_empty(t) ? TEXT_ABSENT : text_fold(a, text_trim(t)); }

static int years_of(struct text t)
{
        int64_t years;
        size_t n = 0;

        t = text_trim(t);
        while (n < t.n && t.p[n] >= '0' && t.p[n] <= '9')
                n++;
        return text_int((struct text) {t.p, n}, &years) && years > 0 && years < 80 ? (int)years : 0;
}

/* ---- one person ---- */

static struct matching_profile profile_of(struct reading *r, const struct people_dossier *d)
{
        int32_t zone = zone_of(r, d->zone);
        struct matching_week week;
        size_t at;
        struct matching_profile p = {
                .person = d->person, .email = d->email, .manager_email = d->manager_email,
                .managers_manager_email = d->managers_manager_email, .team = folded(r->a, d->team),
                .function = folded(r->a, d->profession), .grade = d->grade, .years = years_of(d->years),
                .offers = skilled(r, d->offers), .wants = skilled(r, d->wants), .goals = skilled(r, d->goals),
                .interests = words_of(r->a, d->interests), .values = words_of(r->a, d->values),
                .languages = languages_of(r->a, d->languages), .formats = words_of(r->a, d->formats),
                .offset_minutes = r->minutes[zone], .zone_known = d->zone_confirmed, .span = r->span};

        for (int k = 0; k < r->span->n; k++)
                p.shift[k] = (int16_t)(r->offset[zone][k] - r->offset[zone][0]);
        if (d->availability.n && matching_week_parse(d->availability, &week, &at))
                p.week = matching_week_utc(&week, r->minutes[zone]);
        return p;
}

struct err matching_profiles(struct tx *tx, const struct programmes_cohort *c, struct matching_profiles *out)
{
        struct arena *a = tx_arena(tx);
        struct app *app = tx_app(tx);
        struct people_dossier_list people;
        struct reading r = {.a = a, .span = arena_new_of(a, struct matching_span)};

        TRY(matching_skills_load(a, app && app->config ? app->config->data : NULL, &r.skills));
        TRY(people_dossiers(tx, c->id, 0, &people));
        r.zone = arena_array(a, const struct zone *, ZONES_MOST);
        r.offset = arena_alloc(a, ZONES_MOST * sizeof *r.offset);
        r.minutes = arena_array(a, int, ZONES_MOST);
        zone_of(&r, text_of(zone_name(c->zone)));
        for (size_t i = 0; i < people.n; i++)
                zone_of(&r, people.row[i].zone);
        take_seasons(&r, c, tx_now(tx));
        *out = (struct matching_profiles) {.p = arena_array(a, struct matching_profile, people.n + 1)};
        for (; out->n < people.n; out->n++)
                out->p[out->n] = profile_of(&r, &people.row[out->n]);
        return OK;
}

static int by_person(const void *key, const void *p)
{
        int64_t person = *(const int64_t *)key, other = ((const struct matching_profile *)p)->person;

        return (person > other) - (person < other);
}

struct matching_profile *matching_profiles_find(const struct matching_profiles *all, int64_t person)
{
        return all->n ? bsearch(&person, all->p, all->n, sizeof *all->p, by_person) : NULL;
}
