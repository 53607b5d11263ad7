/* Peer circles: formed, moved by hand, confirmed. */
#include "gatherings/gatherings_circles.sql.h"
#include "gatherings/gatherings_parts.h"
#include "matching/matching_circles.h"
#include "os/random.h"
#include "people/people.h"

#include <stdlib.h>
#include <string.h>

enum { PLACE_MOST = 300 };

static struct text side_of(bool mentors) { return mentors ? TEXT("mentor") : TEXT("mentee"); }

static struct err find(struct tx *tx, const struct who *who, int64_t circle, struct gatherings_circle_row *out)
{
        bool found;

        TRY(gatherings_circle_row(tx, circle, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such circle", "It may have been formed anew");
        return programmes_staff(tx, who, out->cohort);
}

/* ---- reading ---- */

static struct gatherings_circle circle_of(const struct gatherings_circle_row *r)
{
        return (struct gatherings_circle) {.id = r->id, .cohort = r->cohort, .number = r->number, .mentors = text_is(r->side, "mentor"),
                                           .confirmed = r->confirmed_at.has, .place = r->place};
}

static void add_members(struct tx *tx, const struct gatherings_circle_members_list *members, struct gatherings_circle *c)
{
        size_t n = 0;

        for (size_t i = 0; i < members->n; i++)
                n += members->row[i].circle == c->id;
        c->member = arena_array(tx_arena(tx), struct gatherings_circle_person, n + 1);
        for (size_t i = 0; i < members->n; i++)
                if (members->row[i].circle == c->id)
                        c->member[c->n++] = (struct gatherings_circle_person) {members->row[i].person, members->row[i].move_reason};
}

static struct err all_of(struct tx *tx, int64_t cohort, struct gatherings_circle_list *out)
{
        struct gatherings_circle_rows_list rows;
        struct gatherings_circle_members_list members;

        TRY(gatherings_circle_rows(tx, cohort, &rows));
        TRY(gatherings_circle_members(tx, cohort, &members));
        *out = (struct gatherings_circle_list) {.row = arena_array(tx_arena(tx), struct gatherings_circle, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct gatherings_circle_rows *r = &rows.row[out->n];
                out->row[out->n] = circle_of(&(struct gatherings_circle_row) {r->id, cohort, r->side, r->number, r->confirmed_at, r->place});
                add_members(tx, &members, &out->row[out->n]);
        }
        return OK;
}

struct err gatherings_circles(struct tx *tx, const struct who *who, int64_t cohort, struct gatherings_circle_list *out)
{
        TRY(programmes_staff(tx, who, cohort));
        return all_of(tx, cohort, out);
}

struct err gatherings_my_circles(struct tx *tx, const struct who *who, struct gatherings_circle_list *out)
{
        struct gatherings_circles_of_list rows;
        struct gatherings_circle_members_list members;
        struct gatherings_circle_row row;
        bool found;

        TRY(gatherings_circles_of(tx, who->person, &rows));
        *out = (struct gatherings_circle_list) {.row = arena_array(tx_arena(tx), struct gatherings_circle, rows.n)};
        for (size_t i = 0; i < rows.n; i++) {
                TRY(gatherings_circle_row(tx, rows.row[i].circle, &found, &row));
                TRY(gatherings_circle_members(tx, rows.row[i].cohort, &members));
                out->row[out->n] = circle_of(&row);
                add_members(tx, &members, &out->row[out->n++]);
        }
        return OK;
}

/* ---- forming ---- */

/* Those of the circles of one side that are confirmed, ascending. */
static int64_t *in_standing(struct arena *a, const struct gatherings_circle_list *list, bool mentors, size_t *n)
{
        size_t most = 0;

        for (size_t i = 0; i < list->n; i++)
                most += list->row[i].n;
        int64_t *person = arena_array(a, int64_t, most + 1);
        *n = 0;
        for (size_t i = 0; i < list->n; i++)
                for (size_t k = 0; k < list->row[i].n && list->row[i].mentors == mentors && list->row[i].confirmed; k++)
                        person[(*n)++] = list->row[i].member[k].person;
        gatherings_sort(person, *n);
        return person;
}

/* Of this side, taking part, and in no circle that stands; by person, so that the order of a list does not matter. */
static struct err who_needs_one(struct tx *tx, int64_t cohort, bool mentors, int64_t **out, size_t *n)
{
        struct programmes_participant_list people;
        struct gatherings_circle_list list;
        size_t settled;

        TRY(programmes_participants(tx, cohort, &people));
        TRY(all_of(tx, cohort, &list));
        const int64_t *has = in_standing(tx_arena(tx), &list, mentors, &settled);
        *out = arena_array(tx_arena(tx), int64_t, people.n + 1);
        *n = 0;
        for (size_t i = 0; i < people.n; i++) {
                const struct programmes_participant *p = &people.row[i];
                if (p->mentor == mentors && gatherings_comes(p) && !gatherings_holds(has, settled, p->person))
                        (*out)[(*n)++] = p->person;
        }
        gatherings_sort(*out, *n);
        return OK;
}

static struct err store(struct tx *tx, int64_t cohort, bool mentors, const int64_t *person, size_t n, const struct matching_circles *c)
{
        int64_t *id = arena_array(tx_arena(tx), int64_t, (size_t)c->n + 1);
        struct gatherings_circle_last last;

        TRY(gatherings_circle_last(tx, cohort, side_of(mentors), &last));
        for (int32_t k = 0; k < c->n; k++) {
                id[k] = random_id();
                TRY(gatherings_circle_insert(tx, id[k], cohort, side_of(mentors), last.number + k + 1, tx_now(tx)));
        }
        for (size_t i = 0; i < n; i++)
                if (c->circle[i] >= 0)
                        TRY(gatherings_circle_add(tx, id[c->circle[i]], person[i], (struct opt) {0}, TEXT_ABSENT));
        return OK;
}

struct gatherings_formed {
        int64_t cohort, *person;
        bool mentors, mixed;
        size_t n;
        struct matching_circles circles;
};

struct err gatherings_find_circles(struct tx *tx, const struct who *who, int64_t cohort, bool mentors, bool mixed, struct gatherings_formed **out)
{
        struct gatherings_formed *f = *out = arena_new_of(tx_arena(tx), struct gatherings_formed);

        *f = (struct gatherings_formed) {.cohort = cohort, .mentors = mentors, .mixed = mixed};
        TRY(programmes_staff(tx, who, cohort));
        TRY(who_needs_one(tx, cohort, mentors, &f->person, &f->n));
        return matching_circles(tx, cohort, f->person, f->n, mixed, &f->circles);
}

/* Somebody may have come, gone, or been taken into a circle meanwhile. */
static struct err still_so(struct tx *tx, const struct gatherings_formed *f, bool *so)
{
        int64_t *person;
        size_t n;

        TRY(who_needs_one(tx, f->cohort, f->mentors, &person, &n));
        *so = n == f->n && memcmp(person, f->person, n * sizeof *person) == 0;
        return *so || n <= MATCHING_CIRCLES_AT_ONCE
                ? OK
                : FAIL(ERR_CONFLICT, "Somebody came or went while the circles were being formed", "Do it again");
}

struct err gatherings_keep_circles(struct tx *tx, const struct who *who, struct gatherings_formed *f, int64_t *left)
{
        bool so;

        *left = 0;
        TRY(programmes_staff(tx, who, f->cohort));
        TRY(still_so(tx, f, &so));
        if (!so)                        /* a few are formed anew sooner than it is explained */
                TRY(gatherings_find_circles(tx, who, f->cohort, f->mentors, f->mixed, &f));
        TRY(gatherings_circle_drop_members(tx, f->cohort, side_of(f->mentors)));
        TRY(gatherings_circle_drop(tx, f->cohort, side_of(f->mentors)));
        TRY(store(tx, f->cohort, f->mentors, f->person, f->n, &f->circles));
        for (size_t i = 0; i < f->n; i++)
                *left += f->circles.circle[i] < 0;
        return people_audit(tx, who, "circle.form", 0, f->cohort, "");
}

struct err gatherings_confirm_circles(struct tx *tx, const struct who *who, int64_t cohort, bool mentors)
{
        struct gatherings_circle_list before;
        int64_t changes;

        TRY(programmes_staff(tx, who, cohort));
        TRY(all_of(tx, cohort, &before));
        TRY(gatherings_circle_confirm(tx, cohort, side_of(mentors), tx_now(tx), &changes));
        if (changes == 0)
                return FAIL(ERR_CONFLICT, "There is nothing to confirm", "Form circles first");
        for (size_t i = 0; i < before.n; i++)
                if (before.row[i].mentors == mentors && !before.row[i].confirmed)
                        TRY(gatherings_tell_circle(tx, &before.row[i]));
        return people_audit(tx, who, "circle.confirm", 0, cohort, "");
}

/* ---- by hand ---- */

static struct err takes_part(struct tx *tx, const struct gatherings_circle_row *c, int64_t person)
{
        struct programmes_participant_list parts;

        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == c->cohort && parts.row[i].mentor == text_is(c->side, "mentor") &&
                    gatherings_comes(&parts.row[i]))
                        return OK;
        return FAIL_AT(ERR_ABSENT, "This person is not of this circle's side", "person", "Choose somebody from the list");
}

static struct err may_come(struct tx *tx, const struct gatherings_circle_row *c, int64_t person)
{
        struct gatherings_circle_members_list members;
        struct matching_circle_people *people;
        struct matching_circle_why why;
        int64_t *all;
        size_t n = 0;

        TRY(gatherings_circle_members(tx, c->cohort, &members));
        all = arena_array(tx_arena(tx), int64_t, members.n + 1);
        for (size_t i = 0; i < members.n; i++) {
                if (members.row[i].circle != c->id)
                        continue;
                if (members.row[i].person == person)
                        return FAIL_AT(ERR_CONFLICT, "They are in this circle already", "person", "Choose somebody else");
                all[n++] = members.row[i].person;
        }
        if (n >= MATCHING_CIRCLE_MOST)
                return FAIL_AT(ERR_CONFLICT, "This circle is full: six are enough to speak", "person", "Move somebody out first");
        all[n++] = person;
        TRY(matching_circle_people(tx, c->cohort, &people));
        TRY(matching_circle_why(tx, people, all, n, true, &why));
        return why.apart ? FAIL_AT(ERR_CONFLICT, "Somebody here is not to be with this person", "person",
                                   "It was said privately; choose another circle")
                         : OK;
}

struct err gatherings_move_to_circle(struct tx *tx, const struct who *who, int64_t circle, int64_t person, bool away, struct text reason)
{
        struct gatherings_circle_row c;
        struct gatherings_circle_of was;
        bool found;

        TRY(find(tx, who, circle, &c));
        if (text_empty(text_trim(reason)))
                return FAIL_AT(ERR_INVALID, "A reason is needed", "reason", "One sentence: it stays with the circle, for staff only");
        if (!away) {
                TRY(takes_part(tx, &c, person));
                TRY(may_come(tx, &c, person));
        }
        TRY(gatherings_circle_of(tx, c.cohort, person, c.side, &found, &was));
        if (away && (!found || was.circle != circle))
                return FAIL_AT(ERR_ABSENT, "They are not in this circle", "person", "Choose somebody who is");
        if (found)
                TRY(gatherings_circle_remove(tx, was.circle, person));
        if (!away)
                TRY(gatherings_circle_add(tx, circle, person, (struct opt) {true, who->person}, text_trim(reason)));
        TRY(gatherings_circle_drop_empty(tx, c.cohort));
        return people_audit(tx, who, away ? "circle.leave" : "circle.move", person, circle, "");
}

struct err gatherings_set_circle_place(struct tx *tx, const struct who *who, int64_t circle, struct text place)
{
        struct gatherings_circle_row c;
        struct text p = text_trim(place);

        TRY(find(tx, who, circle, &c));
        if (p.n > PLACE_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "place", "An address or a telephone number");
        TRY(gatherings_circle_set_place(tx, circle, p.n ? p : TEXT_ABSENT));
        return people_audit(tx, who, "circle.place", 0, circle, "");
}
