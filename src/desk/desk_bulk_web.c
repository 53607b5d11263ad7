/* Many pairs at once: pick, look, do; and filters that are kept. */
#include "desk/desk_view.h"

#include "desk/desk_bulk.html.h"
#include "os/random.h"
#include "people/people.h"

/* ---- filters ---- */

struct err desk_post_view(struct request *rq, struct reply *re)
{
        const struct desk_keep_form *f = FORM(rq, struct desk_keep_form);

        TRY(desk_put_view(rq->tx, random_id(), rq->who->person, f->name, f->filter, rq->page.now));
        reply_flash(re, M_("Kept. It stands above the list; its address shows a colleague the same."));
        reply_see(re, "/desk/pairs?%s", text_c(rq->arena, f->filter));
        return OK;
}

struct err desk_post_drop_view(struct request *rq, struct reply *re)
{
        int64_t changes;

        TRY(desk_drop_view(rq->tx, rq_id(rq, "view"), rq->who->person, &changes));
        if (!changes)
                return FAIL(ERR_ABSENT, "There is no such filter", "Go back to the list");
        reply_flash(re, M_("The filter is forgotten. The pairs are as they were."));
        reply_see(re, "/desk/pairs");
        return OK;
}

/* ---- pick ---- */

struct err desk_post_bulk(struct request *rq, struct reply *re)
{
        const struct desk_pick_form *f = FORM(rq, struct desk_pick_form);
        enum desk_bulk_kind kind;
        int64_t bulk;

        if (!desk_bulk_kind_of(f->kind, &kind))
                return FAIL_AT(ERR_INVALID, "What shall happen to them?", "kind", "Choose one of the buttons");
        TRY(desk_bulk_new(rq->tx, rq->who, kind, &(struct desk_picked) {f->all, f->pick.n, f->pick.row, f->filter}, &bulk));
        reply_see(re, "/desk/bulk/%lld", (long long)bulk);
        return OK;
}

/* ---- look ---- */

static const struct { const char *title, *verb; } words[] = {
        [BULK_REMIND] = {M_("Remind them that it is time to speak"), M_("Send the reminders")},
        [BULK_MOVE] = {M_("Move the end of their time together"), M_("Move the ends")},
        [BULK_ASSIGN] = {M_("Give them to a colleague"), M_("Give them over")},
        [BULK_FLAGS] = {M_("Close their flags"), M_("Close the flags")},
        [BULK_MAIL] = {M_("Write to them"), M_("Send the mails")},
};

static struct err fill_people(struct request *rq, int64_t cohort, struct desk_bulk_view *v)
{
        struct people_list all;

        TRY(desk_colleagues(rq->tx, cohort, &all));
        v->people.row = arena_array(rq->arena, struct html_option, all.n + 1);
        for (; v->people.n < all.n; v->people.n++)
                v->people.row[v->people.n] = (struct html_option) {
                        .value = text_format(rq->arena, "%lld", (long long)all.row[v->people.n].id),
                        .label = text_format(rq->arena, "%s %s", text_c(rq->arena, all.row[v->people.n].first_name),
                                             text_c(rq->arena, all.row[v->people.n].last_name))};
        return OK;
}

static void fill_whom(struct request *rq, struct desk_bulk_view *v)
{
        static const struct { const char *value, *words; } all[] = {
                {"both", M_("Both of each pair")}, {"mentee", M_("Mentees only")}, {"mentor", M_("Mentors only")}};

        v->whom.row = arena_array(rq->arena, struct html_option, 3);
        for (; v->whom.n < 3; v->whom.n++)
                v->whom.row[v->whom.n] = (struct html_option) {.value = text_of(all[v->whom.n].value),
                                                               .label = text_of(msg(rq->page.locale, all[v->whom.n].words))};
}

static void sort_lines(struct request *rq, const struct desk_bulk_plan *p, struct desk_bulk_view *v)
{
        v->changes.row = arena_array(rq->arena, struct desk_bulk_line, p->n_lines + 1);
        v->left.row = arena_array(rq->arena, struct desk_bulk_line, p->n_lines + 1);
        for (size_t i = 0; i < p->n_lines; i++) {
                bool changes = v->done ? p->line[i].act != 0 : !p->line[i].why;
                if (changes)
                        v->changes.row[v->changes.n++] = p->line[i];
                else
                        v->left.row[v->left.n++] = p->line[i];
        }
}

static struct err fill_undo(struct request *rq, struct desk_bulk_view *v)
{
        struct desk_act_of_bulk act;
        bool found;

        TRY(desk_act_of_bulk(rq->tx, text_format(rq->arena, "%lld", (long long)v->bulk), &found, &act));
        v->undone = found && act.undone_at.has;
        if (found && !v->undone && rq->page.now <= act.at + DESK_UNDO_S)
                v->act = act.id;
        return OK;
}

struct err desk_get_bulk(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("Several pairs at once"));
        struct desk_bulk_view v = {.bulk = rq_id(rq, "bulk")};
        struct desk_bulk_plan plan;

        TRY(desk_bulk_look(rq->tx, rq->who, v.bulk, &plan));
        v.title = words[plan.kind].title;
        v.verb = words[plan.kind].verb;
        v.ready = plan.ready;
        v.done = plan.row.done_at.has;
        v.n = plan.n;
        v.n_left = plan.n_left;
        v.day = plan.row.day;
        v.body = plan.row.body;
        v.who = plan.row.whom;
        v.person = plan.row.person ? text_format(rq->arena, "%lld", (long long)plan.row.person) : TEXT_ABSENT;
        v.asks_day = plan.kind == BULK_MOVE;
        v.asks_person = plan.kind == BULK_ASSIGN;
        v.asks_whom = plan.kind == BULK_REMIND || plan.kind == BULK_MAIL;
        v.asks_body = plan.kind == BULK_FLAGS || plan.kind == BULK_MAIL;
        v.is_mail = plan.kind == BULK_MAIL;
        fill_whom(rq, &v);
        TRY(fill_people(rq, plan.row.cohort, &v));
        sort_lines(rq, &plan, &v);
        if (v.done)
                TRY(fill_undo(rq, &v));
        reply_page(rq, re, &shell, desk_bulk_page, &v);
        return OK;
}

struct err desk_post_terms(struct request *rq, struct reply *re)
{
        const struct desk_terms_form *f = FORM(rq, struct desk_terms_form);

        TRY(desk_bulk_say(rq->tx, rq->who, rq_id(rq, "bulk"), f->day, f->person, f->whom, f->body));
        reply_see(re, "/desk/bulk/%lld", (long long)rq_id(rq, "bulk"));
        return OK;
}

/* ---- do ---- */

struct err desk_post_bulk_do(struct request *rq, struct reply *re)
{
        TRY(desk_bulk_do(rq->tx, rq->who, rq_id(rq, "bulk")));
        reply_flash(re, M_("Done. Letters go out in ten minutes; until then all of it can be undone."));
        reply_see(re, "/desk/bulk/%lld", (long long)rq_id(rq, "bulk"));
        return OK;
}
