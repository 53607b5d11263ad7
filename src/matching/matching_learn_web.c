/* What finished pairs teach about the weights, and what is not known about people. */
#include "html/format.h"
#include "html/messages.h"
#include "http/form.h"
#include "matching/matching_dossier.h"
#include "matching/matching_learn_view.h"

#include "matching/matching_learn.html.h"

#include <math.h>
#include <string.h>

/* ---- weights ---- */

static struct matching_of_hundred of_hundred(const struct matching_interval *i)
{
        return (struct matching_of_hundred) {lround(100 * i->value), lround(100 * i->low), lround(100 * i->high)};
}

/* The interval of the gain decides: one that holds zero is no proof of anything. */
static void judge(struct request *rq, const struct matching_learned *l, struct matching_learn_view *v)
{
        const char *title, *words;

        if (l->auc.low <= 0.5) {
                title = M_("Your pairs do not show yet that any score matters");
                words = M_("Pairs that the learning had not seen are put in order no better than by chance. Keep the present weights and look again after the next cohort.");
        } else if (l->gain.low > 0) {
                title = M_("The learned weights foretell better");
                words = M_("On pairs that the learning had not seen, they foretell better than the present weights, by more than chance would explain.");
        } else if (l->gain.high < 0) {
                title = M_("The learned weights foretell worse");
                words = M_("On pairs that the learning had not seen, the present weights foretell better. Keep them.");
        } else {
                title = M_("The learned weights are no clear gain");
                words = M_("On pairs that the learning had not seen, both foretell about equally well: the difference is within what chance brings.");
        }
        v->verdict = text_of(msg(rq->page.locale, title));
        v->verdict_words = text_of(msg(rq->page.locale, words));
}

static void weight_lines(struct request *rq, const struct matching_weights *present, const struct matching_learned *l,
                         struct matching_learn_view *v)
{
        v->lines.row = arena_array(rq->arena, struct matching_weight_line, MATCHING_PARTS);
        v->same = memcmp(present->part, l->part, sizeof l->part) == 0;
        for (; v->lines.n < MATCHING_PARTS; v->lines.n++) {
                size_t k = v->lines.n;
                v->lines.row[k] = (struct matching_weight_line) {
                        msg(rq->page.locale, matching_part_title((enum matching_part)k)), matching_weights_default.part[k],
                        present->part[k], l->part[k], l->part[k] != present->part[k]};
        }
}

static struct err try_both(struct request *rq, int64_t cohort, const struct matching_weights *present,
                           const struct matching_learned *l, struct matching_learn_view *v)
{
        struct matching_weights learned = *present;
        const struct matching_what_if *w = &v->would;

        memcpy(learned.part, l->part, sizeof learned.part);
        TRY(matching_what_if(rq->tx, cohort, present, &learned, &v->would));
        v->tried = true;
        v->total_before = text_format(rq->arena, "%.1f", (double)w->total[0] / MATCHING_ONE);
        v->total_after = text_format(rq->arena, "%.1f", (double)w->total[1] / MATCHING_ONE);
        v->lowest_before = format_percent(rq->arena, rq->page.locale, (double)w->lowest[0] / MATCHING_ONE);
        v->lowest_after = format_percent(rq->arena, rq->page.locale, (double)w->lowest[1] / MATCHING_ONE);
        return OK;
}

static struct err staff_cohort(struct request *rq, int64_t *cohort)
{
        TRY(programmes_current(rq->tx, rq->who, cohort));
        return programmes_staff(rq->tx, rq->who, *cohort);
}

static struct err show_learn(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Weights from your own past")))};
        struct matching_weights present;
        struct matching_learned l;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_lesson_for(rq->tx, rq->who, cohort, &present, &l));
        struct matching_learn_view v = {
                .few = l.lesson == MATCHING_LESSON_FEW, .alike = l.lesson == MATCHING_LESSON_ALIKE,
                .learned = l.lesson == MATCHING_LESSON_LEARNED, .pairs = l.pairs, .flourished = l.flourished, .cohorts = l.cohorts,
                .least = MATCHING_LEARN_LEAST, .least_each = MATCHING_LEARN_LEAST_EACH, .by_cohort = l.by_cohort};
        weight_lines(rq, &present, &l, &v);
        if (v.learned) {
                v.auc = of_hundred(&l.auc);
                v.auc_before = of_hundred(&l.auc_before);
                judge(rq, &l, &v);
        }
        if (v.learned && !v.same && text_is(rq_query(rq, "try"), "1"))
                TRY(try_both(rq, cohort, &present, &l, &v));
        reply_page(rq, re, &shell, matching_learn_page, &v);
        return OK;
}

struct adopt_form { struct text reason; };
FORM_OF(adopt_form, struct adopt_form,
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct adopt_form, reason), .required = true, .max = 300, .label = "Why"});

static struct err post_learn(struct request *rq, struct reply *re)
{
        struct matching_weights weights;
        struct matching_learned l;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_lesson_for(rq->tx, rq->who, cohort, &weights, &l));
        if (l.lesson != MATCHING_LESSON_LEARNED)
                return FAIL(ERR_CONFLICT, "There is nothing learned to adopt", "Look again when more pairs have ended");
        memcpy(weights.part, l.part, sizeof weights.part);
        TRY(matching_weights_set(rq->tx, rq->who, cohort, &weights, FORM(rq, struct adopt_form)->reason));
        reply_flash(re, "The learned weights hold from the next run on.");
        reply_see(re, "/desk/matching/learn");
        return OK;
}

/* ---- what is not known ---- */

enum { SHOWN = 200 };

static const char *gap_title(enum matching_gap gap)
{
        switch (gap) {
        case MATCHING_GAP_MANAGER: return M_("No line manager on file");
        case MATCHING_GAP_TEAM: return M_("No team on file");
        case MATCHING_GAP_LANGUAGE: return M_("No language said");
        case MATCHING_GAP_ZONE: return M_("Time zone only guessed");
        case MATCHING_GAP_HOURS: return M_("No hours said");
        case MATCHING_GAPS: break;
        }
        return "";
}

static const char *gap_effect(enum matching_gap gap)
{
        switch (gap) {
        case MATCHING_GAP_MANAGER: return M_("Three rules cannot be looked at: nobody with their manager, with the manager's manager, or with somebody under the same manager.");
        case MATCHING_GAP_TEAM: return M_("One rule cannot be looked at: nobody with somebody of their own team.");
        case MATCHING_GAP_LANGUAGE: return M_("One rule cannot be looked at: no pair without a language in common.");
        case MATCHING_GAP_ZONE: return M_("One rule cannot be looked at: no pair without hours in common.");
        case MATCHING_GAP_HOURS: return M_("Hours in common count one half, which is neither good nor bad.");
        case MATCHING_GAPS: break;
        }
        return "";
}

static const char *gap_word(enum matching_gap gap)
{
        static const char *const words[MATCHING_GAPS] = {M_("manager"), M_("team"), M_("language"), M_("time zone"), M_("hours")};

        return words[gap];
}

static struct text lacks(struct request *rq, const struct matching_gap_person *p)
{
        struct text t = TEXT("");

        for (int g = 0; g < MATCHING_GAPS; g++)
                if (p->gap[g])
                        t = text_format(rq->arena, "%s%s%s", t.p, t.n ? ", " : "", msg(rq->page.locale, gap_word((enum matching_gap)g)));
        return t;
}

static struct err show_unknown(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("What is not known")))};
        struct matching_unknown_view v = {0};
        struct matching_unknown u;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_unknown(rq->tx, rq->who, cohort, &u));
        v.all = u.all;
        v.some = (int64_t)u.people.n;
        v.lines.row = arena_array(rq->arena, struct matching_gap_line, MATCHING_GAPS);
        for (int g = 0; g < MATCHING_GAPS; g++)
                if (u.lack[g])
                        v.lines.row[v.lines.n++] = (struct matching_gap_line) {
                                msg(rq->page.locale, gap_title((enum matching_gap)g)), msg(rq->page.locale, gap_effect((enum matching_gap)g)), u.lack[g]};
        v.people.row = arena_array(rq->arena, struct matching_gap_row, SHOWN);
        for (size_t i = 0; i < u.people.n && i < SHOWN; i++)
                v.people.row[v.people.n++] = (struct matching_gap_row) {u.people.row[i].person, u.people.row[i].name,
                                                                       lacks(rq, &u.people.row[i]), u.people.row[i].mentor};
        v.more = v.some - (int64_t)v.people.n;
        reply_page(rq, re, &shell, matching_unknown_page, &v);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/matching/learn", .who = WHO_STAFF, .handler = show_learn},
        {.method = POST, .path = "/desk/matching/learn", .who = WHO_STAFF, .handler = post_learn, .form = &adopt_form,
         .back = "/desk/matching/learn"},
        {.method = GET, .path = "/desk/matching/unknown", .who = WHO_STAFF, .handler = show_unknown},
};

const struct route_table matching_learn_routes = ROUTES(rows);
