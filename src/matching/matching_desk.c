/* What the pages of the table share: names, words, where she is. */
#include "matching/matching_desk.h"

#include "html/format.h"

#include <stdlib.h>
#include <string.h>

struct html_shell matching_shell(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, title))};
}

struct err matching_current(struct request *rq, struct programmes_cohort *out)
{
        int64_t cohort;

        TRY(programmes_current(rq->tx, rq->who, &cohort));
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        return programmes_cohort(rq->tx, cohort, out);
}

struct err matching_here(struct tx *tx, struct request *rq, struct programmes_cohort *out)
{
        rq->tx = tx;
        return matching_current(rq, out);
}

struct err matching_before(struct request *rq, struct err (*find)(struct tx *tx, void *rq))
{
        struct err e = db_read(rq->app->db, rq->arena, find, rq);

        rq->tx = NULL;
        return e;
}

bool matching_asked_to_work(struct request *rq) { return text_is(rq_query(rq, "work"), "1"); }

/* ---- names ---- */

static int by_person(const void *a, const void *b)
{
        const struct matching_name *x = a, *y = b;

        return (x->person > y->person) - (x->person < y->person);
}

static bool is_ready(struct text state)
{
        return text_is(state, "accepted") || text_is(state, "ready") || text_is(state, "matched");
}

/* Who is mentor and mentee at once stands in two rows; here in one. */
static void take(struct request *rq, const struct programmes_participant *p, struct matching_name *n)
{
        if (n->person == 0) {
                *n = (struct matching_name) {.person = p->person, .zone = p->zone};
                n->full = p->last_name.n ? text_format(rq->arena, "%s %s", p->first_name.p, p->last_name.p) : p->first_name;
                n->key = text_fold(rq->arena, n->full);
        }
        n->mentor |= p->mentor;
        n->mentee |= !p->mentor;
        n->free |= !p->mentor && is_ready(p->state);
}

struct err matching_names(struct request *rq, int64_t cohort, struct matching_names *out)
{
        struct programmes_participant_list people;
        struct matching_name *all;
        size_t n = 0;

        TRY(programmes_participants(rq->tx, cohort, &people));
        all = arena_array(rq->arena, struct matching_name, people.n + 1);
        for (size_t i = 0; i < people.n; i++)
                take(rq, &people.row[i], &all[n++]);
        qsort(all, n, sizeof *all, by_person);
        *out = (struct matching_names) {.row = all};
        for (size_t i = 0; i < n; i++) {
                struct matching_name *last = out->n ? &all[out->n - 1] : NULL;
                if (last && last->person == all[i].person) {
                        last->mentor |= all[i].mentor;
                        last->mentee |= all[i].mentee;
                        last->free |= all[i].free;
                } else {
                        all[out->n++] = all[i];
                }
        }
        return OK;
}

const struct matching_name *matching_name_of(const struct matching_names *names, int64_t person)
{
        static const struct matching_name gone = {.full = {"…", 3}, .key = {"", 0}, .zone = {"", 0}};
        struct matching_name key = {.person = person};
        const struct matching_name *found = names->n ? bsearch(&key, names->row, names->n, sizeof key, by_person) : NULL;

        return found ? found : &gone;
}

struct text matching_full_name(const struct matching_names *names, int64_t person)
{
        return person ? matching_name_of(names, person)->full : TEXT_ABSENT;
}

void matching_moved_lines(struct arena *a, const struct matching_names *names, const struct matching_moved *move, size_t n, struct matching_moved_lines *out)
{
        *out = (struct matching_moved_lines) {.row = arena_array(a, struct matching_moved_line, n + 1)};
        for (; out->n < n; out->n++)
                out->row[out->n] = (struct matching_moved_line) {
                        matching_full_name(names, move[out->n].mentee), matching_full_name(names, move[out->n].from),
                        matching_full_name(names, move[out->n].to)};
}

struct text matching_city(struct request *rq, struct text zone)
{
        const struct zone *z = zone_find(zone);

        return z ? format_city(rq->arena, rq->page.locale, z) : TEXT_ABSENT;
}

/* ---- words ---- */

int64_t matching_percent(int64_t millionths) { return (millionths + (millionths < 0 ? -5000 : 5000)) / 10000; }

struct text matching_points(struct arena *a, enum locale l, int64_t millionths)
{
        int64_t size = millionths < 0 ? -millionths : millionths;
        int64_t tenths = (size + 500) / 1000;

        if (tenths == 0)
                return text_of(msg(l, M_("less than a tenth of a point")));
        if (tenths >= 100 || tenths % 10 == 0)
                return msg_plural(a, l, (tenths + 5) / 10, "one point", "{n} points");
        return msg_with(a, l, "{number} points", "number", format_number(a, l, (double)tenths / 10, 1), NULL);
}

/* Said of two people: "{rule}". Staff only: some of these are private. */
const char *matching_rule_words(enum matching_rule rule)
{
        switch (rule) {
        case MATCHING_SELF: return M_("They are one and the same person.");
        case MATCHING_PAIRED: return M_("They are a pair already.");
        case MATCHING_MANAGER: return M_("One of them is the other’s line manager.");
        case MATCHING_MANAGERS_MANAGER: return M_("One of them is the manager of the other’s manager.");
        case MATCHING_SAME_MANAGER: return M_("They report to the same manager.");
        case MATCHING_PANEL: return M_("One of them appraises or selects the other.");
        case MATCHING_SAME_TEAM: return M_("They work in the same team.");
        case MATCHING_NOT_WITH: return M_("One of them asked, in private, not to be matched with the other.");
        case MATCHING_CONCERN: return M_("Something that is kept elsewhere rules them out.");
        case MATCHING_NO_LANGUAGE: return M_("They have no language in common.");
        case MATCHING_NO_HOURS: return M_("Their time zones lie too far apart, and they share too few hours.");
        case MATCHING_NO_CONSENT: return M_("One of them does not want to be matched.");
        case MATCHING_SAME_FUNCTION: return M_("They work in the same field, and this programme wants different ones.");
        case MATCHING_LEVEL_GAP: return M_("The distance in experience is smaller than this programme wants.");
        case MATCHING_LOW_TOTAL: return M_("Their fit lies below the floor.");
        case MATCHING_LOW_GOALS: return M_("What the mentee wants is hardly on offer: goals and skills lie below their floor.");
        }
        must(!"a rule outside its enum");
}

/* Codes of a run's unmatched list, in words with a remedy. */
const char *matching_left_words(const char *code)
{
        static const struct { const char *code, *words; } all[] = {
                {"by hand", M_("Left out by hand, or came after the run.")},
                {"no mentor has room", M_("No mentor has room: raise a capacity or bring more mentors.")},
                {"others need these mentors more", M_("Somebody else has the place of every mentor who fits: bring one more, or raise a capacity.")},
                {"another has the only one", M_("Only one mentor fits, and somebody else has that place: bring one more, or raise a capacity.")},
                {"proposed before", M_("Whoever fits has been proposed before, or is ruled out: ring about the proposal that lapsed, or bring one more mentor.")},
                {"a place is free", M_("A mentor who fits still has a place: choose one by hand, or run again.")},
                {"declined twice", M_("Has said no twice: ring before a third proposal.")},
                {"low_total", M_("No mentor fits well enough: look at what this person wants and who could offer it.")},
                {"low_goals", M_("Nobody offers what this person wants: bring a mentor who does.")},
                {"no_language", M_("No mentor shares a language with this person.")},
                {"no_hours", M_("No mentor is awake at the same hours.")},
        };

        for (size_t i = 0; code && i < sizeof all / sizeof all[0]; i++)
                if (strcmp(code, all[i].code) == 0)
                        return all[i].words;
        return M_("A rule forbids every mentor who is left, mostly because of line management or a private wish.");
}

const char *matching_aim_words(enum matching_objective o)
{
        switch (o) {
        case MATCHING_TOTAL: return M_("The best fit over all");
        case MATCHING_FAIR: return M_("That nobody has a poor fit");
        case MATCHING_LEXIMIN: return M_("As few poor fits as possible");
        case MATCHING_STABLE: return M_("That no two would rather have each other");
        }
        must(!"an objective outside its enum");
}

void matching_fit_lines(struct request *rq, const struct matching_fit *fit, const struct matching_weights *w, struct matching_part_lines *out)
{
        *out = (struct matching_part_lines) {.row = arena_array(rq->arena, struct matching_part_line, MATCHING_PARTS)};
        /* A shared trait is asked for by hardly any programme: without one there is no line about it. */
        for (; out->n < MATCHING_PARTS && (out->n != MATCHING_ASKED || fit->known[MATCHING_ASKED]); out->n++)
                out->row[out->n] = (struct matching_part_line) {
                        msg(rq->page.locale, matching_part_title((enum matching_part)out->n)), matching_percent(fit->part[out->n]),
                        w->part[out->n], fit->known[out->n]};
}

void matching_rule_lines(struct request *rq, unsigned rules, struct matching_words_list *out)
{
        *out = (struct matching_words_list) {.row = arena_array(rq->arena, struct text, 16)};
        for (int b = 0; b < 16; b++)
                if ((rules >> b) & 1)
                        out->row[out->n++] = text_of(msg(rq->page.locale, matching_rule_words((enum matching_rule)(1u << b))));
}

void matching_aim_options(struct request *rq, struct html_options *out)
{
        static const struct { enum matching_objective aim; const char *hint; } all[] = {
                {MATCHING_TOTAL, M_("what most programmes want")}, {MATCHING_FAIR, M_("the weakest pair first, then the rest")},
                {MATCHING_LEXIMIN, M_("the weakest pair, then the next weakest, and so on upwards")}};

        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, 3)};
        for (; out->n < 3; out->n++)
                out->row[out->n] = (struct html_option) {
                        .value = text_of(matching_objective_name(all[out->n].aim)),
                        .label = text_of(msg(rq->page.locale, matching_aim_words(all[out->n].aim))),
                        .hint = text_of(msg(rq->page.locale, all[out->n].hint))};
}
