#include "matching/matching_pool.h"

#include "base/err.h"

#include <string.h>

struct builder {
        struct arena *a;
        struct matching_pool *p;
        struct matching_ids texts, values, interests;   /* texts: everything that is only compared for equality */
        struct matching_ids languages, formats;         /* those that somebody of both sides has */
        int16_t (*shift)[MATCHING_SEASONS];
        int32_t clock_room;
};

/* ---- clocks ---- */

static uint16_t clock_of(struct builder *b, const struct matching_profile *p)
{
        for (int32_t k = 0; k < b->p->n_clocks; k++)
                if (memcmp(b->shift[k], p->shift, sizeof p->shift) == 0)
                        return (uint16_t)k;
        if (b->p->n_clocks == b->clock_room) {
                b->clock_room = b->clock_room ? b->clock_room * 2 : 64;
                int16_t (*more)[MATCHING_SEASONS] = arena_alloc(b->a, (size_t)b->clock_room * sizeof *more);
                if (b->p->n_clocks)
                        memcpy(more, b->shift, (size_t)b->p->n_clocks * sizeof *more);
                b->shift = more;
        }
        must(b->p->n_clocks < UINT16_MAX);
        memcpy(b->shift[b->p->n_clocks], p->shift, sizeof p->shift);
        return (uint16_t)b->p->n_clocks++;
}

/* ---- words in common as bits ---- */

typedef struct matching_words words_of_fn(const struct matching_profile *p);

static struct matching_words languages_of(const struct matching_profile *p) { return p->languages; }
static struct matching_words formats_of(const struct matching_profile *p) { return p->formats; }

/* Numbers only for what both sides say: the rest can never be in common. */
static int number_shared(struct builder *b, const struct matching_profile *one, int32_t n, const struct matching_profile *other,
                         int32_t m, words_of_fn *words_of, struct matching_ids *out)
{
        struct matching_ids first = {0};

        for (int32_t i = 0; i < n; i++)
                for (size_t k = 0; k < words_of(&one[i]).n; k++)
                        matching_id(&first, b->a, words_of(&one[i]).p[k]);
        for (int32_t j = 0; j < m; j++)
                for (size_t k = 0; k < words_of(&other[j]).n; k++)
                        if (matching_id_known(&first, words_of(&other[j]).p[k]))
                                matching_id(out, b->a, words_of(&other[j]).p[k]);
        return (out->n + 63) / 64;
}

static void set_bits(const struct matching_ids *ids, struct matching_words words, uint64_t *bits)
{
        for (size_t k = 0; k < words.n; k++) {
                int32_t id = matching_id_known(ids, words.p[k]) - 1;
                if (id >= 0)
                        bits[id / 64] |= (uint64_t)1 << (id % 64);
        }
}

/* ---- lists ---- */

static bool is_among(const int32_t *id, size_t n, int32_t wanted)
{
        for (size_t k = 0; k < n; k++)
                if (id[k] == wanted)
                        return true;
        return false;
}

/* said: how many words there were, before doubles were taken out. */
static struct matching_list numbers(struct builder *b, const struct matching_profile *p, int32_t n, size_t offset, bool doubles,
                                    struct matching_ids *ids, int32_t **said)
{
        int32_t *count = arena_array(b->a, int32_t, (size_t)n + 1), *id;
        size_t all = 0, at = 0;

        for (int32_t i = 0; i < n; i++)
                all += ((const struct matching_words *)(const void *)((const char *)&p[i] + offset))->n;
        id = arena_array(b->a, int32_t, all + 1);
        *said = arena_array(b->a, int32_t, (size_t)n + 1);
        for (int32_t i = 0; i < n; i++) {
                const struct matching_words *w = (const void *)((const char *)&p[i] + offset);
                size_t from = at;
                (*said)[i] = (int32_t)w->n;
                for (size_t k = 0; k < w->n; k++) {
                        int32_t one = matching_id(ids, b->a, w->p[k]);
                        if (doubles || !is_among(id + from, at - from, one))
                                id[at++] = one;
                }
                count[i] = (int32_t)(at - from);
        }
        return matching_list_of(b->a, n, count, id);
}

/* ---- cards ---- */

static uint16_t has_of(const struct matching_profile *p, bool mentor)
{
        bool skills = mentor ? p->offers.n > 0 : p->wants.n + p->goals.n > 0;
        int step;

        return (uint16_t)((skills ? MATCHING_HAS_SKILLS : 0) | (p->values.n ? MATCHING_HAS_VALUES : 0) |
               (p->interests.n ? MATCHING_HAS_INTERESTS : 0) | (p->week.known ? MATCHING_HAS_WEEK : 0) |
               (matching_grade(p->grade, &step) ? MATCHING_HAS_GRADE : 0) | (p->years > 0 ? MATCHING_HAS_YEARS : 0) |
               (text_empty(p->function) ? 0 : MATCHING_HAS_FUNCTION) | (p->languages.n ? MATCHING_HAS_LANGUAGE : 0) |
               (p->formats.n ? MATCHING_HAS_FORMAT : 0) | (p->zone_known ? MATCHING_HAS_ZONE : 0) |
               (p->no_consent ? MATCHING_HAS_NO_CONSENT : 0));
}

static struct matching_card card_of(struct builder *b, const struct matching_profile *p, bool mentor)
{
        struct matching_card c = {.person = p->person, .years = p->years, .offset_minutes = (int16_t)p->offset_minutes,
                                  .has = has_of(p, mentor), .clock = clock_of(b, p)};
        int step = 0;

        c.email = matching_id(&b->texts, b->a, p->email);
        c.manager = matching_id(&b->texts, b->a, p->manager_email);
        c.managers_manager = matching_id(&b->texts, b->a, p->managers_manager_email);
        c.team = matching_id(&b->texts, b->a, p->team);
        c.function = matching_id(&b->texts, b->a, p->function);
        c.language = p->languages.n ? matching_id(&b->texts, b->a, p->languages.p[0]) : 0;
        c.format = p->formats.n ? matching_id(&b->texts, b->a, p->formats.p[0]) : 0;
        matching_grade(p->grade, &step);
        c.step = (int16_t)step;
        return c;
}

static void build_crowd(struct builder *b, const struct matching_profile *p, int32_t n, bool mentor, struct matching_crowd *out)
{
        size_t lw = (size_t)b->p->language_words, fw = (size_t)b->p->format_words;

        out->n = n;
        out->card = arena_array(b->a, struct matching_card, (size_t)n + 1);
        out->week = arena_array(b->a, struct matching_utc_week, (size_t)n + 1);
        out->languages = arena_array(b->a, uint64_t, (size_t)n * lw + 1);
        out->formats = arena_array(b->a, uint64_t, (size_t)n * fw + 1);
        for (int32_t i = 0; i < n; i++) {
                out->card[i] = card_of(b, &p[i], mentor);
                out->week[i] = p[i].week;
                set_bits(&b->languages, p[i].languages, out->languages + (size_t)i * lw);
                set_bits(&b->formats, p[i].formats, out->formats + (size_t)i * fw);
        }
        int32_t *not_needed;

        out->interests = numbers(b, p, n, offsetof(struct matching_profile, interests), !mentor, &b->interests, &out->n_interests);
        out->values = numbers(b, p, n, offsetof(struct matching_profile, values), !mentor, &b->values, &out->n_values);
        out->not_with = numbers(b, p, n, offsetof(struct matching_profile, not_with), false, &b->texts, &not_needed);
}

static void take_links(struct builder *b, const struct matching_link *link, int64_t n_links, const uint8_t *made_wishes)
{
        int64_t *links = arena_array(b->a, int64_t, (size_t)b->p->mentees.n + 2);
        int64_t at = 0;

        for (int32_t i = 0; i < b->p->mentees.n; i++) {
                links[i] = at;
                while (at < n_links && link[at].mentee == i)
                        at++;
                if (made_wishes && made_wishes[i])
                        b->p->mentees.card[i].has |= MATCHING_HAS_WISHES;
        }
        links[b->p->mentees.n] = at;
        must(at == n_links);
        b->p->link = link;
        b->p->links = links;
}

void matching_pool_new(struct arena *a, const struct matching_profile *mentees, int32_t n,
                       const struct matching_profile *mentors, int32_t m, const struct matching_link *link,
                       int64_t n_links, const uint8_t *made_wishes, const struct matching_weights *weights,
                       struct matching_pool *out)
{
        struct builder b = {.a = a, .p = out};
        const struct matching_span *span = n ? mentees[0].span : NULL;

        *out = (struct matching_pool) {.weights = *weights};
        for (int k = 0; k < MATCHING_PARTS; k++)
                out->weight_sum += weights->part[k];
        /* Without a span clocks never change: one season in which nothing is shifted. */
        out->span = span && span->n ? *span : (struct matching_span) {.n = 1, .days = {1}};
        out->language_words = number_shared(&b, mentees, n, mentors, m, languages_of, &b.languages);
        out->format_words = number_shared(&b, mentees, n, mentors, m, formats_of, &b.formats);
        build_crowd(&b, mentees, n, false, &out->mentees);
        build_crowd(&b, mentors, m, true, &out->mentors);
        out->shift = (const int16_t (*)[MATCHING_SEASONS])b.shift;
        out->n_values = b.values.n;
        out->n_interests = b.interests.n;
        matching_terms_new(a, mentees, n, mentors, m, &out->terms);
        take_links(&b, link, n_links, made_wishes);
}
