/* What a page for staff told about people, written down before it is sent. */
#include "people/people_glass.h"

#include "base/json.h"
#include "os/clock.h"
#include "os/random.h"
#include "os/zone.h"
#include "people/people_glass.sql.h"

#include <string.h>

enum { SLOT_S = 900, WHY_MOST = 300, SHOWN = 400 };

/* ---- which names a page shows ---- */

/* Hashes of its words; a name is in it when each of its words is. */
struct people_words { size_t mask; uint64_t *slot; };

static bool is_word_byte(unsigned char c)
{
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The next word of t from *at on; false at the end. FNV-1a. */
static bool next_word(struct text t, size_t *at, uint64_t *hash)
{
        uint64_t h = UINT64_C(14695981039346656037);
        size_t i = *at;

        while (i < t.n && !is_word_byte((unsigned char)t.p[i]))
                i++;
        size_t start = i;
        for (; i < t.n && is_word_byte((unsigned char)t.p[i]); i++)
                h = (h ^ (unsigned char)t.p[i]) * UINT64_C(1099511628211);
        *at = i;
        *hash = h | 1;
        return i > start;
}

static uint64_t *place_of(const struct people_words *w, uint64_t hash)
{
        size_t i = hash & w->mask;

        while (w->slot[i] && w->slot[i] != hash)
                i = (i + 1) & w->mask;
        return &w->slot[i];
}

const struct people_words *people_page_words(struct arena *a, struct text page)
{
        struct people_words *w = arena_new_of(a, struct people_words);
        size_t room = 1024, at = 0;
        uint64_t hash;

        while (room < page.n / 2)
                room *= 2;
        *w = (struct people_words) {.mask = room - 1, .slot = arena_array(a, uint64_t, room)};
        while (next_word(page, &at, &hash))
                *place_of(w, hash) = hash;
        return w;
}

static bool has_name(const struct people_words *w, struct text name)
{
        size_t at = 0, n = 0;
        uint64_t hash;

        for (; next_word(name, &at, &hash); n++)
                if (*place_of(w, hash) != hash)
                        return false;
        return n > 0;
}

bool people_page_names(const struct people_words *words, struct text names)
{
        while (names.p)
                if (has_name(words, text_cut(names, '\n', &names)))
                        return true;
        return false;
}

/* ---- writing it down ---- */

static const char *office_of(const struct http_reading *r)
{
        unsigned roles = r->who->roles & (text_starts(text_of(r->route->path), "/api/") ? ~0u : r->route->who);

        if (roles & ROLE_COORDINATOR)
                return "coordinator";
        if (roles & ROLE_ADMINISTRATOR)
                return "administrator";
        return roles & ROLE_CONTACT ? "contact" : "sponsor";
}

/*
 * About a concern only that it was read, for whoever raised it in their name: the names of others on its page would tell
 * them that somebody has complained.
 */
static bool counts(const struct http_reading *r, const struct people_words *words, const struct db_sight *s)
{
        if (text_starts(text_of(r->route->path), "/desk/concerns"))
                return strcmp(s->what, "concern") == 0 && !s->pair;
        if (!s->names.n)
                return true;
        return !words || people_page_names(words, s->names);
}

static bool is_before(const struct db_sights *all, size_t i)
{
        const struct db_sight *s = &all->row[i];

        for (size_t k = i; k > 0 && i - k < 32; k--)
                if (all->row[k - 1].id == s->id && all->row[k - 1].pair == s->pair &&
                    strcmp(all->row[k - 1].what, s->what) == 0 && all->row[k - 1].names.n == s->names.n)
                        return true;
        return false;
}

static size_t list_of(struct arena *a, const struct http_reading *r, struct text *json)
{
        const struct people_words *words = r->page.p ? people_page_words(a, r->page) : NULL;
        struct out o = out_new(a, 4096);
        size_t n = 0;

        out_char(&o, '[');
        for (size_t i = 0; i < r->sights->n; i++) {
                const struct db_sight *s = &r->sights->row[i];
                if (is_before(r->sights, i) || !counts(r, words, s))
                        continue;
                out_format(&o, "%s{\"i\":%lld,\"j\":%d,\"w\":\"%s\"}", n++ ? "," : "", (long long)s->id, s->pair, s->what);
        }
        out_char(&o, ']');
        *json = out_get(&o);
        return n;
}

struct err people_saw(struct tx *tx, const struct http_reading *r)
{
        int64_t slot = clock_seconds() / SLOT_S, changes;
        struct text route = text_of(r->route->path), list, why = text_trim(r->why);
        struct people_visit_open open;
        bool found;

        if (list_of(tx_arena(tx), r, &list) == 0)
                return OK;
        if (!why.p || why.n > WHY_MOST)
                why = TEXT("");
        TRY(people_visit_open(tx, r->who->person, route, r->subject, slot, &found, &open));
        int64_t id = found ? open.id : random_id();
        TRY(people_seen_insert(tx, id, r->who->person, list, &changes));
        if (found)
                return people_visit_again(tx, id, tx_now(tx), why);
        if (!changes)
                return OK;
        return people_visit_insert(tx, &(struct people_visit_insert_in) {
                                               .id = id, .actor = r->who->person, .office = text_of(office_of(r)), .route = route,
                                               .subject = r->subject, .slot = slot, .at = tx_now(tx), .why = why});
}

/* ---- for the person whom it is about ---- */

static struct people_visit_day *day_for(struct arena *a, struct people_visit_days *out, int64_t day)
{
        if (out->n && out->row[out->n - 1].day == day)
                return &out->row[out->n - 1];
        if (out->n == out->room) {
                out->room = out->room ? out->room * 2 : 16;
                struct people_visit_day *more = arena_array(a, struct people_visit_day, out->room);
                if (out->n)
                        memcpy(more, out->row, out->n * sizeof *more);
                out->row = more;
        }
        out->row[out->n] = (struct people_visit_day) {.day = day};
        return &out->row[out->n++];
}

static struct people_visit_line *line_of(struct arena *a, struct people_visit_day *d)
{
        if (d->n == d->room) {
                d->room = d->room ? d->room * 2 : 8;
                struct people_visit_line *more = arena_array(a, struct people_visit_line, d->room);
                if (d->n)
                        memcpy(more, d->row, d->n * sizeof *more);
                d->row = more;
        }
        return &d->row[d->n++];
}

static struct text full(struct arena *a, const struct people_visits_of *v)
{
        if (!v->reader_first.n)
                return TEXT_ABSENT;
        return v->reader_last.n ? text_format(a, "%s %s", v->reader_first.p, v->reader_last.p) : v->reader_first;
}

static void begin_line(struct arena *a, enum locale l, const struct people_visits_of *v, struct people_visit_line *line)
{
        *line = (struct people_visit_line) {.at = v->last_at, .times = v->times, .reader = full(a, v), .why = v->why,
                                            .office = people_office_words(l, v->office),
                                            .where = people_route_words(l, v->route)};
}

struct err people_visits(struct tx *tx, const struct who *who, int64_t before, struct people_visit_days *out)
{
        struct arena *a = tx_arena(tx);
        struct people_visits_of_list list;
        struct people_visit_line *line = NULL;
        int64_t visit = 0;

        *out = (struct people_visit_days) {.oldest = before};
        TRY(people_visits_of(tx, who->person, before, SHOWN, &list));
        out->more = list.n == SHOWN;
        for (size_t i = 0; i < list.n; i++) {
                const struct people_visits_of *v = &list.row[i];
                const char *what = people_seen_words((enum locale)who->locale, v->what);
                if (v->visit != visit) {
                        line = line_of(a, day_for(a, out, zone_day(who->zone, v->last_at)));
                        begin_line(a, (enum locale)who->locale, v, line);
                        visit = v->visit;
                        out->oldest = v->last_at;
                }
                line->what = line->what.n ? text_format(a, "%s, %s", line->what.p, what) : text_of(what);
        }
        return OK;
}
