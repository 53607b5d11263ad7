/* At the desk: the ranking window, waves, a refill, mentors in reserve and groups. */
#include "matching/matching_desk.h"
#include "matching/matching_people_view.h"
#include "matching/matching_web.h"

#include "html/format.h"
#include "matching/matching_people.html.h"
#include "matching/matching_people.sql.h"
#include "programmes/programmes.h"

static struct err staff_cohort(struct request *rq, int64_t *cohort)
{
        TRY(programmes_current(rq->tx, rq->who, cohort));
        return programmes_staff(rq->tx, rq->who, *cohort);
}

/* ---- the cards on /desk/matching ---- */

static struct text name_of(struct arena *a, struct text first, struct text last)
{
        return text_format(a, "%s %s", text_c(a, first), text_c(a, last));
}

static struct err add_came(struct request *rq, int64_t cohort, struct matching_came_lines *out)
{
        struct matching_origin_rows_list rows;

        TRY(matching_origin_rows(rq->tx, cohort, &rows));
        *out = (struct matching_came_lines) {.row = arena_array(rq->arena, struct matching_came_line, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_origin_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_came_line) {
                        .proposal = r->proposal, .mentee = name_of(rq->arena, r->mentee_first, r->mentee_last),
                        .mentor = name_of(rq->arena, r->mentor_first, r->mentor_last),
                        .declined = text_is(r->why, "declined"), .expired = text_is(r->why, "expired")};
        }
        return OK;
}

struct err matching_people_look(struct request *rq, int64_t cohort, struct matching_people_view *v)
{
        struct programmes_participant_list people;
        struct programmes_cohort c;
        bool mentor = false, mentee = false;

        TRY(programmes_cohort(rq->tx, cohort, &c));
        TRY(programmes_participants(rq->tx, cohort, &people));
        for (size_t i = 0; i < people.n; i++) {
                mentor |= people.row[i].mentor;
                mentee |= !people.row[i].mentor;
        }
        TRY(matching_window(rq->tx, cohort, &v->window));
        TRY(matching_waves(rq->tx, cohort, &v->waves));
        TRY(add_came(rq, cohort, &v->came));
        v->may_ask = mentor && mentee && !c.closed_at.has;
        v->may_refill = v->may_ask && v->waves.n > 0;
        return OK;
}

struct window_form { int64_t days; };
FORM_OF(window_form, struct window_form,
        {.name = "days", .kind = FIELD_INT, .offset = offsetof(struct window_form, days), .required = true, .min = 1, .max = 21,
         .label = "Open for how many days?"});

static struct err find_lists(struct tx *tx, void *in)
{
        struct request *rq = in;
        struct matching_window_found *found;
        struct programmes_cohort c;

        TRY(matching_here(tx, rq, &c));
        TRY(matching_window_find(tx, rq->who, c.id, FORM(rq, struct window_form)->days, &found));
        rq->prepared = found;
        return OK;
}

static struct err prepare_window(struct request *rq) { return matching_before(rq, find_lists); }

static struct err post_window(struct request *rq, struct reply *re)
{
        TRY(matching_window_keep(rq->tx, rq->who, rq->prepared));
        reply_flash(re, "The lists are open. Everybody finds theirs on the home page, and mentees get a letter.");
        reply_see(re, "/desk/matching");
        return OK;
}

static struct err post_close(struct request *rq, struct reply *re)
{
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_close_window(rq->tx, rq->who, cohort));
        reply_flash(re, "The lists are closed. What was answered counts in the next run.");
        reply_see(re, "/desk/matching");
        return OK;
}

static struct err find_rest(struct tx *tx, void *in)
{
        struct request *rq = in;
        struct matching_refilled *found;
        struct programmes_cohort c;

        TRY(matching_here(tx, rq, &c));
        TRY(matching_refill_find(tx, rq->who, c.id, &found));
        rq->prepared = found;
        return OK;
}

static struct err prepare_refill(struct request *rq) { return matching_before(rq, find_rest); }

static struct err post_refill(struct request *rq, struct reply *re)
{
        struct matching_summary s;

        TRY(matching_refill_keep(rq->tx, rq->who, rq->prepared, &s));
        reply_flash(re, s.matched     ? "New drafts are ready to read. Everything sent stays as it is."
                        : s.unmatched ? "Nobody new could be matched: see below why. Everything sent stays as it is."
                                      : "Everybody has a mentor or a proposal. Nothing has changed.");
        reply_see(re, "/desk/matching");
        return OK;
}

/* ---- mentors of another kind ---- */

static struct err show_mentors(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Mentors in reserve, and groups")))};
        struct matching_mentors_view v = {0};
        struct programmes_participant_list people;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(programmes_participants(rq->tx, cohort, &people));
        v.mentors.row = arena_array(rq->arena, struct matching_kind_line, people.n);
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                const struct zone *z = zone_find(p->zone);
                struct matching_kind_line *l = &v.mentors.row[v.mentors.n];
                if (!p->mentor || text_is(p->state, "left") || text_is(p->state, "declined"))
                        continue;
                *l = (struct matching_kind_line) {.person = p->person, .name = name_of(rq->arena, p->first_name, p->last_name),
                                                  .city = z ? format_city(rq->arena, rq->page.locale, z) : TEXT_ABSENT};
                TRY(matching_kind(rq->tx, cohort, p->person, &l->kind));
                v.reserves += l->kind.reserve;
                v.groups += l->kind.group_least > 0;
                v.mentors.n++;
        }
        reply_page(rq, re, &shell, matching_mentors_page, &v);
        return OK;
}

static void way_options(struct request *rq, struct html_options *out)
{
        static const char *const words[][2] = {{"0", M_("One by one")},
                                               {"4", M_("A group of four or more, or none")},
                                               {"5", M_("A group of five or more, or none")},
                                               {"6", M_("A group of six, or none")}};

        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, 4)};
        for (; out->n < 4; out->n++)
                out->row[out->n] = (struct html_option) {.value = text_of(words[out->n][0]),
                                                         .label = text_of(msg(rq->page.locale, words[out->n][1]))};
}

static struct err show_mentor(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Mentors in reserve, and groups")))};
        struct matching_kind_view v = {.person = rq_id(rq, "person")};
        struct people_person p;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(matching_kind(rq->tx, cohort, v.person, &v.kind));
        TRY(people_get(rq->tx, v.person, &p));
        v.name = name_of(rq->arena, p.first_name, p.last_name);
        v.way = text_format(rq->arena, "%lld", (long long)v.kind.group_least);
        way_options(rq, &v.ways);
        reply_page(rq, re, &shell, matching_kind_page, &v);
        return OK;
}

struct kind_form { int64_t capacity; bool reserve; struct text group; };
static const char *const groups[] = {"0", "4", "5", "6", NULL};
FORM_OF(kind_form, struct kind_form,
        {.name = "capacity", .kind = FIELD_INT, .offset = offsetof(struct kind_form, capacity), .required = true, .min = 1, .max = 6,
         .label = "How many mentees at most?"},
        {.name = "reserve", .kind = FIELD_BOOL, .offset = offsetof(struct kind_form, reserve), .label = "In reserve"},
        {.name = "group", .kind = FIELD_CHOICE, .offset = offsetof(struct kind_form, group), .required = true, .choices = groups,
         .label = "Mentees one by one, or a group?"});

static struct err post_mentor(struct request *rq, struct reply *re)
{
        const struct kind_form *f = FORM(rq, struct kind_form);
        struct matching_kind k = {.reserve = f->reserve, .capacity = f->capacity};
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        text_int(f->group, &k.group_least);
        TRY(matching_set_kind(rq->tx, rq->who, cohort, rq_id(rq, "person"), &k));
        reply_flash(re, "Saved. It counts in the next run.");
        reply_see(re, "/desk/matching/mentors");
        return OK;
}

static const struct route rows[] = {
        {.method = POST, .path = "/desk/matching/window", .who = WHO_STAFF, .handler = post_window, .form = &window_form,
         .back = "/desk/matching", .prepare = prepare_window, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/matching/window/close", .who = WHO_STAFF, .handler = post_close, .back = "/desk/matching"},
        {.method = POST, .path = "/desk/matching/refill", .who = WHO_STAFF, .handler = post_refill, .back = "/desk/matching",
         .prepare = prepare_refill, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/mentors", .who = WHO_STAFF, .handler = show_mentors},
        {.method = GET, .path = "/desk/matching/mentors/:person", .who = WHO_STAFF, .handler = show_mentor},
        {.method = POST, .path = "/desk/matching/mentors/:person", .who = WHO_STAFF, .handler = post_mentor, .form = &kind_form,
         .back = "/desk/matching/mentors/:person"},
};

const struct route_table matching_people_routes = ROUTES(rows);
