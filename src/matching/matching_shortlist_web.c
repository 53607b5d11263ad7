/* /shortlist: mentees put suggested mentors in order, mentors mark mentees. */
#include "matching/matching_dossier.h"
#include "matching/matching_people_view.h"
#include "matching/matching_web.h"

#include "html/format.h"
#include "matching/matching_shortlist.html.h"

#include <string.h>

/* The part whose list is open; else the newest, to say that nothing is. */
static struct err choose_part(struct request *rq, struct matching_shortlist_view *v)
{
        struct programmes_participant_list parts;
        struct matching_asked asked;
        struct matching_window window;

        TRY(programmes_parts_of(rq->tx, rq->who->person, &parts));
        for (size_t i = 0; i < parts.n && !v->open; i++) {
                TRY(matching_asked(rq->tx, parts.row[i].cohort, rq->who->person, parts.row[i].mentor, &asked));
                if (i > 0 && !asked.open)
                        continue;
                *v = (struct matching_shortlist_view) {.cohort = parts.row[i].cohort, .mentor = parts.row[i].mentor,
                                                       .open = asked.open, .answered = asked.answered, .closes_at = asked.closes_at};
        }
        if (!v->cohort)
                return OK;
        TRY(matching_window(rq->tx, v->cohort, &window));
        v->there = window.there;
        return OK;
}

static void place_options(struct request *rq, struct html_options *out)
{
        static const char *const words[] = {M_("No opinion"), M_("My first choice"), M_("My second choice"), M_("My third choice"),
                                            M_("My fourth choice"), M_("My fifth choice")};

        *out = (struct html_options) {.row = arena_array(rq->arena, struct html_option, MATCHING_LIST_MOST + 1)};
        for (; out->n <= MATCHING_LIST_MOST; out->n++)
                out->row[out->n] = (struct html_option) {.value = text_format(rq->arena, "%zu", out->n),
                                                         .label = text_of(msg(rq->page.locale, words[out->n]))};
}

static struct err card_of(struct request *rq, const struct matching_shortlist_view *v, const struct matching_listed *l,
                          const struct people_person *me, struct matching_suggestion *out)
{
        struct matching_sentences why;
        struct people_person other;

        *out = (struct matching_suggestion) {.person = l->person, .rank = l->rank, .not_with = l->not_with, .marked = l->marked};
        TRY(people_get(rq->tx, l->person, &other));
        TRY(people_card(rq->tx, l->person, false, &out->who));
        out->who.city = format_city(rq->arena, rq->page.locale, other.zone);
        *(v->mentor ? &out->who.offers : &out->who.wants) = TEXT_ABSENT;        /* of the other side's part */
        matching_sentences(rq->arena, rq->page.locale, l->reasons,
                           (zone_civil(me->zone, rq->page.now).offset - zone_civil(other.zone, rq->page.now).offset) / 60, &why);
        memcpy(out->reasons, why.row, sizeof out->reasons);
        out->place_label = msg_with(rq->arena, rq->page.locale, M_("Your place for {name}"), "name", other.first_name, NULL).p;
        out->not_label = msg_with(rq->arena, rq->page.locale, M_("I would rather not work with {name}"), "name", other.first_name, NULL).p;
        place_options(rq, &out->places);
        return OK;
}

static struct err add_cards(struct request *rq, struct matching_shortlist_view *v)
{
        struct matching_listed_list list;
        struct programmes_cohort c;
        struct people_person me;

        TRY(people_get(rq->tx, rq->who->person, &me));
        TRY(programmes_cohort(rq->tx, v->cohort, &c));
        v->coordinator = c.help_name;
        if (!v->open)
                return OK;
        TRY(matching_shortlist_of(rq->tx, rq->who, v->cohort, v->mentor, &list));
        v->cards.row = arena_array(rq->arena, struct matching_suggestion, list.n);
        for (; v->cards.n < list.n; v->cards.n++)
                TRY(card_of(rq, v, &list.row[v->cards.n], &me, &v->cards.row[v->cards.n]));
        return OK;
}

static struct err show(struct request *rq, struct reply *re)
{
        struct html_shell shell = {.kind = SHELL_PERSON, .title = text_of(msg(rq->page.locale, M_("Before you are matched")))};
        struct matching_shortlist_view v = {0};

        TRY(choose_part(rq, &v));
        if (v.cohort)
                TRY(add_cards(rq, &v));
        reply_page(rq, re, &shell, matching_shortlist_page, &v);
        return OK;
}

struct rank_form {
        int64_t cohort, mentor[MATCHING_LIST_MOST];
        struct text rank[MATCHING_LIST_MOST];
        bool not[MATCHING_LIST_MOST], leave;
};
static const char *const places[] = {"0", "1", "2", "3", "4", "5", NULL};
#define SLOT(n)                                                                                                                  \
        {.name = "mentor" #n, .kind = FIELD_ID, .offset = offsetof(struct rank_form, mentor) + (n - 1) * sizeof(int64_t),        \
         .label = "Mentor"},                                                                                                     \
        {.name = "rank" #n, .kind = FIELD_CHOICE, .offset = offsetof(struct rank_form, rank) + (n - 1) * sizeof(struct text),    \
         .choices = places, .label = "Your place"},                                                                              \
        {.name = "not" #n, .kind = FIELD_BOOL, .offset = offsetof(struct rank_form, not) + (n - 1) * sizeof(bool),               \
         .label = "Rather not"}
FORM_OF(rank_form, struct rank_form,
        {.name = "cohort", .kind = FIELD_ID, .offset = offsetof(struct rank_form, cohort), .required = true, .label = "Cohort"},
        {.name = "leave", .kind = FIELD_BOOL, .offset = offsetof(struct rank_form, leave), .label = "Leave it to the coordinator"},
        SLOT(1), SLOT(2), SLOT(3), SLOT(4), SLOT(5));

static struct err post_rank(struct request *rq, struct reply *re)
{
        const struct rank_form *f = FORM(rq, struct rank_form);
        struct matching_choice choice[MATCHING_LIST_MOST];
        size_t n = 0;

        for (size_t i = 0; i < MATCHING_LIST_MOST && f->mentor[i]; i++) {
                choice[n] = (struct matching_choice) {.mentor = f->mentor[i], .not_with = f->not[i]};
                if (f->rank[i].n)
                        text_int(f->rank[i], &choice[n].rank);
                if (f->leave)
                        choice[n].rank = 0;
                n++;
        }
        TRY(matching_rank(rq->tx, rq->who, f->cohort, choice, n));
        reply_flash(re, f->leave ? "Noted: you leave it to the coordinator." : "Thank you. Your order counts when the pairs are made.");
        reply_see(re, "/home");
        return OK;
}

struct mark_form { int64_t cohort; struct field_ids mentees; };
FORM_OF(mark_form, struct mark_form,
        {.name = "cohort", .kind = FIELD_ID, .offset = offsetof(struct mark_form, cohort), .required = true, .label = "Cohort"},
        {.name = "mentees", .kind = FIELD_IDS, .offset = offsetof(struct mark_form, mentees), .label = "Mentees"});

static struct err post_marks(struct request *rq, struct reply *re)
{
        const struct mark_form *f = FORM(rq, struct mark_form);

        TRY(matching_mark(rq->tx, rq->who, f->cohort, f->mentees.row, f->mentees.n));
        reply_flash(re, "Thank you. It counts when the pairs are made.");
        reply_see(re, "/home");
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/shortlist", .who = ROLE_PARTICIPANT, .handler = show},
        {.method = POST, .path = "/shortlist", .who = ROLE_PARTICIPANT, .handler = post_rank, .form = &rank_form, .back = "/shortlist"},
        {.method = POST, .path = "/shortlist/marks", .who = ROLE_PARTICIPANT, .handler = post_marks, .form = &mark_form,
         .back = "/shortlist"},
};

const struct route_table matching_shortlist_routes = ROUTES(rows);
