/* /desk/matching: the table, what is marked on it, and sending. */
#include "matching/matching_desk.h"

#include "html/format.h"
#include "matching/matching.sql.h"
#include "matching/matching_hand.h"
#include "matching/matching_runs.sql.h"
#include "matching/matching_table.html.h"
#include "matching/matching_table.sql.h"
#include "matching/matching_table_list.h"

#include <jansson.h>
#include <string.h>

enum { BARS = 20, LEFT_SHOWN = 8, SEND_SHOWN = 8, ANSWER_DAYS = 5 };

/* ---- the rows ---- */

static struct matching_line line_of(const struct matching_light *r, const struct matching_names *names)
{
        const struct matching_name *mentee = matching_name_of(names, r->mentee), *mentor = matching_name_of(names, r->mentor);
        struct matching_line l = {
                .id = r->id, .mentor = r->mentor, .mentee = r->mentee, .score = r->score, .percent = matching_percent(r->score),
                .mentor_name = mentor->full, .mentee_name = mentee->full, .key = {&mentee->key, &mentor->key},
                .locked = text_is(r->state, "locked"), .hand = r->edited, .open = text_is(r->state, "published"),
                .accepted = text_is(r->state, "accepted"), .declined = text_is(r->state, "declined"),
                .expired = text_is(r->state, "expired"), .low = r->score < MATCHING_POOR, .expires_at = r->expires_at,
                .mentor_yes = text_is(r->mentor_answer, "yes"), .mentor_no = text_is(r->mentor_answer, "no"),
                .mentee_yes = text_is(r->mentee_answer, "yes"), .mentee_no = text_is(r->mentee_answer, "no")};

        l.unsent = l.locked || text_is(r->state, "draft");
        return l;
}

/* What costs a question or a formatter, for the rows that are shown. */
static struct err fill_line(struct request *rq, const struct matching_names *names, struct matching_line *l)
{
        const struct matching_name *mentee = matching_name_of(names, l->mentee), *mentor = matching_name_of(names, l->mentor);
        const struct zone *a = zone_find(mentor->zone), *b = zone_find(mentee->zone);
        struct matching_sentences why;
        struct matching_line_words words;
        int64_t apart = a && b ? (zone_civil(a, rq->page.now).offset - zone_civil(b, rq->page.now).offset) / 60 : 0;

        TRY(matching_line_words(rq->tx, l->id, &words));
        matching_sentences(rq->arena, rq->page.locale, words.reasons, apart, &why);
        memcpy(l->reasons, why.row, sizeof l->reasons);
        l->edit_reason = words.edit_reason;
        l->mentor_city = matching_city(rq, mentor->zone);
        l->mentee_city = matching_city(rq, mentee->zone);
        return OK;
}

static struct err fill_lines(struct request *rq, const struct matching_names *names, struct matching_line_list *lines)
{
        for (size_t i = 0; i < lines->n; i++)
                TRY(fill_line(rq, names, &lines->row[i]));
        return OK;
}

static struct err all_lines(struct request *rq, int64_t cohort, const struct matching_names *names, struct matching_line_list *out)
{
        struct matching_light_list rows;

        TRY(matching_light(rq->tx, cohort, &rows));
        *out = (struct matching_line_list) {.row = arena_array(rq->arena, struct matching_line, rows.n + 1)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = line_of(&rows.row[out->n], names);
        matching_list_eye(out, rq->page.now, rq->arena);
        return OK;
}

/* ---- the sentence on top, and its picture ---- */

static bool is_alive(const struct matching_line *l) { return l->unsent || l->open || l->accepted; }

static void sum_up(struct request *rq, const struct matching_line_list *all, struct matching_table_view *v)
{
        int64_t sum = 0, n = 0, bins[BARS] = {0}, most = 1;

        v->lowest = 100;
        for (size_t i = 0; i < all->n; i++) {
                const struct matching_line *l = &all->row[i];
                v->eye += l->eye > 0;
                if (!is_alive(l))
                        continue;
                int64_t bin = l->score * BARS / (MATCHING_ONE + 1);
                n++;
                sum += l->score;
                v->lowest = l->percent < v->lowest ? l->percent : v->lowest;
                most = ++bins[bin] > most ? bins[bin] : most;
        }
        v->all = n;
        v->mean = n ? matching_percent(sum / n) : 0;
        v->lowest = n ? v->lowest : 0;
        v->bars.row = arena_array(rq->arena, struct matching_bar, BARS);
        for (int b = 0; b < BARS; b++) {
                double height = 40.0 * (double)bins[b] / (double)most;
                if (bins[b])
                        v->bars.row[v->bars.n++] = (struct matching_bar) {
                                .x = b * 100.0 / BARS, .y = 40 - height, .height = height,
                                .low = (b + 1) * (MATCHING_ONE / BARS) <= MATCHING_POOR};
        }
}

/* ---- who is left out ---- */

static const char *code_of(json_t *list, int64_t person)
{
        char id[24];

        snprintf(id, sizeof id, "%lld", (long long)person);
        for (size_t i = 0; i < json_array_size(list); i++) {
                json_t *item = json_array_get(list, i);
                const char *of = json_string_value(json_object_get(item, "person"));
                if (of && strcmp(of, id) == 0)
                        return json_string_value(json_object_get(item, "why"));
        }
        return "by hand";
}

static int by_id(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return (x > y) - (x < y);
}

static void left_out(struct request *rq, const struct matching_names *names, const struct matching_line_list *all, struct text unmatched,
                     struct matching_table_view *v)
{
        int64_t *has = arena_array(rq->arena, int64_t, all->n + 1);
        size_t n = 0;
        json_t *list = json_loadb(unmatched.p ? unmatched.p : "[]", unmatched.p ? unmatched.n : 2, 0, NULL);

        for (size_t i = 0; i < all->n; i++)
                if (is_alive(&all->row[i]))
                        has[n++] = all->row[i].mentee;
        qsort(has, n, sizeof *has, by_id);
        v->left_out.row = arena_array(rq->arena, struct matching_left_out, LEFT_SHOWN);
        for (size_t i = 0; i < names->n; i++) {
                const struct matching_name *p = &names->row[i];
                if (!p->free || bsearch(&p->person, has, n, sizeof *has, by_id))
                        continue;
                if (v->n_left_out++ < LEFT_SHOWN)
                        v->left_out.row[v->left_out.n++] = (struct matching_left_out) {
                                p->person, p->full, msg(rq->page.locale, matching_left_words(code_of(list, p->person)))};
        }
        json_decref(list);
}

/* ---- the page ---- */

static void put_encoded(struct out *o, struct text t)
{
        for (size_t i = 0; i < t.n; i++) {
                unsigned char c = (unsigned char)t.p[i];
                bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                out_format(o, plain ? "%c" : "%%%02X", c);
        }
}

static struct text query_of(struct arena *a, const struct matching_list_ask *ask)
{
        struct out o = out_new(a, 128);

        out_c(&o, "show=");
        put_encoded(&o, ask->show);
        out_c(&o, "&sort=");
        put_encoded(&o, ask->sort);
        out_c(&o, "&q=");
        put_encoded(&o, ask->q);
        return out_get(&o);
}

static struct err fill_run(struct request *rq, int64_t cohort, const struct matching_names *names, const struct matching_line_list *all,
                           struct matching_table_view *v)
{
        struct matching_run_last run = {0};
        struct matching_kept_few kept;

        TRY(matching_run_last(rq->tx, cohort, &v->ran, &run));
        v->aim = v->ran ? run.objective : TEXT("total");
        matching_aim_options(rq, &v->aims);
        if (!v->ran)
                return OK;
        TRY(matching_kept_few(rq->tx, run.id, &v->blocking_known, &kept));
        v->blocking = v->blocking_known ? kept.blocking : 0;
        left_out(rq, names, all, run.unmatched, v);
        TRY(matching_taken_back(rq->tx, cohort, &v->taken_back));
        return OK;
}

static struct err fill_page(struct request *rq, const struct matching_names *names, const struct matching_line_list *all,
                            struct matching_table_view *v)
{
        struct matching_list_ask ask = {.q = rq_query(rq, "q"), .show = rq_query(rq, "show"), .sort = rq_query(rq, "sort"),
                                        .page = rq_id(rq, "page")};
        struct matching_list_page page;

        if (!ask.show.p)
                ask.show = TEXT("");
        matching_list_page(all, &ask, rq->arena, &page);
        TRY(fill_lines(rq, names, &page.lines));
        matching_list_filters(all, ask.show, rq->arena, &v->filters);
        matching_list_orders(rq->page.locale, rq->arena, &v->sorts);
        v->lines = page.lines;
        v->q = ask.q.p ? ask.q : TEXT("");
        v->show = ask.show;
        v->sort = ask.sort = page.sort;
        v->query = query_of(rq->arena, &ask);
        v->any = all->n > 0;
        v->page = page.page;
        v->pages = page.pages;
        v->found = page.found;
        v->from = (page.page - 1) * MATCHING_PAGE + 1;
        v->until = v->from + (int64_t)page.lines.n - 1;
        for (size_t i = 0; i < v->lines.n; i++)
                v->may_mark |= v->lines.row[i].unsent;
        return OK;
}

struct err matching_table_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Matching"));
        struct matching_table_view v = {.tabs = {MATCHING_TAB_PAIRS}};
        struct matching_line_list all;
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(all_lines(rq, c.id, &names, &all));
        TRY(matching_counts(rq->tx, c.id, &v.counts));
        for (size_t i = 0; i < names.n; i++) {
                v.mentors += names.row[i].mentor;
                v.mentees += names.row[i].mentee;
        }
        sum_up(rq, &all, &v);
        TRY(fill_run(rq, c.id, &names, &all, &v));
        TRY(fill_page(rq, &names, &all, &v));
        TRY(matching_people_look(rq, c.id, &v.people));
        reply_page(rq, re, &shell, matching_table, &v);
        return OK;
}

/* ---- running ---- */

static struct err find(struct tx *tx, void *in)
{
        struct request *rq = in;
        struct matching_found *found;
        struct programmes_cohort c;

        TRY(matching_here(tx, rq, &c));
        TRY(matching_find(tx, rq->who, c.id, FORM(rq, struct matching_run_form)->objective, NULL, &found));
        rq->prepared = found;
        return OK;
}

struct err matching_run_prepare(struct request *rq) { return matching_before(rq, find); }

struct err matching_run_post(struct request *rq, struct reply *re)
{
        struct matching_summary summary;

        TRY(matching_keep(rq->tx, rq->who, rq->prepared, &summary));
        reply_flash(re, summary.matched ? "The proposals are ready to read." : "Nobody could be matched: see below why.");
        reply_see(re, "/desk/matching");
        return OK;
}

/* ---- marked rows ---- */

static struct text ids_text(struct arena *a, const struct field_ids *ids)
{
        struct out o = out_new(a, ids->n * 20 + 1);

        for (size_t i = 0; i < ids->n; i++)
                out_format(&o, i ? ",%lld" : "%lld", (long long)ids->row[i]);
        return out_get(&o);
}

struct err matching_mark_post(struct request *rq, struct reply *re)
{
        const struct matching_mark_form *f = FORM(rq, struct matching_mark_form);
        const char *back = text_starts(f->back, "/desk/matching") ? f->back.p : "/desk/matching";

        if (f->pick.n == 0 || f->pick.n > 2 * MATCHING_PAGE)
                return FAIL_AT(ERR_INVALID, "Mark at least one pair first", "pick", "The box stands before the name");
        if (text_is(f->act, "send")) {
                reply_see(re, "/desk/matching/send?only=%s", ids_text(rq->arena, &f->pick).p);
                return OK;
        }
        for (size_t i = 0; i < f->pick.n; i++)
                TRY(matching_lock(rq->tx, rq->who, f->pick.row[i], text_is(f->act, "lock")));
        reply_see(re, "%s", back);
        return OK;
}

/* ---- sending ---- */

static bool is_meant(struct text only, int64_t id)
{
        int64_t one;

        while (only.n)
                if (text_int(text_cut(only, ',', &only), &one) && one == id)
                        return true;
        return false;
}

struct err matching_send_get(struct request *rq, struct reply *re)
{
        struct html_shell shell = matching_shell(rq, M_("Send proposals"));
        struct matching_send_view v = {.tabs = {MATCHING_TAB_PAIRS}, .only = rq_query(rq, "only")};
        struct matching_line_list all;
        struct matching_names names;
        struct programmes_cohort c;

        TRY(matching_current(rq, &c));
        TRY(matching_names(rq, c.id, &names));
        TRY(all_lines(rq, c.id, &names, &all));
        v.lines.row = arena_array(rq->arena, struct matching_line, SEND_SHOWN);
        for (size_t i = 0; i < all.n; i++) {
                if (!all.row[i].unsent)
                        continue;
                if (v.only.n && !is_meant(v.only, all.row[i].id)) {
                        v.stay++;
                        continue;
                }
                v.weak += all.row[i].low;
                if (v.n++ < SEND_SHOWN)
                        v.lines.row[v.lines.n++] = all.row[i];
        }
        v.mails = 2 * v.n;
        v.expires_at = rq->page.now + ANSWER_DAYS * 86400;
        reply_page(rq, re, &shell, matching_send, &v);
        return OK;
}

static struct err ids_of(struct request *rq, struct text only, struct field_ids *out)
{
        size_t n = 1;
        int64_t id;

        for (size_t i = 0; i < only.n; i++)
                n += only.p[i] == ',';
        *out = (struct field_ids) {.row = arena_array(rq->arena, int64_t, n)};
        while (only.n) {
                if (!text_int(text_cut(only, ',', &only), &id))
                        return FAIL(ERR_INVALID, "This list of pairs cannot be read", "Mark them on the table again");
                out->row[out->n++] = id;
        }
        return OK;
}

struct err matching_publish_post(struct request *rq, struct reply *re)
{
        const struct matching_publish_form *f = FORM(rq, struct matching_publish_form);
        struct programmes_cohort c;
        struct field_ids ids;
        int64_t n;

        TRY(matching_current(rq, &c));
        TRY(ids_of(rq, f->only, &ids));
        TRY(ids.n ? matching_publish_some(rq->tx, rq->who, c.id, ids.row, ids.n, &n) : matching_publish(rq->tx, rq->who, c.id, &n));
        reply_flash(re, "The proposals are on their way. Both sides have five days to answer.");
        reply_see(re, "/desk/matching");
        return OK;
}
