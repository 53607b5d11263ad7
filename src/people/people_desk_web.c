/* /desk/people: who is in the cohort, how far they are, one person's card. */
#include "people/people_correct.sql.h"
#include "people/people_web.h"

#include "html/format.h"
#include "journeys/journeys.h"
#include "learning/learning.h"
#include "os/zone.h"
#include "people/people_data.h"
#include "people/people_data.sql.h"
#include "people/people_desk.html.h"
#include "people/people_import.h"
#include "people/people_parts.h"
#include "people/people_view.h"
#include "programmes/programmes.h"
#include "recruiting/recruiting_leave.h"

#include <string.h>

static struct html_shell desk(struct request *rq, const char *title)
{
        return (struct html_shell) {.kind = SHELL_DESK,
                .title = text_of(msg(rq->page.locale, title))};
}

static const struct { const char *state, *words; } states[] = {
        {"invited", M_("invited")}, {"applied", M_("applied")}, {"accepted", M_("getting ready")},
        {"ready", M_("ready")},
        {"matched", M_("in a pair")}, {"waiting", M_("wants another partner")},
        {"left", M_("has left")}, {"done", M_("finished")},
        {"declined", M_("declined")},
};

enum { STATES = sizeof states / sizeof states[0], ROWS = 100 };

static const char *state_words(struct text state)
{
        for (size_t i = 0; i < STATES; i++)
                if (text_is(state, states[i].state))
                        return states[i].words;
        return "";
}

/* ---- the list ---- */

struct listing {
        struct request *rq;
        struct people_desk_view *v;
        struct journeys_pair_list pairs;
        struct learning_standing_list all;
        struct people_addresses_list addresses;
        struct text q;                          /* folded */
};

static struct text name_of(const struct listing *l, int64_t person)
{
        for (size_t i = 0; i < l->all.n; i++)
                if (l->all.row[i].who.person == person)
                        return l->all.row[i].who.first_name;
        return TEXT("?");
}

/* They ascend by person. */
static struct text address_of(const struct listing *l, int64_t person)
{
        size_t low = 0, high = l->addresses.n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                if (l->addresses.row[middle].person == person)
                        return l->addresses.row[middle].email;
                if (l->addresses.row[middle].person < person)
                        low = middle + 1;
                else
                        high = middle;
        }
        return TEXT("");
}

static void add_partners(const struct listing *l, const struct programmes_participant *p,
                         struct people_desk_row *row)
{
        struct out o = out_new(l->rq->arena, 64);

        for (size_t i = 0; i < l->pairs.n; i++) {
                const struct journeys_pair *pair = &l->pairs.row[i];
                if (text_is(pair->state, "closed") ||
                    (p->mentor ? pair->mentor : pair->mentee) != p->person)
                        continue;
                out_c(&o, o.n ? ", " : "");
                out_text(&o, name_of(l, p->mentor ? pair->mentee : pair->mentor));
                row->partner_pair = pair->id;
        }
        row->partners = text_copy(l->rq->arena, out_get(&o));
}

static bool contains(struct arena *a, struct text t, struct text folded)
{
        struct text f = text_fold(a, t);

        return f.n >= folded.n && memmem(f.p, f.n, folded.p, folded.n) != NULL;
}

static bool is_wanted(const struct listing *l, const struct learning_standing *s)
{
        const struct programmes_participant *p = &s->who;
        const struct people_desk_view *v = l->v;
        struct arena *a = l->rq->arena;

        if (!text_is(v->role, "any") && !text_is(v->role, p->mentor ? "mentor" : "mentee"))
                return false;
        if (!text_is(v->state, "any") && !text_equal(v->state, p->state))
                return false;
        if (text_empty(l->q))
                return true;
        struct arena_mark mark = arena_mark(a);
        bool found = contains(a, text_format(a, "%s %s %s", text_c(a, p->first_name), text_c(a, p->last_name),
                                             text_c(a, address_of(l, p->person))), l->q);
        arena_rewind(a, mark);
        return found;
}

static void add_person(struct listing *l, const struct learning_standing *s)
{
        const struct zone *zone = zone_find(s->who.zone);
        struct people_desk_row *row = &l->v->row[l->v->n++];

        *row = (struct people_desk_row) {
                .person = s->who.person, .first_name = s->who.first_name,
                .last_name = s->who.last_name,
                .city = format_city(l->rq->arena, l->rq->page.locale, zone ? zone : zone_utc()),
                .state = s->who.state, .state_words = state_words(s->who.state),
                .mentor = s->who.mentor,
                .trained = s->status.complete, .confirmed = s->who.profile_confirmed_at.has,
                .done = s->status.done,
                .required = s->status.required};
        add_partners(l, &s->who, row);
}

/* One page of those who are wanted; asked for a page too far on, the last. */
static void add_page(struct listing *l, int64_t asked)
{
        const struct learning_standing **found = arena_array(l->rq->arena, const struct learning_standing *, l->all.n + 1);
        struct people_desk_view *v = l->v;

        for (size_t i = 0; i < l->all.n; i++) {
                const struct learning_standing *s = &l->all.row[i];
                v->all++;
                v->untrained += !s->status.complete && (text_is(s->who.state, "accepted") || text_is(s->who.state, "matched"));
                v->unanswered += text_is(s->who.state, "invited");
                if (is_wanted(l, s))
                        found[v->found++] = s;
        }
        v->pages = (v->found + ROWS - 1) / ROWS;
        v->page = asked < 1 ? 1 : asked > v->pages ? v->pages : asked;
        v->from = v->found ? (v->page - 1) * ROWS + 1 : 0;
        v->until = v->page * ROWS < v->found ? v->page * ROWS : v->found;
        v->row = arena_array(l->rq->arena, struct people_desk_row, ROWS);
        for (int64_t i = v->from; i && i <= v->until; i++)
                add_person(l, found[i - 1]);
}

static struct err fill(struct request *rq, int64_t cohort, struct people_desk_view *v)
{
        struct listing l = {.rq = rq, .v = v, .q = text_fold(rq->arena, text_trim(v->q))};
        struct programmes_cohort c;
        int64_t page = 1;

        TRY(programmes_cohort(rq->tx, cohort, &c));
        v->cohort = c.name;
        TRY(learning_status_all(rq->tx, &c, &l.all));
        TRY(journeys_pairs(rq->tx, cohort, &l.pairs));
        TRY(people_addresses(rq->tx, cohort, &l.addresses));
        text_int(rq_query(rq, "page"), &page);
        add_page(&l, page);
        return OK;
}

static struct html_option option(struct request *rq, const char *value, const char *label)
{
        return (struct html_option) {.value = text_of(value),
                .label = text_of(msg(rq->page.locale, label))};
}

static void add_filters(struct request *rq, struct people_desk_view *v)
{
        v->roles = (struct html_options) {.n = 3, .row = arena_array(rq->arena, struct html_option,
                                                                     3)};
        v->roles.row[0] = option(rq, "any", M_("Mentors and mentees"));
        v->roles.row[1] = option(rq, "mentor", M_("Mentors"));
        v->roles.row[2] = option(rq, "mentee", M_("Mentees"));
        v->states = (struct html_options) {.n = STATES + 1,
                .row = arena_array(rq->arena, struct html_option, STATES + 1)};
        v->states.row[0] = option(rq, "any", M_("Any state"));
        for (size_t i = 0; i < STATES; i++)
                v->states.row[i + 1] = option(rq, states[i].state, states[i].words);
}

/* An empty value would keep a browser from sending a select that must be filled in. */
static struct text chosen(struct request *rq, const char *name)
{
        struct text value = rq_query(rq, name);

        return text_empty(value) ? TEXT("any") : value;
}

/* A new installation: there is nobody to list before there is a cohort to list them in. */
static struct err show_no_cohort(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk(rq, M_("People"));
        struct people_desk_view v = {0};

        reply_page(rq, re, &shell, people_no_cohort, &v);
        return OK;
}

static struct err show_list(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk(rq, M_("People"));
        struct people_desk_view v = {
                .q = rq_query(rq, "q"), .role = chosen(rq, "role"), .state = chosen(rq, "state")};
        struct people_corrections_open open;
        int64_t cohort;

        struct err e = programmes_current(rq->tx, rq->who, &cohort);
        if (err_is(e, ERR_ABSENT))
                return show_no_cohort(rq, re);
        TRY(e);
        TRY(programmes_staff(rq->tx, rq->who, cohort));
        add_filters(rq, &v);
        TRY(fill(rq, cohort, &v));
        TRY(people_corrections_open(rq->tx, cohort, &open));
        v.corrections = open.n;
        v.administrator = who_has(rq->who, ROLE_ADMINISTRATOR);
        reply_page(rq, re, &shell, people_desk, &v);
        return OK;
}

/* ---- one person ---- */

static struct err add_parts(struct request *rq, struct people_desk_card_view *v)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        struct learning_status training;

        TRY(programmes_parts_of(rq->tx, v->p.id, &parts));
        v->parts.row = arena_array(rq->arena, struct people_card_part, parts.n);
        for (; v->parts.n < parts.n; v->parts.n++) {
                const struct programmes_participant *p = &parts.row[v->parts.n];
                TRY(programmes_cohort(rq->tx, p->cohort, &c));
                TRY(learning_status(rq->tx, &c, p->person, p->mentor, &training));
                v->parts.row[v->parts.n] = (struct people_card_part) {
                        .cohort_id = c.id, .cohort = c.name, .state_words = state_words(p->state), .may_leave = recruiting_may_leave(p->state),
                        .mentor = p->mentor, .trained = training.complete,
                        .done = training.done, .required = training.required};
        }
        return OK;
}

static struct err add_pairs(struct request *rq, struct people_desk_card_view *v)
{
        struct journeys_pair_list pairs;
        struct people_person partner;

        TRY(journeys_pairs_of(rq->tx, v->p.id, &pairs));
        v->pairs.row = arena_array(rq->arena, struct people_card_pair, pairs.n);
        for (; v->pairs.n < pairs.n; v->pairs.n++) {
                const struct journeys_pair *p = &pairs.row[v->pairs.n];
                bool mentor = p->mentor == v->p.id;
                TRY(people_get(rq->tx, mentor ? p->mentee : p->mentor, &partner));
                v->pairs.row[v->pairs.n] = (struct people_card_pair) {p->id, partner.first_name,
                        people_stored_words(p->state), mentor};
        }
        return OK;
}

struct reading { const struct who *who; int64_t person; };

static struct err write_reading(struct tx *tx, void *in)
{
        const struct reading *r = in;

        return people_audit(tx, r->who, "person.read", r->person, 0, "");
}

/* Opening a card is written down, and its person can read that under their data. */
static void note_reading(struct request *rq, struct reply *re, int64_t person)
{
        struct reading *r = arena_new_of(rq->arena, struct reading);

        *r = (struct reading) {rq->who, person};
        reply_then(re, write_reading, r);
}

static struct err show_person(struct request *rq, struct reply *re)
{
        struct html_shell shell = desk(rq, M_("One person"));
        struct people_desk_card_view v = {0};
        int64_t person = rq_id(rq, "person");
        bool found;

        TRY(people_staff_of(rq->tx, rq->who, person));
        TRY(people_get(rq->tx, person, &v.p));
        TRY(mail_trouble_read(rq->tx, rq->page.locale, person, v.p.first_name, &v.mail));
        TRY(people_card(rq->tx, person, false, &v.card));
        TRY(people_status(rq->tx, person, &v.status));
        TRY(people_profile_row(rq->tx, person, &found, &v.words));
        TRY(people_held_roles(rq->tx, person, &v.roles));
        TRY(people_extra_all(rq->tx, person, &v.extra));
        TRY(add_parts(rq, &v));
        TRY(add_pairs(rq, &v));
        TRY(people_audit_about(rq->tx, person, &v.audit));
        v.knows_status = v.status.title.n || v.status.grade.n || v.status.organisation.n ||
                v.status.department.n ||
                         v.status.team.n || v.status.profession.n || v.status.manager_email.n;
        note_reading(rq, re, person);
        reply_page(rq, re, &shell, people_desk_card, &v);
        return OK;
}

static struct err send_link(struct request *rq, struct reply *re)
{
        struct people_person p;
        int64_t person = rq_id(rq, "person");

        TRY(people_staff_of(rq->tx, rq->who, person));
        TRY(people_get(rq->tx, person, &p));
        TRY(people_send_link(rq->tx, &p, TEXT_ABSENT));
        TRY(people_audit(rq->tx, rq->who, "person.link", person, 0, ""));
        reply_flash(re, M_("A link to sign in is on its way."));
        reply_see(re, "/desk/people/%lld", (long long)person);
        return OK;
}

struct address_form { struct text email; };
FORM_OF(address_form, struct address_form,
        {.name = "email", .kind = FIELD_EMAIL, .offset = offsetof(struct address_form, email), .required = true,
         .label = M_("A new address")});

static struct err new_address(struct request *rq, struct reply *re)
{
        int64_t person = rq_id(rq, "person");

        TRY(people_change_address(rq->tx, rq->who, person, FORM(rq, struct address_form)->email));
        reply_flash(re, M_("The new address is written down. What waited is on its way."));
        reply_see(re, "/desk/people/%lld", (long long)person);
        return OK;
}

static struct err try_mail(struct request *rq, struct reply *re)
{
        struct people_person p;
        int64_t person = rq_id(rq, "person");

        TRY(people_staff_of(rq->tx, rq->who, person));
        TRY(people_get(rq->tx, person, &p));
        TRY(mail_try_now(rq->tx, person, p.email));
        TRY(people_audit(rq->tx, rq->who, "person.mail", person, 0, ""));
        reply_flash(re, M_("It is tried again now. If it fails once more, it stands here again."));
        reply_see(re, "/desk/people/%lld", (long long)person);
        return OK;
}

static const struct route rows[] = {
        {.method = GET, .path = "/desk/people", .who = WHO_STAFF, .handler = show_list},
        {.method = GET, .path = "/desk/people/import", .who = WHO_STAFF,
         .handler = people_show_import},
        {.method = POST, .path = "/desk/people/import", .who = WHO_STAFF,
         .handler = people_post_import, .form = &people_import_form,
         .back = "/desk/people/import", .limit = ROUTE_UPLOAD},
        {.method = GET, .path = "/desk/people/facts", .who = WHO_STAFF, .handler = people_show_facts},
        {.method = POST, .path = "/desk/people/facts", .who = WHO_STAFF,
         .handler = people_post_facts, .form = &people_import_form,
         .back = "/desk/people/facts", .limit = ROUTE_UPLOAD},
        {.method = GET, .path = "/desk/people/:person", .who = WHO_STAFF, .handler = show_person},
        {.method = POST, .path = "/desk/people/:person/link", .who = WHO_STAFF,
         .handler = send_link},
        {.method = POST, .path = "/desk/people/:person/address", .who = WHO_STAFF,
         .handler = new_address, .form = &address_form, .back = "/desk/people/:person"},
        {.method = POST, .path = "/desk/people/:person/mail", .who = WHO_STAFF,
         .handler = try_mail},
};

const struct route_table people_desk_routes = ROUTES(rows);
