/* /desk/matching/fairness: whom the round serves, who would rather have each other, and what each aim costs. */
#include "matching/matching_desk.h"

#include "matching/matching_fairness.html.h"
#include "matching/matching_segments.h"
#include "people/people.h"

static const struct { const char *title, *note; } segments[MATCHING_SEGMENTS] = {
        [MATCHING_BY_REGION] = {M_("By region"), NULL},
        [MATCHING_BY_LANGUAGE] = {M_("By first language"), NULL},
        [MATCHING_BY_ORGANISATION] = {M_("By organisation"), M_("for staff only")},
        [MATCHING_BY_DEPARTMENT] = {M_("By department"), M_("for staff only")},
};

static const char *region_words(struct text region)
{
        static const struct { const char *key, *words; } all[] = {
                {"Africa", M_("Africa")}, {"America", M_("The Americas")}, {"Asia", M_("Asia")}, {"Atlantic", M_("The Atlantic")},
                {"Australia", M_("Australia")}, {"Europe", M_("Europe")}, {"Indian", M_("The Indian Ocean")}, {"Pacific", M_("The Pacific")}};

        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                if (text_is(region, all[i].key))
                        return all[i].words;
        return NULL;
}

static struct text group_name(struct request *rq, enum matching_segment_by by, struct text name)
{
        if (by == MATCHING_BY_LANGUAGE && name.n)
                return people_language_words(rq->arena, rq->page.locale, name);
        if (by == MATCHING_BY_REGION && region_words(name))
                return text_of(msg(rq->page.locale, region_words(name)));
        return name;
}

static void fill_segment(struct request *rq, enum matching_segment_by by, const struct matching_groups *g, struct matching_fairness_view *v)
{
        struct matching_segment *s = &v->segments.row[v->segments.n++];

        *s = (struct matching_segment) {
                .title = segments[by].title, .note = segments[by].note, .hidden = g->hidden, .hidden_people = g->hidden_people,
                .k = matching_segment_k(by), .nothing = g->nothing, .row = arena_array(rq->arena, struct matching_group_line, g->n + 1)};
        for (; s->n < g->n; s->n++) {
                const struct matching_group *group = &g->row[s->n];
                s->row[s->n] = (struct matching_group_line) {
                        .name = group_name(rq, by, group->name), .n = group->n, .mean = matching_percent((int64_t)group->mean),
                        .left_out = (group->left_out * 100 + group->n / 2) / group->n, .lower = group->lower, .higher = group->higher,
                        .left_more = group->left_more};
                v->uneven += !g->nothing && (group->lower || group->left_more);
        }
}

static struct err fill_segments(struct request *rq, int64_t cohort, const struct matching_names *names, struct matching_fairness_view *v)
{
        struct matching_segments s;

        TRY(matching_segments(rq->tx, rq->who, cohort, &s));
        v->ran = s.ran;
        v->blocking_known = s.blocking_known;
        v->blocking = s.blocking;
        v->mentees = s.mentees;
        v->segments.row = arena_array(rq->arena, struct matching_segment, MATCHING_SEGMENTS);
        for (int k = 0; k < MATCHING_SEGMENTS; k++)
                fill_segment(rq, (enum matching_segment_by)k, &s.by[k], v);
        v->capacity.row = arena_array(rq->arena, struct matching_capacity_line, s.used.n + 1);
        for (size_t i = 0; i < s.used.n; i++)
                v->capacity.row[v->capacity.n++] = (struct matching_capacity_line) {
                        .capacity = s.used.row[i].capacity, .mentors = s.used.row[i].mentors, .places = s.used.row[i].places,
                        .used = s.used.row[i].used};
        v->restless.row = arena_array(rq->arena, struct matching_restless, s.rather.n + 1);
        for (size_t i = 0; i < s.rather.n; i++)
                v->restless.row[v->restless.n++] = (struct matching_restless) {
                        .mentee = s.rather.row[i].mentee, .mentor = s.rather.row[i].mentor,
                        .mentee_name = matching_full_name(names, s.rather.row[i].mentee),
                        .mentor_name = matching_full_name(names, s.rather.row[i].mentor)};
        return OK;
}

static struct err fill_aims(struct request *rq, int64_t cohort, struct matching_fairness_view *v)
{
        struct matching_prices prices;

        TRY(matching_prices(rq->tx, rq->who, cohort, matching_asked_to_work(rq), &prices));
        v->too_large = prices.too_large;
        v->weighed = prices.weighed;
        if (prices.too_large || prices.weighed == 0)
                return OK;
        v->aims.row = arena_array(rq->arena, struct matching_aim_line, MATCHING_AIMS);
        for (; v->aims.n < MATCHING_AIMS; v->aims.n++) {
                const struct matching_price_line *p = &prices.line[v->aims.n];
                v->aims.row[v->aims.n] = (struct matching_aim_line) {
                        .words = matching_aim_words(p->objective), .pairs = p->sums.pairs, .left_out = p->sums.left_out,
                        .mean = p->sums.pairs ? matching_percent(p->sums.total / p->sums.pairs) : 0, .lowest = matching_percent(p->sums.lowest),
                        .poor = p->poor, .blocking = p->blocking, .current = p->current};
        }
        v->price = matching_points(rq->arena, rq->page.locale, prices.line[0].sums.total - prices.line[1].sums.total);
        return OK;
}

struct err matching_fairness_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Fairness"));
        struct matching_fairness_view v = {.tabs = {MATCHING_TAB_FAIRNESS}};
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(fill_segments(rq, c.id, &names, &v));
        TRY(fill_aims(rq, c.id, &v));
        reply_page(rq, re, &shell, matching_fairness_page, &v);
        return OK;
}
