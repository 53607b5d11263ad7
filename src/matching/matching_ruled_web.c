/* /desk/matching/ruled-out: pairs that staff has ruled out, and the way back. */
#include "matching/matching_desk.h"

#include "matching/matching_hand.h"
#include "matching/matching_ruled.html.h"
#include "people/people.h"

#include <stdlib.h>

enum { LISTED = 150 };

static int by_label(const void *a, const void *b)
{
        const struct html_option *x = a, *y = b;

        return text_compare(x->label, y->label);
}

static void options(struct request *rq, const struct matching_names *names, bool mentors, struct html_options *out, bool *large)
{
        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, names->n + 1)};
        out->row[out->n++] = (struct html_option) {.value = TEXT(""), .label = text_of(msg(rq->page.locale, M_("Choose")))};
        for (size_t i = 0; i < names->n; i++)
                if (mentors ? names->row[i].mentor : names->row[i].mentee)
                        out->row[out->n++] = (struct html_option) {
                                .value = text_format(rq->arena, "%lld", (long long)names->row[i].person), .label = names->row[i].full};
        qsort(out->row + 1, out->n - 1, sizeof *out->row, by_label);
        *large = *large || out->n > LISTED;
}

static struct err author(struct request *rq, int64_t person, struct text *out)
{
        struct people_person by;

        *out = text_of(msg(rq->page.locale, M_("the program")));
        if (!person)
                return OK;
        TRY(people_get(rq->tx, person, &by));
        *out = by.first_name;
        return OK;
}

struct err matching_ruled_out_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Ruled out"));
        struct matching_ruled_view v = {.tabs = {MATCHING_TAB_RULED}};
        struct matching_ruled_out_list list;
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(matching_ruled_out(rq->tx, rq->who, c.id, &list));
        v.lines.row = arena_array(rq->arena, struct matching_ruled_line, list.n + 1);
        for (; v.lines.n < list.n; v.lines.n++) {
                const struct matching_ruled_out *r = &list.row[v.lines.n];
                struct matching_ruled_line *l = &v.lines.row[v.lines.n];
                *l = (struct matching_ruled_line) {
                        .mentee = r->mentee, .mentor = r->mentor, .at = r->at, .reason = r->reason,
                        .mentee_name = matching_full_name(&names, r->mentee), .mentor_name = matching_full_name(&names, r->mentor)};
                TRY(author(rq, r->by_person, &l->by));
        }
        options(rq, &names, false, &v.mentees, &v.large);
        options(rq, &names, true, &v.mentors, &v.large);
        reply_page(rq, re, &shell, matching_ruled_page, &v);
        return OK;
}

struct err matching_ruled_out_post(struct request *rq, struct reply *re)
{
        const struct matching_ruled_form *f = FORM(rq, struct matching_ruled_form);
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_forbid(rq->tx, rq->who, c.id, f->mentor, f->mentee, f->reason));
        reply_flash(re, "These two are not proposed any more. Run again if they stand on the table.");
        reply_see(re, "/desk/matching/ruled-out");
        return OK;
}

struct err matching_allow_post(struct request *rq, struct reply *re)
{
        const struct matching_allow_form *f = FORM(rq, struct matching_allow_form);
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_allow(rq->tx, rq->who, c.id, f->mentor, f->mentee));
        reply_flash(re, "The two may be proposed again.");
        reply_see(re, "/desk/matching/ruled-out");
        return OK;
}
