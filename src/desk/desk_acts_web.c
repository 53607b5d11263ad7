/* Recent acts, taking one back, and the strip that offers it right after the act. */
#include "desk/desk_view.h"

#include "desk/desk.html.h"
#include "desk/desk_web.h"
#include "html/format.h"

enum { SHOWN_DAYS = 14, SHOWN_MOST = 100, STRIP_S = 180, DAY_S = 86400 };

struct html_shell desk_page(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, title))};
}

struct err desk_current(struct request *rq, struct programmes_cohort *out)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, out);
}

static struct desk_act_line line_of(struct request *rq, const struct desk_acts *r)
{
        const struct desk_kind *kind = desk_kind_of(r->kind);

        return (struct desk_act_line) {
                .id = r->id, .at = r->at, .pair = r->pair, .person = r->person, .parts = r->parts,
                .words = kind ? kind->words : M_("An act of an earlier version"),
                .about = desk_about(rq->arena, rq->page.locale, r->mentor_name, r->mentee_name, r->first_name),
                .by_name = r->by_name, .reason = r->reason, .behalf = r->behalf, .undone = r->undone_at.has,
                .objected = r->objected_at.has, .final = !kind || !kind->back,
                .can_undo = kind && kind->back && !r->undone_at.has && rq->page.now <= r->at + DESK_UNDO_S};
}

struct err desk_get_acts(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("Recent acts"));
        struct desk_acts_view v = {0};
        struct programmes_cohort c;
        struct desk_acts_list rows;

        TRY(desk_current(rq, &c));
        TRY(desk_acts(rq->tx, c.id, rq->page.now - SHOWN_DAYS * (int64_t)DAY_S, SHOWN_MOST, &rows));
        v.row = arena_array(rq->arena, struct desk_act_line, rows.n);
        for (; v.n < rows.n; v.n++)
                v.row[v.n] = line_of(rq, &rows.row[v.n]);
        reply_page(rq, re, &shell, desk_acts_page, &v);
        return OK;
}

struct err desk_post_undo(struct request *rq, struct reply *re)
{
        int64_t kept;

        TRY(desk_undo(rq->tx, rq->who, rq_id(rq, "act"), &kept));
        reply_flash(re, kept ? M_("Undone, but for the parts where something has happened since. They stand in the list.")
                             : M_("Undone. Everything is as it was before."));
        reply_see(re, "/desk/acts");
        return OK;
}

struct err desk_get_keys(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk_page(rq, M_("Keys"));
        struct desk_keys_view v = {.back = rq_query(rq, "from")};

        if (v.back.n && !text_starts(v.back, "/desk"))
                v.back = TEXT_ABSENT;
        reply_page(rq, re, &shell, desk_keys_page, &v);
        return OK;
}

struct err desk_shell(struct request *rq, struct html_shell *shell)
{
        struct desk_last_act act;
        bool found;

        TRY(desk_last_act(rq->tx, rq->who->person, rq->page.now - STRIP_S, &found, &act));
        const struct desk_kind *kind = found ? desk_kind_of(act.kind) : NULL;
        if (!kind || !kind->back)
                return OK;
        struct text about = desk_about(rq->arena, rq->page.locale, act.mentor_name, act.mentee_name, act.first_name);
        struct text words = text_of(msg(rq->page.locale, kind->words));
        struct text until = format_time(rq->arena, rq->page.locale, rq->page.zone, act.at + DESK_UNDO_S);
        shell->undo = about.n ? msg_with(rq->arena, rq->page.locale, M_("{act}: {who}. Can be undone until {time}."), "act", words, "who",
                                         about, "time", until, NULL)
                              : msg_with(rq->arena, rq->page.locale, M_("{act}. Can be undone until {time}."), "act", words, "time", until, NULL);
        shell->undo_path = text_format(rq->arena, "/desk/acts/%lld/undo", (long long)act.id);
        return OK;
}
