/* /desk/matching/left-out: reasons and remedies. */
#include "matching/matching_desk.h"

#include "html/format.h"
#include "matching/matching_left.html.h"
#include "matching/matching_people.h"
#include "people/people.h"

#include <string.h>

enum { PEOPLE_SHOWN = 50 };

/* "negotiation (4), finance (2)": a star where no free mentor offers it. */
static struct text needs(struct arena *a, const struct matching_need_list *list, bool counted)
{
        struct out o = out_new(a, 128);

        for (size_t i = 0; i < list->n; i++) {
                out_c(&o, i ? ", " : "");
                out_text(&o, list->row[i].word);
                if (counted)
                        out_format(&o, " (%lld)%s", (long long)list->row[i].n, list->row[i].offered ? "" : "*");
        }
        return out_get(&o);
}

static struct text names_text(struct arena *a, const struct matching_names *names, const int64_t *person, size_t n, int64_t all)
{
        struct out o = out_new(a, 128);

        for (size_t i = 0; i < n; i++) {
                out_c(&o, i ? ", " : "");
                out_text(&o, matching_full_name(names, person[i]));
        }
        out_c(&o, (int64_t)n < all ? " …" : "");
        return out_get(&o);
}

static struct text languages_text(struct request *rq, const struct matching_need_list *list)
{
        return people_language_words(rq->arena, rq->page.locale, needs(rq->arena, list, false));
}

static struct text gap_words(struct request *rq, const struct matching_gap *g)
{
        enum locale l = rq->page.locale;
        struct text who = msg_plural(rq->arena, l, g->mentees, "One mentee", "{n} mentees");

        if (g->mentors == 0)
                return msg_with(rq->arena, l, "{mentees} for whom no mentor is possible at all", "mentees", who, NULL);
        return msg_with(rq->arena, l, "{mentees} can only go to {mentors}, who have {places}", "mentees", who, "mentors",
                        msg_plural(rq->arena, l, g->mentors, "one mentor", "{n} mentors"), "places",
                        msg_plural(rq->arena, l, g->places, "one place", "{n} places"), NULL);
}

static void fill_gaps(struct request *rq, const struct matching_names *names, struct matching_left_view *v)
{
        v->gaps.row = arena_array(rq->arena, struct matching_gap_line, v->left.gaps.n + 1);
        for (size_t i = 0; i < v->left.gaps.n; i++) {
                const struct matching_gap *g = &v->left.gaps.row[i];
                v->gaps.row[v->gaps.n++] = (struct matching_gap_line) {
                        .words = gap_words(rq, g), .wants = needs(rq->arena, &g->wants, false), .languages = languages_text(rq, &g->languages),
                        .names = names_text(rq->arena, names, g->name, g->n_names, g->mentees),
                        .mentors = names_text(rq->arena, names, g->mentor, g->n_mentors, g->mentors), .short_by = g->short_by};
        }
}

static const char *relaxed_words(enum matching_rule rule)
{
        switch (rule) {
        case MATCHING_LOW_TOTAL: return M_("Without the floor of the fit");
        case MATCHING_LOW_GOALS: return M_("Without the floor of goals and skills");
        case MATCHING_NO_HOURS: return M_("With time zones further apart");
        case MATCHING_NO_LANGUAGE: return M_("If somebody spoke the language that is missing");
        case MATCHING_SAME_TEAM: return M_("With people of the same team");
        case MATCHING_SAME_FUNCTION: return M_("With people of the same field");
        case MATCHING_LEVEL_GAP: return M_("With a smaller distance in experience");
        case MATCHING_SELF: case MATCHING_PAIRED: case MATCHING_MANAGER: case MATCHING_MANAGERS_MANAGER: case MATCHING_SAME_MANAGER:
        case MATCHING_PANEL: case MATCHING_NOT_WITH: case MATCHING_CONCERN: case MATCHING_NO_CONSENT:
                break;
        }
        must(!"a rule that is never loosened");
}

static void fill(struct request *rq, const struct matching_names *names, struct matching_left_view *v)
{
        const struct matching_left *left = &v->left;

        v->people.row = arena_array(rq->arena, struct matching_left_line, PEOPLE_SHOWN);
        for (size_t i = 0; i < left->n && i < PEOPLE_SHOWN; i++)
                v->people.row[v->people.n++] = (struct matching_left_line) {
                        .person = left->row[i].person, .name = matching_full_name(names, left->row[i].person), .allowed = left->row[i].allowed,
                        .best = matching_full_name(names, left->row[i].best), .percent = matching_percent(left->row[i].score),
                        .words = text_of(msg(rq->page.locale, matching_left_words(left->row[i].code)))};
        v->more = left->n > PEOPLE_SHOWN;
        fill_gaps(rq, names, v);
        v->raise = names_text(rq->arena, names, left->raise, left->n_raise, (int64_t)left->n_raise);
        v->recruit = needs(rq->arena, &left->recruit, true);
        v->relaxed.row = arena_array(rq->arena, struct matching_relaxed_line, left->relaxed.n + 1);
        for (size_t i = 0; i < left->relaxed.n; i++)
                v->relaxed.row[v->relaxed.n++] = (struct matching_relaxed_line) {relaxed_words(left->relaxed.row[i].rule), left->relaxed.row[i].more};
}

struct err matching_left_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Left out"));
        struct matching_left_view v = {.tabs = {MATCHING_TAB_LEFT}};
        struct matching_wave_list waves;
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(matching_left(rq->tx, rq->who, c.id, matching_asked_to_work(rq), &v.left));
        TRY(matching_waves(rq->tx, c.id, &waves));
        v.may_refill = v.left.possible > 0 && waves.n > 0;
        fill(rq, &names, &v);
        reply_page(rq, re, &shell, matching_left_page, &v);
        return OK;
}
