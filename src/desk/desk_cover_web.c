/* /desk/cover: who looks after how many, who stands in for whom, and handing over. */
#include "desk/desk_view.h"

#include "desk/desk_cover.html.h"
#include "people/people.h"

static struct text full_name(struct request *rq, const struct people_person *p)
{
        return text_format(rq->arena, "%s %s", text_c(rq->arena, p->first_name), text_c(rq->arena, p->last_name));
}

static struct text number(struct request *rq, int64_t id) { return text_format(rq->arena, "%lld", (long long)id); }

static void fill_load(struct request *rq, const struct people_list *all, const struct desk_load *load, struct desk_cover_view *v)
{
        v->load.row = arena_array(rq->arena, struct desk_load_line, all->n + 1);
        v->people.row = arena_array(rq->arena, struct html_option, all->n + 1);
        for (size_t i = 0; i < all->n; i++) {
                struct desk_load_line line = {.name = full_name(rq, &all->row[i]), .person = all->row[i].id,
                                              .me = all->row[i].id == rq->who->person};
                for (size_t k = 0; k < load->n; k++)
                        line.pairs += load->row[k].owner == line.person && !text_is(load->row[k].state, "closed");
                v->load.row[v->load.n++] = line;
                v->people.row[v->people.n++] = (struct html_option) {.value = number(rq, line.person), .label = line.name};
        }
        v->alone = all->n < 2;
        v->from = number(rq, rq->who->person);
        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].id != rq->who->person && !v->to.n)
                        v->to = number(rq, all->row[i].id);
}

struct err desk_get_cover(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("Who looks after whom"));
        struct desk_cover_view v = {0};
        struct programmes_cohort c;
        struct desk_covers_list covers;
        struct people_list all;
        struct desk_load load;

        TRY(desk_current(rq, &c));
        TRY(desk_load_of(rq->tx, c.id, &load));
        TRY(desk_colleagues(rq->tx, c.id, &all));
        fill_load(rq, &all, &load, &v);
        v.today = zone_day(c.zone, rq->page.now);
        TRY(desk_covers(rq->tx, c.id, v.today, &covers));
        v.covers.row = arena_array(rq->arena, struct desk_cover_line, covers.n + 1);
        for (; v.covers.n < covers.n; v.covers.n++) {
                const struct desk_covers *r = &covers.row[v.covers.n];
                v.covers.row[v.covers.n] = (struct desk_cover_line) {
                        .id = r->id, .from_day = r->from_day, .until_day = r->until_day, .away = r->from_name, .colleague = r->to_name,
                        .note = r->note, .told = r->told, .now = r->from_day <= v.today};
        }
        reply_page(rq, re, &shell, desk_cover_page, &v);
        return OK;
}

struct err desk_post_cover(struct request *rq, struct reply *re)
{
        const struct desk_cover_form *f = FORM(rq, struct desk_cover_form);
        struct programmes_cohort c;

        TRY(desk_current(rq, &c));
        TRY(desk_hand_over(rq->tx, rq->who, &(struct desk_handover) {
                .cohort = c.id, .from = f->from, .to = f->to, .from_day = f->from_day ? f->from_day : zone_day(c.zone, rq->page.now),
                .until_day = f->until_day, .note = f->note, .tell = f->tell}));
        reply_flash(re, f->until_day ? M_("Arranged. On those days the pairs, their calls and flags stand with your colleague.")
                                     : M_("The pairs are handed over, with their calls and flags."));
        reply_see(re, "/desk/cover");
        return OK;
}

struct err desk_post_cover_end(struct request *rq, struct reply *re)
{
        TRY(desk_end_cover(rq->tx, rq->who, rq_id(rq, "cover")));
        reply_flash(re, M_("Ended. The pairs are back where they were."));
        reply_see(re, "/desk/cover");
        return OK;
}
