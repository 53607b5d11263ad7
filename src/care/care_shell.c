/* The frame around every page: who is signed in, where home is, and for staff what is waiting
 * where. */
#include "care/care_web.h"

#include "care/care.h"
#include "desk/desk_web.h"
#include "html/format.h"
#include "journeys/journeys_web.h"
#include "programmes/programmes.h"
#include "recruiting/recruiting.h"
#include "safety/safety.h"

#include <string.h>

enum { ITEMS = 18 };

struct nav { struct html_nav *row; size_t n; struct request *rq; bool apart; };

/* The longest path that the page's own begins with is where one is; "/desk" only itself. */
static bool is_here(struct nav *v, const char *path)
{
        const char *here = v->rq->page.path ? v->rq->page.path : "";
        size_t n = strlen(path);

        if (strcmp(path, "/desk") == 0)
                return strcmp(here, path) == 0 || strncmp(here, "/desk/flags", 11) == 0;
        return strncmp(here, path, n) == 0 && (here[n] == '\0' || here[n] == '/' || here[n] == '?');
}

static void add(struct nav *v, const char *path, const char *label, int64_t count)
{
        v->row[v->n++] = (struct html_nav) {
                .path = path,
                .label = label,
                .current = is_here(v, path),
                .apart = v->apart,
                .count = count > 0 ? format_count(v->rq->arena, v->rq->page.locale, count)
                                   : TEXT_ABSENT};
        v->apart = false;
}

/* The next one begins a group of its own. */
static void set_apart(struct nav *v) { v->apart = true; }

static void staff_nav(struct nav *v, const struct care_counts *n, int64_t applications)
{
        add(v, "/desk", M_("Today"), n->flags + n->calls);
        add(v, "/desk/pairs", M_("Pairs"), n->pairs);
        add(v, "/desk/calls", M_("Calls"), n->calls);
        add(v, "/desk/gatherings", M_("Gatherings"), 0);
        add(v, "/desk/mails", M_("Mails"), 0);
        add(v, "/desk/help", M_("Help"), n->tickets);
        set_apart(v);
        add(v, "/desk/cohort", M_("Cohort"), 0);
        add(v, "/desk/applications", M_("Applications"), applications);
        add(v, "/desk/people", M_("People"), 0);
        add(v, "/desk/matching", M_("Matching"), 0);
        add(v, "/desk/training", M_("Training"), 0);
        add(v, "/desk/figures", M_("Figures"), 0);
}

static struct err desk_nav(struct nav *v, struct html_shell *shell)
{
        const struct who *who = v->rq->who;
        struct care_counts counts = {0};
        int64_t cohort, applications = 0;

        if (who_has(who, WHO_STAFF)) {
                struct err e = programmes_current(v->rq->tx, who, &cohort);
                if (!failed(e)) {
                        TRY(care_counts(v->rq->tx, who, cohort, &counts));
                        TRY(recruiting_waiting(v->rq->tx, cohort, &applications));
                } else if (!err_is(e, ERR_ABSENT))
                        return e;
                shell->cohort_name = counts.cohort_name;
                if (!failed(e))
                        staff_nav(v, &counts, applications);
                else
                        add(v, "/desk", M_("Today"), 0);
        } else if (who_has(who, ROLE_SPONSOR)) {
                add(v, "/desk/figures", M_("Figures"), 0);
                add(v, "/desk/cohort", M_("Cohort"), 0);
        }
        if (who_has(who, ROLE_ADMINISTRATOR)) {
                struct safety_state state;
                TRY(safety_state(v->rq->tx, &state));
                add(v, "/desk/safety", M_("Safety"), safety_troubles(&state));
        }
        if (who_has(who, ROLE_CONTACT))
                add(v, "/desk/concerns", M_("Concerns"), counts.concerns);
        return OK;
}

static struct err person_nav(struct nav *v)
{
        struct html_nav pair = {0};
        bool there;

        add(v, "/home", M_("Home"), 0);
        TRY(journeys_nav(v->rq, &pair, &there));
        if (there)
                add(v, pair.path, pair.label, 0);
        add(v, "/gatherings", M_("Gatherings"), 0);
        add(v, "/learn", M_("Training"), 0);
        add(v, "/library", M_("Library"), 0);
        add(v, "/people", M_("People"), 0);
        if (who_has(v->rq->who, WHO_STAFF))
                add(v, "/desk", M_("Desk"), 0);
        return OK;
}

static const char *home_of(const struct who *who)
{
        if (who_has(who, WHO_STAFF))
                return "/desk";
        if (who_has(who, ROLE_PARTICIPANT))
                return "/home";
        if (who_has(who, ROLE_CONTACT))
                return "/desk/concerns";
        return who_has(who, ROLE_SPONSOR) ? "/desk/figures" : "/";
}

struct err care_shell(struct request *rq, struct html_shell *shell)
{
        struct nav v = {.row = arena_array(rq->arena, struct html_nav, ITEMS), .rq = rq};

        shell->offers_help = true;
        if (!rq->who->person)
                return OK;
        if (!shell->initials.n)
                shell->initials = text_first_chars(
                        rq->who->first_name.n ? rq->who->first_name : rq->who->email, 1);
        if (!shell->home.n)
                shell->home = text_of(home_of(rq->who));
        if (shell->nav)
                return OK;
        switch (shell->kind) {
        case SHELL_BARE: break;
        case SHELL_PERSON: TRY(person_nav(&v)); break;
        case SHELL_DESK:
                TRY(desk_nav(&v, shell));
                if (who_has(rq->who, WHO_STAFF))
                        TRY(desk_shell(rq, shell));
                break;
        }
        shell->nav = v.row;
        shell->n_nav = v.n;
        return OK;
}
