/* /desk/matching/why: why not her, and why is he left out. */
#include "matching/matching_desk.h"

#include "matching/matching_hand.h"
#include "matching/matching_why.html.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED = 150, MOVES_SHOWN = 12, CHOICES_SHOWN = 10 };

/* ---- the two lists ---- */

static bool is_found(const struct matching_name *p, struct text folded)
{
        return folded.n == 0 || memmem(p->key.p, p->key.n, folded.p, folded.n) != NULL;
}

static int by_label(const void *a, const void *b)
{
        const struct html_option *x = a, *y = b;

        return text_compare(x->label, y->label);
}

/* Whoever is chosen stands in the list whatever is looked for. */
static void options(struct request *rq, const struct matching_names *names, bool mentors, struct text find, int64_t chosen, struct html_options *out)
{
        struct text folded = text_fold(rq->arena, text_trim(find));
        size_t from = 1;

        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, LISTED + 2)};
        out->row[out->n++] = (struct html_option) {.value = TEXT(""), .label = text_of(msg(rq->page.locale, M_("Choose")))};
        for (size_t i = 0; i < names->n; i++) {
                const struct matching_name *p = &names->row[i];
                if (!(mentors ? p->mentor : p->mentee) || (p->person != chosen && (out->n > LISTED - 1 || !is_found(p, folded))))
                        continue;
                out->row[out->n++] = (struct html_option) {.value = text_format(rq->arena, "%lld", (long long)p->person), .label = p->full};
        }
        qsort(out->row + from, out->n - from, sizeof *out->row, by_label);
}

static void fill_form(struct request *rq, const struct matching_names *names, struct matching_why_view *v)
{
        size_t mentors = 0, mentees = 0;

        for (size_t i = 0; i < names->n; i++) {
                mentors += names->row[i].mentor;
                mentees += names->row[i].mentee;
        }
        v->large = mentors > LISTED - 1 || mentees > LISTED - 1;
        v->find_mentee = rq_query(rq, "find_mentee");
        v->find_mentor = rq_query(rq, "find_mentor");
        options(rq, names, false, v->find_mentee, v->mentee, &v->mentees);
        options(rq, names, true, v->find_mentor, v->mentor, &v->mentors);
        v->mentee_value = v->mentee ? text_format(rq->arena, "%lld", (long long)v->mentee) : TEXT("");
        v->mentor_value = v->mentor ? text_format(rq->arena, "%lld", (long long)v->mentor) : TEXT("");
}

/* ---- a pair ---- */

static void fill_beside(struct request *rq, const struct matching_weights *w, struct matching_why_view *v)
{
        struct matching_part_lines asked, has;

        matching_fit_lines(rq, &v->pair.fit, w, &asked);
        matching_fit_lines(rq, &v->pair.has_fit, w, &has);
        v->beside.row = arena_array(rq->arena, struct matching_beside, MATCHING_PARTS);
        for (; v->beside.n < asked.n && v->beside.n < has.n; v->beside.n++) {
                size_t i = v->beside.n;
                v->beside.row[i] = (struct matching_beside) {
                        .title = asked.row[i].title, .weight = asked.row[i].weight, .asked = asked.row[i].percent, .has = has.row[i].percent,
                        .asked_known = asked.row[i].known, .has_known = has.row[i].known};
        }
}

static struct err fill_pair(struct request *rq, int64_t cohort, const struct matching_names *names, struct matching_why_view *v)
{
        struct matching_weights weights;

        TRY(matching_why_pair(rq->tx, rq->who, cohort, v->mentee, v->mentor, matching_asked_to_work(rq), &v->pair));
        TRY(matching_weights_of(rq->tx, cohort, &weights));
        v->asked_pair = true;
        v->percent = matching_percent(v->pair.fit.score);
        if (v->pair.has && v->pair.has != v->mentor) {
                v->has_name = matching_full_name(names, v->pair.has);
                v->has_percent = matching_percent(v->pair.has_fit.score);
        }
        fill_beside(rq, &weights, v);
        matching_rule_lines(rq, v->pair.fit.forbidden, &v->rules);
        if (v->pair.cost != 0)
                v->points = matching_points(rq->arena, rq->page.locale, v->pair.cost);
        else if (v->pair.best.lowest != v->pair.forced.lowest)
                v->points = matching_points(rq->arena, rq->page.locale, v->pair.best.lowest - v->pair.forced.lowest);
        v->points_sum = matching_points(rq->arena, rq->page.locale, v->pair.best.total);
        matching_moved_lines(rq->arena, names, v->pair.move, v->pair.moves < MOVES_SHOWN ? v->pair.moves : MOVES_SHOWN, &v->moved);
        return OK;
}

/* ---- one mentee ---- */

static struct err fill_one(struct request *rq, int64_t cohort, const struct matching_names *names, struct matching_why_view *v)
{
        struct matching_why_one *one = &v->one;

        struct matching_ask ask = {.most = CHOICES_SHOWN, .costs = true, .work = matching_asked_to_work(rq)};

        TRY(matching_why_one(rq->tx, rq->who, cohort, v->mentee, ask, one));
        v->asked_one = true;
        v->has_name = matching_full_name(names, one->has);
        v->choices.row = arena_array(rq->arena, struct matching_choice_line, one->n + 1);
        for (; v->choices.n < one->n; v->choices.n++) {
                const struct matching_possible *c = &one->best[v->choices.n];
                v->choices.row[v->choices.n] = (struct matching_choice_line) {
                        .mentor = c->mentor, .name = matching_full_name(names, c->mentor), .percent = matching_percent(c->score),
                        .room = c->room, .has = c->has, .priced = c->priced && !c->has, .cost_pairs = c->cost_pairs, .free = c->cost == 0,
                        .points = matching_points(rq->arena, rq->page.locale, c->cost)};
        }
        v->shut.row = arena_array(rq->arena, struct matching_shut, 17);
        for (int b = 0; b < 16; b++) {
                if (one->by_rule[b])
                        v->shut.row[v->shut.n++] = (struct matching_shut) {
                                text_of(msg(rq->page.locale, matching_rule_words((enum matching_rule)(1u << b)))), one->by_rule[b]};
        }
        if (one->before)
                v->shut.row[v->shut.n++] = (struct matching_shut) {text_of(msg(rq->page.locale, M_("They were proposed before, or are ruled out."))), one->before};
        v->left_words = msg(rq->page.locale, matching_left_words(
                one->mentors == 0 ? "no mentor has room" : one->allowed ? matching_left_among(one->allowed, one->free)
                : one->before ? "proposed before" : matching_rule_name(matching_worst_rule(one->by_rule))));
        return OK;
}

/* ---- the page ---- */

/* Also when a form came back: then what was asked stands in its fields. */
static int64_t asked(struct request *rq, const char *name)
{
        int64_t id;

        if (rq->page.echo)
                return text_int(form_typed(rq->page.echo, name), &id) ? id : 0;
        return rq_id(rq, name);
}

static bool is_of(const struct matching_names *names, int64_t person, bool mentor)
{
        const struct matching_name *n = matching_name_of(names, person);

        return n->person == person && (mentor ? n->mentor : n->mentee);
}

struct err matching_why_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Why not her?"));
        struct matching_why_view v = {.tabs = {MATCHING_TAB_WHY}, .mentee = asked(rq, "mentee"), .mentor = asked(rq, "mentor")};
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        if (!is_of(&names, v.mentee, false))
                v.mentee = 0;
        if (!is_of(&names, v.mentor, true) || v.mentor == v.mentee)
                v.mentor = 0;
        v.mentee_name = matching_full_name(&names, v.mentee);
        v.mentor_name = matching_full_name(&names, v.mentor);
        fill_form(rq, &names, &v);
        if (v.mentee && v.mentor)
                TRY(fill_pair(rq, c.id, &names, &v));
        else if (v.mentee)
                TRY(fill_one(rq, c.id, &names, &v));
        reply_page(rq, re, &shell, matching_why_page, &v);
        return OK;
}

static struct err find(struct tx *tx, void *in)
{
        struct request *rq = in;
        const struct matching_choose_form *f = FORM(rq, struct matching_choose_form);
        struct matching_chosen *found;
        struct programmes_cohort c;

        TRY(matching_here(tx, rq, &c));
        TRY(matching_choose_find(tx, rq->who, c.id, &(struct matching_choosing) {f->mentee, f->mentor, f->reason}, &found));
        rq->prepared = found;
        return OK;
}

struct err matching_why_prepare(struct request *rq) { return matching_before(rq, find); }

struct err matching_why_post(struct request *rq, struct reply *re)
{
        int64_t run;

        TRY(matching_choose_keep(rq->tx, rq->who, rq->prepared, &run));
        reply_flash(re, "The pair is locked, and the rest has been solved around it.");
        reply_see(re, "/desk/matching");
        return OK;
}
