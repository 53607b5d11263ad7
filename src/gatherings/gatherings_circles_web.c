/* Peer circles: the desk's two pages, and a member's card on /gatherings. */
#include "gatherings/gatherings_circles_view.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_web.h"

#include "gatherings/gatherings_circles.html.h"
#include "html/format.h"
#include "matching/matching_circles.h"
#include "people/people.h"

#include <stdlib.h>
#include <string.h>

enum { SHARED = 3, SHOWN = 12, NAMES_SHOWN = 40, CHOICES = 150 };

static struct err staff_cohort(struct request *rq, int64_t *cohort)
{
        TRY(programmes_current(rq->tx, rq->who, cohort));
        return programmes_staff(rq->tx, rq->who, *cohort);
}

/* ---- lines ---- */

/* whole: the last name too, for staff. */
static struct err member_of(struct request *rq, int64_t person, bool whole, struct gatherings_member_line *out)
{
        struct people_person p;
        struct people_card card;

        TRY(people_get(rq->tx, person, &p));
        TRY(people_card(rq->tx, person, false, &card));
        *out = (struct gatherings_member_line) {
                .person = person, .city = format_city(rq->arena, rq->page.locale, p.zone), .interests = card.interests,
                .languages = people_language_words(rq->arena, rq->page.locale, card.languages),
                .name = whole ? text_format(rq->arena, "%s %s", p.first_name.p, p.last_name.p) : p.first_name,
                .me = person == rq->who->person};
        return OK;
}

/* Folded for comparison; the name of a language begins with a capital. */
static struct text as_a_name(struct arena *a, struct text t)
{
        bool small = t.n > 0 && t.p[0] >= 'a' && t.p[0] <= 'z';

        return small ? text_format(a, "%c%s", t.p[0] - 'a' + 'A', text_c(a, (struct text) {t.p + 1, t.n - 1})) : t;
}

static void add_why(struct request *rq, const struct matching_circle_why *why, struct gatherings_circle_line *out)
{
        out->shared.row = arena_array(rq->arena, struct gatherings_shared_line, SHARED);
        for (size_t k = 0; k < SHARED && why->shared[k].n; k++)
                out->shared.row[out->shared.n++] = (struct gatherings_shared_line) {why->shared[k], why->sharers[k]};
        if (why->language.n)
                out->language = as_a_name(rq->arena, people_language_words(rq->arena, rq->page.locale, why->language));
        out->hours_known = why->hours_known;
        out->hours = why->half_hours / 2;
        out->next_at = why->next_at;
        out->no_language = why->no_language;
        out->same_team = why->same_team;
        out->apart = why->apart;
}

static struct err line_of(struct request *rq, const struct matching_circle_people *people, const struct gatherings_circle *c, bool whole,
                          struct gatherings_circle_line *out)
{
        int64_t *person = arena_array(rq->arena, int64_t, c->n + 1);
        struct matching_circle_why why;

        *out = (struct gatherings_circle_line) {
                .id = c->id, .number = c->number, .mentors = c->mentors, .confirmed = c->confirmed, .place = c->place,
                .place_is_link = text_starts(c->place, "https://") || text_starts(c->place, "http://"),
                .members = {.row = arena_array(rq->arena, struct gatherings_member_line, c->n + 1)}};
        for (size_t i = 0; i < c->n; i++) {
                person[i] = c->member[i].person;
                TRY(member_of(rq, person[i], whole, &out->members.row[i]));
                out->members.row[i].moved = whole ? c->member[i].moved : TEXT_ABSENT;
                out->members.n++;
        }
        TRY(matching_circle_why(rq->tx, people, person, c->n, whole, &why));
        add_why(rq, &why, out);
        return OK;
}

struct err gatherings_add_my_circles(struct request *rq, struct gatherings_circle_lines *out)
{
        struct gatherings_circle_list list;

        TRY(gatherings_my_circles(rq->tx, rq->who, &list));
        *out = (struct gatherings_circle_lines) {.row = arena_array(rq->arena, struct gatherings_circle_line, list.n)};
        for (; out->n < list.n; out->n++) {
                struct matching_circle_people *people;
                TRY(matching_circle_people(rq->tx, list.row[out->n].cohort, &people));
                TRY(line_of(rq, people, &list.row[out->n], false, &out->row[out->n]));
        }
        return OK;
}

/* ---- /desk/circles ---- */

/* Who is in which circle of one side, by person. */
struct gatherings_in { int64_t person; const struct gatherings_circle *circle; };
struct gatherings_taken { size_t n; struct gatherings_in *row; };

static int by_person(const void *a, const void *b)
{
        const struct gatherings_in *x = a, *y = b;

        return (x->person > y->person) - (x->person < y->person);
}

static void take(struct arena *a, const struct gatherings_circle_list *list, bool mentors, struct gatherings_taken *out)
{
        size_t most = 0;

        for (size_t i = 0; i < list->n; i++)
                most += list->row[i].n;
        *out = (struct gatherings_taken) {.row = arena_array(a, struct gatherings_in, most + 1)};
        for (size_t i = 0; i < list->n; i++)
                for (size_t k = 0; k < list->row[i].n && list->row[i].mentors == mentors; k++)
                        out->row[out->n++] = (struct gatherings_in) {list->row[i].member[k].person, &list->row[i]};
        qsort(out->row, out->n, sizeof *out->row, by_person);
}

static const struct gatherings_circle *circle_with(const struct gatherings_taken *taken, int64_t person)
{
        const struct gatherings_in *found = bsearch(&(struct gatherings_in) {.person = person}, taken->row, taken->n, sizeof *taken->row, by_person);

        return found ? found->circle : NULL;
}

struct looking { const struct gatherings_circle_list *list; const struct programmes_participant_list *people; struct matching_circle_people *profiles; };

/* A page of the circles of one side; its number stands in the address under the side's name. */
static struct err fill_circles(struct request *rq, const struct looking *l, struct gatherings_circle_side *out)
{
        int64_t asked = rq_id(rq, out->side), at = 0;

        for (size_t i = 0; i < l->list->n; i++) {
                out->all += l->list->row[i].mentors == out->mentors;
                out->drafts += l->list->row[i].mentors == out->mentors && !l->list->row[i].confirmed;
        }
        out->pages = (out->all + SHOWN - 1) / SHOWN;
        out->page = asked > out->pages ? out->pages : asked < 1 ? 1 : asked;
        out->circles.row = arena_array(rq->arena, struct gatherings_circle_line, SHOWN);
        for (size_t i = 0; i < l->list->n && out->circles.n < SHOWN; i++) {
                if (l->list->row[i].mentors == out->mentors && at++ >= (out->page - 1) * SHOWN)
                        TRY(line_of(rq, l->profiles, &l->list->row[i], true, &out->circles.row[out->circles.n++]));
        }
        return OK;
}

static struct err fill_side(struct request *rq, const struct looking *l, bool mentors, struct gatherings_circle_side *out)
{
        struct gatherings_taken taken;

        *out = (struct gatherings_circle_side) {.mentors = mentors, .side = mentors ? "mentor" : "mentee",
                                                .without = {.row = arena_array(rq->arena, struct gatherings_member_line, NAMES_SHOWN)}};
        TRY(fill_circles(rq, l, out));
        take(rq->arena, l->list, mentors, &taken);
        for (size_t i = 0; i < l->people->n && out->all; i++) {
                const struct programmes_participant *p = &l->people->row[i];
                if (p->mentor != mentors || !gatherings_comes(p) || circle_with(&taken, p->person))
                        continue;
                if (out->n_without++ < NAMES_SHOWN)
                        TRY(member_of(rq, p->person, true, &out->without.row[out->without.n++]));
        }
        return OK;
}

static struct html_shell shell_of(struct request *rq)
{
        return (struct html_shell) {.kind = SHELL_DESK, .title = text_of(msg(rq->page.locale, M_("Peer circles")))};
}

static struct err show_all(struct request *rq, struct reply *re)
{
        struct html_shell shell = shell_of(rq);
        struct programmes_participant_list people;
        struct gatherings_circle_list list;
        struct gatherings_circles_view v = {0};
        struct looking l = {.list = &list, .people = &people};
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(gatherings_circles(rq->tx, rq->who, cohort, &list));
        TRY(programmes_participants(rq->tx, cohort, &people));
        TRY(matching_circle_people(rq->tx, cohort, &l.profiles));
        TRY(fill_side(rq, &l, false, &v.mentees));
        TRY(fill_side(rq, &l, true, &v.mentors));
        v.drafts = v.mentees.drafts + v.mentors.drafts;
        v.all = (int64_t)list.n;
        reply_page(rq, re, &shell, gatherings_circles_page, &v);
        return OK;
}

struct form_form { struct text side; bool mixed; };
static const char *const sides[] = {"mentee", "mentor", NULL};
FORM_OF(form_form, struct form_form,
        {.name = "side", .kind = FIELD_CHOICE, .offset = offsetof(struct form_form, side), .required = true, .choices = sides, .label = "Side"},
        {.name = "mixed", .kind = FIELD_BOOL, .offset = offsetof(struct form_form, mixed), .label = "Mix different fields of work"});

static struct err find_circles(struct tx *tx, void *in)
{
        struct request *rq = in;
        const struct form_form *f = FORM(rq, struct form_form);
        struct gatherings_formed *found;
        int64_t cohort;

        rq->tx = tx;
        TRY(staff_cohort(rq, &cohort));
        TRY(gatherings_find_circles(tx, rq->who, cohort, text_is(f->side, "mentor"), f->mixed, &found));
        rq->prepared = found;
        return OK;
}

static struct err prepare_form(struct request *rq)
{
        struct err e = db_read(rq->app->db, rq->arena, find_circles, rq);

        rq->tx = NULL;
        return e;
}

static struct err post_form(struct request *rq, struct reply *re)
{
        int64_t left;

        TRY(gatherings_keep_circles(rq->tx, rq->who, rq->prepared, &left));
        reply_flash(re, left ? "The circles are ready to read. Not everybody fits into one: see below." : "The circles are ready to read.");
        reply_see(re, "/desk/circles");
        return OK;
}

static struct err post_confirm(struct request *rq, struct reply *re)
{
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(gatherings_confirm_circles(rq->tx, rq->who, cohort, text_is(FORM(rq, struct form_form)->side, "mentor")));
        reply_flash(re, "Confirmed. The members see each other now.");
        reply_see(re, "/desk/circles");
        return OK;
}

/* ---- one circle ---- */

static struct err find(struct request *rq, int64_t cohort, struct gatherings_circle_list *list, const struct gatherings_circle **out)
{
        TRY(gatherings_circles(rq->tx, rq->who, cohort, list));
        for (size_t i = 0; i < list->n; i++)
                if (list->row[i].id == rq_id(rq, "circle")) {
                        *out = &list->row[i];
                        return OK;
                }
        return FAIL(ERR_ABSENT, "There is no such circle", "It may have been formed anew");
}

static void add_option(struct request *rq, struct html_options *o, int64_t person, struct text label)
{
        o->row[o->n++] = (struct html_option) {.value = text_format(rq->arena, "%lld", (long long)person), .label = label};
}

static struct text option_words(struct request *rq, struct text name, const struct gatherings_circle *in)
{
        return in ? msg_with(rq->arena, rq->page.locale, M_("{name} (circle {number})"), "name", name, "number",
                             text_format(rq->arena, "%lld", (long long)in->number), NULL)
                  : msg_with(rq->arena, rq->page.locale, M_("{name} (in no circle)"), "name", name, NULL);
}

static bool has(struct text name, struct text part) { return part.n == 0 || memmem(name.p, name.n, part.p, part.n) != NULL; }

/* Those without a circle first; of very many only whose name has what was looked for, and no more than a list can show. */
static void offer(struct request *rq, const struct programmes_participant_list *people, const struct gatherings_taken *taken,
                  const struct gatherings_circle *here, bool placed, struct gatherings_circle_page_view *v)
{
        struct text find = text_fold(rq->arena, text_trim(v->find));

        for (size_t i = 0; i < people->n; i++) {
                const struct programmes_participant *p = &people->row[i];
                const struct gatherings_circle *in = circle_with(taken, p->person);
                struct text name = text_format(rq->arena, "%s %s", p->first_name.p, p->last_name.p);
                if (p->mentor != here->mentors || !gatherings_comes(p) || in == here || (in != NULL) != placed ||
                    !has(text_fold(rq->arena, name), find))
                        continue;
                if (v->others.n == CHOICES) {
                        v->more = true;
                        return;
                }
                add_option(rq, &v->others, p->person, option_words(rq, name, in));
        }
}

static struct err add_options(struct request *rq, int64_t cohort, const struct gatherings_circle_list *list,
                              const struct gatherings_circle *here, struct gatherings_circle_page_view *v)
{
        struct programmes_participant_list people;
        struct gatherings_taken taken;

        TRY(programmes_participants(rq->tx, cohort, &people));
        take(rq->arena, list, here->mentors, &taken);
        v->find = rq_query(rq, "q");
        v->others.row = arena_array(rq->arena, struct html_option, CHOICES);
        v->members.row = arena_array(rq->arena, struct html_option, here->n + 1);
        for (size_t i = 0; i < v->circle.members.n; i++)
                add_option(rq, &v->members, v->circle.members.row[i].person, v->circle.members.row[i].name);
        offer(rq, &people, &taken, here, false, v);
        offer(rq, &people, &taken, here, true, v);
        return OK;
}

static struct err show_one(struct request *rq, struct reply *re)
{
        struct html_shell shell = shell_of(rq);
        struct gatherings_circle_page_view v = {0};
        struct gatherings_circle_list list;
        struct matching_circle_people *people;
        const struct gatherings_circle *c;
        int64_t cohort;

        TRY(staff_cohort(rq, &cohort));
        TRY(find(rq, cohort, &list, &c));
        TRY(matching_circle_people(rq->tx, cohort, &people));
        TRY(line_of(rq, people, c, true, &v.circle));
        TRY(add_options(rq, cohort, &list, c, &v));
        reply_page(rq, re, &shell, gatherings_circle_page, &v);
        return OK;
}

struct move_form { int64_t person; struct text reason; };
FORM_OF(move_form, struct move_form,
        {.name = "person", .kind = FIELD_ID, .offset = offsetof(struct move_form, person), .required = true, .label = "Who?"},
        {.name = "reason", .kind = FIELD_TEXT, .offset = offsetof(struct move_form, reason), .required = true, .max = 300, .label = "Why"});

static struct err move(struct request *rq, struct reply *re, bool away)
{
        const struct move_form *f = FORM(rq, struct move_form);

        TRY(gatherings_move_to_circle(rq->tx, rq->who, rq_id(rq, "circle"), f->person, away, f->reason));
        reply_flash(re, "Moved, with your reason.");
        reply_see(re, "/desk/circles");
        return OK;
}

static struct err post_in(struct request *rq, struct reply *re) { return move(rq, re, false); }
static struct err post_out(struct request *rq, struct reply *re) { return move(rq, re, true); }

struct place_form { struct text place; };
FORM_OF(place_form, struct place_form,
        {.name = "place", .kind = FIELD_TEXT, .offset = offsetof(struct place_form, place), .max = 300, .label = "Where they meet"});

static struct err post_place(struct request *rq, struct reply *re)
{
        TRY(gatherings_set_circle_place(rq->tx, rq->who, rq_id(rq, "circle"), FORM(rq, struct place_form)->place));
        reply_flash(re, "Saved. The members of the circle see it.");
        reply_see(re, "/desk/circles/%lld", (long long)rq_id(rq, "circle"));
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/circles", .who = WHO_STAFF, .handler = show_all},
        {.method = POST, .path = "/desk/circles", .who = WHO_STAFF, .handler = post_form, .form = &form_form, .back = "/desk/circles",
         .prepare = prepare_form, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/circles/confirm", .who = WHO_STAFF, .handler = post_confirm, .form = &form_form,
         .back = "/desk/circles"},
        {.method = GET, .path = "/desk/circles/:circle", .who = WHO_STAFF, .handler = show_one},
        {.method = POST, .path = "/desk/circles/:circle/in", .who = WHO_STAFF, .handler = post_in, .form = &move_form,
         .back = "/desk/circles/:circle"},
        {.method = POST, .path = "/desk/circles/:circle/out", .who = WHO_STAFF, .handler = post_out, .form = &move_form,
         .back = "/desk/circles/:circle"},
        {.method = POST, .path = "/desk/circles/:circle/place", .who = WHO_STAFF, .handler = post_place, .form = &place_form,
         .back = "/desk/circles/:circle"},
};

const struct route_table gatherings_circle_routes = ROUTES(rows);
