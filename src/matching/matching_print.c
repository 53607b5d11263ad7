/* What a run rests on, as one hash: whether anything has changed since can then be asked in one comparison. */
#include "base/out.h"
#include "matching/matching_dossier.h"
#include "os/keys.h"

static void put_number(struct out *o, int64_t n) { out_bytes(o, &n, sizeof n); }

static void put_text(struct out *o, struct text t)
{
        put_number(o, (int64_t)t.n);
        out_text(o, t);
}

static void put_words(struct out *o, const struct matching_words *w)
{
        put_number(o, (int64_t)w->n);
        for (size_t k = 0; k < w->n; k++)
                put_text(o, w->p[k]);
}

static void put_profile(struct out *o, const struct matching_profile *p)
{
        const struct text texts[] = {p->email, p->manager_email, p->managers_manager_email, p->team, p->function, p->grade};
        const struct matching_words *words[] = {&p->offers, &p->wants, &p->goals, &p->interests, &p->values, &p->languages, &p->formats, &p->not_with};

        put_number(o, p->person);
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
                put_text(o, texts[k]);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
                put_words(o, words[k]);
        for (size_t k = 0; p->want_weights && k < p->wants.n; k++)
                put_number(o, p->want_weights[k]);
        out_bytes(o, p->week.bits, sizeof p->week.bits);
        for (size_t k = 0; k < sizeof p->shift / sizeof *p->shift; k++)
                put_number(o, p->shift[k]);
        put_number(o, p->years);
        put_number(o, p->offset_minutes);
        put_number(o, p->week.known | p->zone_known << 1 | p->no_consent << 2);
}

static void put_side(struct out *o, const struct matching_side *s)
{
        put_number(o, s->n);
        for (int32_t i = 0; i < s->n; i++)
                put_profile(o, s->p + i);
}

static void put_links(struct out *o, const struct matching_dossier *d)
{
        for (int64_t k = 0; k < d->n_links; k++) {
                const struct matching_facts *f = &d->link[k].facts;
                put_number(o, (int64_t)d->link[k].mentee << 32 | d->link[k].mentor);
                put_number(o, f->wish * 4 + f->asked + 1);
                put_number(o, f->wishes_made | f->marked << 1 | f->paired << 2 | f->concern << 3 | f->panel << 4);
        }
}

static void put_weights(struct out *o, const struct matching_weights *w)
{
        for (int k = 0; k < MATCHING_PARTS; k++)
                put_number(o, w->part[k]);
        put_number(o, w->floor_total);
        put_number(o, w->floor_goals);
        put_number(o, w->max_zone_minutes);
        put_number(o, w->least_half_hours);
        put_number(o, w->least_level_gap);
        put_number(o, w->same_team_allowed | w->different_function << 1);
}

void matching_dossier_print(const struct matching_dossier *d, unsigned char *print)
{
        struct arena *scratch = arena_new((size_t)1 << 32);
        struct out o = out_new(scratch, 1 << 16);

        put_side(&o, &d->mentees);
        put_side(&o, &d->mentors);
        put_links(&o, d);
        put_weights(&o, &d->weights);
        for (int32_t j = 0; j < d->mentors.n; j++) {
                put_number(&o, d->places[j]);
                put_number(&o, d->least ? d->least[j] : 0);
                put_number(&o, d->reserve ? d->reserve[j] : 0);
        }
        for (int32_t i = 0; i < d->mentees.n; i++)
                put_number(&o, (d->absent ? d->absent[i] : 0) | (d->ranked ? d->ranked[i] : 0) << 1);
        for (int64_t k = 0; k < d->n_ruled_out; k++)
                put_number(&o, (int64_t)d->ruled_out[k].mentee << 32 | d->ruled_out[k].mentor);
        keys_hash(out_get(&o), print);
        arena_free(scratch);
}
