/*
 * /people: the others of my cohort, as far as they know each other: first name, city, languages,
 * interests.
 */
#include "html/format.h"
#include "os/zone.h"
#include "people/people_cohort.html.h"
#include "people/people_view.h"
#include "people/people_web_parts.h"
#include "programmes/programmes.h"

/* Who is both mentor and mentee stands in two rows beside each other. */
static void add_mate(struct request *rq, const struct people_mates *m, int64_t *last,
                     struct people_mates_view *v)
{
        const struct zone *zone = zone_find(m->zone);
        struct people_mate *row = *last == m->person ? &v->row[v->n - 1] : &v->row[v->n++];

        if (*last != m->person)
                *row = (struct people_mate) {
                        .first_name = m->first_name,
                        .languages = people_language_words(rq->arena, rq->page.locale,
                                                           m->languages),
                        .interests = m->interests,
                        .city = format_city(rq->arena, rq->page.locale, zone ? zone : zone_utc()),
                        .me = m->person == rq->who->person};
        row->mentor |= text_is(m->role, "mentor");
        row->mentee |= text_is(m->role, "mentee");
        *last = m->person;
}

static struct err fill(struct request *rq, int64_t cohort, struct people_mates_view *v)
{
        struct programmes_cohort c;
        struct people_mates_list list;
        int64_t last = 0;

        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(people_mates(rq->tx, cohort, &list));
        *v = (struct people_mates_view) {.cohort = c.name,
                .row = arena_array(rq->arena, struct people_mate, list.n)};
        for (size_t i = 0; i < list.n; i++)
                add_mate(rq, &list.row[i], &last, v);
        return OK;
}

/* Who only was invited, or has left, does not read about the others. */
static bool belongs(const struct programmes_participant *p)
{
        return !text_is(p->state, "invited") && !text_is(p->state, "applied") &&
                !text_is(p->state, "left") &&
               !text_is(p->state, "declined");
}

struct err people_show_cohort(struct request *rq, struct reply *re)
{
        struct html_shell shell = people_shell(rq, M_("My cohort"));
        struct programmes_participant_list parts;
        struct people_cohorts_view v = {0};
        int64_t last = 0;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        v.row = arena_array(rq->arena, struct people_mates_view, parts.n);
        for (size_t i = 0; i < parts.n; i++) {
                if (!belongs(&parts.row[i]) || parts.row[i].cohort == last)
                        continue;
                last = parts.row[i].cohort;
                TRY(fill(rq, last, &v.row[v.n++]));
        }
        reply_page(rq, re, &shell, people_cohorts, &v);
        return OK;
}
