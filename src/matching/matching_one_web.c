/* One proposal at the desk: why, how the score comes about, and what her hand may do. */
#include "matching/matching_desk.h"

#include "html/format.h"
#include "matching/matching.sql.h"
#include "matching/matching_hand.h"
#include "matching/matching_next.h"
#include "matching/matching_one.html.h"
#include "matching/matching_people.h"
#include "matching/matching_table.sql.h"

#include <string.h>

enum { MENTORS_LISTED = 60, SWAPS_LISTED = 60 };

static struct err absent(void) { return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run"); }

static struct err row_of(struct request *rq, struct matching_row *r)
{
        bool found;

        TRY(matching_row(rq->tx, rq_id(rq, "proposal"), &found, r));
        if (!found || text_is(r->state, "dropped"))
                return absent();
        return programmes_staff(rq->tx, rq->who, r->cohort);
}

static void fill_line(struct request *rq, const struct matching_row *r, const struct matching_names *names, struct matching_line *l)
{
        const struct matching_name *mentee = matching_name_of(names, r->mentee), *mentor = matching_name_of(names, r->mentor);
        const struct zone *a = zone_find(mentor->zone), *b = zone_find(mentee->zone);
        int64_t apart = a && b ? (zone_civil(a, rq->page.now).offset - zone_civil(b, rq->page.now).offset) / 60 : 0;
        struct matching_sentences why;

        *l = (struct matching_line) {
                .id = r->id, .mentor = r->mentor, .mentee = r->mentee, .score = r->score, .percent = matching_percent(r->score),
                .mentor_name = mentor->full, .mentee_name = mentee->full, .edit_reason = r->edit_reason, .hand = r->edit_reason.p != NULL,
                .locked = text_is(r->state, "locked"), .open = text_is(r->state, "published"), .accepted = text_is(r->state, "accepted"),
                .declined = text_is(r->state, "declined"), .expired = text_is(r->state, "expired"), .low = r->score < MATCHING_POOR,
                .mentor_yes = text_is(r->mentor_answer, "yes"), .mentor_no = text_is(r->mentor_answer, "no"),
                .mentee_yes = text_is(r->mentee_answer, "yes"), .mentee_no = text_is(r->mentee_answer, "no")};
        l->unsent = l->locked || text_is(r->state, "draft");
        matching_sentences(rq->arena, rq->page.locale, r->reasons, apart, &why);
        memcpy(l->reasons, why.row, sizeof l->reasons);
}

/* "part millionths known" lines, as matching_parts_text() wrote them. */
static void fill_parts(struct request *rq, struct text parts, const struct matching_weights *w, struct matching_part_lines *out)
{
        struct matching_fit fit = {0};

        for (int i = 0; parts.n && i < MATCHING_PARTS; i++) {
                struct text rest;
                int64_t value = 0, known = 0;
                text_cut(text_cut(parts, '\n', &parts), ' ', &rest);
                text_int(text_cut(rest, ' ', &rest), &value);
                text_int(rest, &known);
                fit.part[i] = (int32_t)value;
                fit.known[i] = known != 0;
        }
        matching_fit_lines(rq, &fit, w, out);
}

static struct err mentor_options(struct request *rq, const struct matching_row *r, const struct matching_names *names,
                                 struct matching_one_view *v)
{
        struct matching_why_one one;
        struct html_options *out = &v->mentors;

        TRY(matching_why_one(rq->tx, rq->who, r->cohort, r->mentee, (struct matching_ask) {.most = MENTORS_LISTED}, &one));
        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, one.n + 1)};
        v->rank = one.rank;
        v->allowed = one.allowed;
        for (size_t i = 0; i < one.n; i++) {
                const struct matching_possible *c = &one.best[i];
                if (c->mentor == r->mentor || c->room < 1)
                        continue;
                out->row[out->n++] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)c->mentor),
                        .label = text_format(rq->arena, "%s, %s", matching_full_name(names, c->mentor).p,
                                             format_percent(rq->arena, rq->page.locale, (double)matching_percent(c->score) / 100).p)};
        }
        out->row[out->n++] = (struct html_option) {
                .value = TEXT("0"), .label = text_of(msg(rq->page.locale, M_("Nobody: leave this mentee out for now")))};
        return OK;
}

static bool has(struct text name, struct text part) { return part.n == 0 || memmem(name.p, name.n, part.p, part.n) != NULL; }

/* Of very many only those whose names have what was looked for. */
static struct err swap_options(struct request *rq, const struct matching_row *r, const struct matching_names *names, struct matching_one_view *v)
{
        struct text find = text_fold(rq->arena, text_trim(v->find));
        struct matching_unsent_list rows;

        TRY(matching_unsent(rq->tx, r->cohort, &rows));
        v->find_swap = rows.n > SWAPS_LISTED;
        v->swaps = (struct html_options) {.row = arena_array(rq->arena, struct html_option, SWAPS_LISTED + 1)};
        for (size_t i = 0; i < rows.n && v->swaps.n < SWAPS_LISTED; i++) {
                const struct matching_unsent *o = &rows.row[i];
                const struct matching_name *mentee = matching_name_of(names, o->mentee), *mentor = matching_name_of(names, o->mentor);
                if (o->id != r->id && o->mentor != r->mentor && (has(mentee->key, find) || has(mentor->key, find)))
                        v->swaps.row[v->swaps.n++] = (struct html_option) {
                                .value = text_format(rq->arena, "%lld", (long long)o->id),
                                .label = msg_with(rq->arena, rq->page.locale, "{mentee} with {mentor}", "mentee", mentee->full, "mentor",
                                                  mentor->full, NULL)};
        }
        return OK;
}

static struct err fill_wishes(struct request *rq, const struct matching_row *r, const struct matching_names *names, struct matching_one_view *v)
{
        struct matching_wish_list all;

        TRY(matching_wishes(rq->tx, rq->who, r->cohort, r->mentee, &all));
        v->wishes_answered = all.answered;
        v->wishes.row = arena_array(rq->arena, struct matching_wish_line, all.n + 1);
        for (; v->wishes.n < all.n; v->wishes.n++) {
                const struct matching_wish *w = &all.row[v->wishes.n];
                v->wishes.row[v->wishes.n] = (struct matching_wish_line) {matching_full_name(names, w->mentor), w->rank, w->not_with, w->marked,
                                                                         w->mentor == r->mentor};
        }
        return OK;
}

struct err matching_one_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("A proposal"));
        struct matching_one_view v = {.find = rq_query(rq, "pair")};
        struct matching_weights weights;
        struct matching_names names;
        struct matching_row r;

        TRY(row_of(rq, &r));
        TRY(matching_names(rq, r.cohort, &names));
        TRY(matching_weights_of(rq->tx, r.cohort, &weights));
        fill_line(rq, &r, &names, &v.line);
        fill_parts(rq, r.parts, &weights, &v.parts);
        v.can_edit = v.line.unsent;
        v.lapsed = text_is(r.state, "expired");
        v.notes[0] = r.mentee_note;
        v.notes[1] = r.mentor_note;
        TRY(fill_wishes(rq, &r, &names, &v));
        v.asks[0] = matching_looks_open(&r, rq->page.now) && !r.mentee_answer.p;
        v.asks[1] = matching_looks_open(&r, rq->page.now) && !r.mentor_answer.p;
        if (v.can_edit) {
                TRY(mentor_options(rq, &r, &names, &v));
                TRY(swap_options(rq, &r, &names, &v));
        }
        v.open_swap = v.find.n || (rq->page.echo && form_typed(rq->page.echo, "other").p);
        v.open_edit = rq->page.echo && !v.open_swap;
        reply_page(rq, re, &shell, matching_one, &v);
        return OK;
}

struct err matching_edit_post(struct request *rq, struct reply *re)
{
        const struct matching_edit_form *f = FORM(rq, struct matching_edit_form);
        struct matching_row r;

        TRY(row_of(rq, &r));
        if (f->forbid)
                TRY(matching_forbid(rq->tx, rq->who, r.cohort, r.mentor, r.mentee, f->reason));
        TRY(matching_edit(rq->tx, rq->who, r.id, f->mentor, f->reason));
        reply_flash(re, "The proposal is changed, with your reason.");
        reply_see(re, "/desk/matching");
        return OK;
}

struct err matching_swap_post(struct request *rq, struct reply *re)
{
        const struct matching_swap_form *f = FORM(rq, struct matching_swap_form);

        TRY(matching_swap(rq->tx, rq->who, rq_id(rq, "proposal"), f->other, f->why));
        reply_flash(re, "The two have swapped mentors, and both pairs are locked.");
        reply_see(re, "/desk/matching");
        return OK;
}

struct err matching_lock_post(struct request *rq, struct reply *re)
{
        TRY(matching_lock(rq->tx, rq->who, rq_id(rq, "proposal"), true));
        reply_see(re, "/desk/matching");
        return OK;
}

struct err matching_again_post(struct request *rq, struct reply *re)
{
        TRY(matching_again(rq->tx, rq->who, rq_id(rq, "proposal")));
        reply_flash(re, "The two are on the table once more. Nobody knows of it before you send it.");
        reply_see(re, "/desk/matching");
        return OK;
}

struct err matching_unlock_post(struct request *rq, struct reply *re)
{
        TRY(matching_lock(rq->tx, rq->who, rq_id(rq, "proposal"), false));
        reply_see(re, "/desk/matching");
        return OK;
}
