#include "people/people_data.h"

#include "base/json.h"
#include "html/messages.h"
#include "os/zone.h"
#include "people/people.h"
#include "people/people.sql.h"
#include "people/people_data.sql.h"
#include "people/people_data_parts.h"

#include <string.h>

/* ---- writing the list ---- */

void people_held_section(struct people_held_work *w, const char *key, const char *title)
{
        must(w->held->n < HELD_SECTIONS);
        if (w->section && w->section->n == 0)
                w->held->n--;
        w->section = &w->held->row[w->held->n++];
        *w->section = (struct people_section) {.key = key, .title = title};
}

void people_held_record(struct people_held_work *w)
{
        struct people_section *s = w->section;

        if (s->n == s->room) {
                s->room = s->room ? s->room * 2 : 8;
                struct people_record *more = arena_array(w->a, struct people_record, s->room);
                if (s->n)
                        memcpy(more, s->row, s->n * sizeof *more);
                s->row = more;
        }
        w->record = &s->row[s->n++];
        w->record->row = arena_array(w->a, struct people_fact, HELD_FACTS);
}

static void add(struct people_held_work *w, struct people_fact f)
{
        must(w->record->n < HELD_FACTS);
        w->record->row[w->record->n++] = f;
}

void people_held_words(struct people_held_work *w, const char *key, const char *label,
                       struct text t)
{
        if (t.n)
                add(w, (struct people_fact) {key, label, FACT_TEXT, t, 0});
}

void people_held_moment(struct people_held_work *w, const char *key, const char *label, int64_t t)
{
        add(w, (struct people_fact) {key, label, FACT_TIME, TEXT_ABSENT, t});
}

void people_held_moment_if(struct people_held_work *w, const char *key, const char *label,
                           struct opt t)
{
        if (t.has)
                people_held_moment(w, key, label, t.v);
}

void people_held_number(struct people_held_work *w, const char *key, const char *label, int64_t n)
{
        add(w, (struct people_fact) {key, label, FACT_NUMBER, TEXT_ABSENT, n});
}

void people_held_number_if(struct people_held_work *w, const char *key, const char *label,
                           struct opt n)
{
        if (n.has)
                people_held_number(w, key, label, n.v);
}

/* ---- what stands in this room ---- */

/* Minutes after midnight as a clock shows them. */
static void clock_if(struct people_held_work *w, const char *key, const char *label,
                     struct opt minutes)
{
        if (minutes.has)
                people_held_words(w, key, label, text_format(w->a, "%02d:%02d",
                                                             (int)(minutes.v / 60),
                                                 (int)(minutes.v % 60)));
}


static struct err you(struct people_held_work *w)
{
        struct people_person p;

        TRY(people_get(w->tx, w->person, &p));
        people_held_section(w, "person", M_("You"));
        people_held_record(w);
        people_held_words(w, "first_name", M_("First name"), p.first_name);
        people_held_words(w, "last_name", M_("Last name"), p.last_name);
        people_held_words(w, "email", M_("Mail address"), p.email);
        people_held_words(w, "phone", M_("Telephone"), p.phone);
        people_held_words(w, "time_zone", M_("Time zone"), text_of(zone_name(p.zone)));
        people_held_words(w, "language", M_("Language"), text_of(locale_tag(p.locale)));
        clock_if(w, "call_from", M_("Calls from"), p.call_from);
        clock_if(w, "call_until", M_("Calls until"), p.call_until);
        people_held_number(w, "structure", M_("Guidance, 0 to 2"), p.structure);
        people_held_words(w, "programme_mail", M_("Programme mails"), p.programme_mail ? TEXT("yes")
              : TEXT("no"));
        return OK;
}

static struct err profile(struct people_held_work *w)
{
        struct people_profile_row p;
        bool found;

        TRY(people_profile_row(w->tx, w->person, &found, &p));
        if (!found)
                return OK;
        people_held_section(w, "profile", M_("Your profile"));
        people_held_record(w);
        people_held_words(w, "about", M_("About you"), p.about);
        people_held_words(w, "offers", M_("What you offer"), p.offers);
        people_held_words(w, "wants", M_("What you look for"), p.wants);
        people_held_words(w, "goals", M_("Goals"), p.goals);
        people_held_words(w, "interests", M_("Interests"), p.interests);
        people_held_words(w, "languages", M_("Languages"), p.languages);
        people_held_words(w, "availability", M_("Hours that suit"), p.availability);
        people_held_words(w, "location", M_("Place"), p.location);
        people_held_words(w, "biography", M_("Biography"), p.biography);
        people_held_moment_if(w, "biography_approved_at", M_("Biography approved"),
                              p.biography_approved_at);
        return OK;
}

static struct err work_facts(struct people_held_work *w)
{
        struct people_status s;
        struct people_extra_all_list extra;

        TRY(people_status(w->tx, w->person, &s));
        people_held_section(w, "work", M_("What your organisation says about you"));
        people_held_record(w);
        people_held_words(w, "title", M_("Job title"), s.title);
        people_held_words(w, "grade", M_("Grade or level"), s.grade);
        people_held_words(w, "organisation", M_("Organisation"), s.organisation);
        people_held_words(w, "department", M_("Department"), s.department);
        people_held_words(w, "team", M_("Team"), s.team);
        people_held_words(w, "profession", M_("Profession"), s.profession);
        people_held_words(w, "manager_email", M_("Line manager"), s.manager_email);
        people_held_words(w, "managers_manager_email", M_("Line manager's manager"), s.managers_manager_email);
        people_held_words(w, "staff_id", M_("Staff number"), s.staff_id);
        TRY(people_extra_all(w->tx, w->person, &extra));
        people_held_section(w, "extra", M_("Other columns of your organisation's list"));
        for (size_t i = 0; i < extra.n; i++) {
                people_held_record(w);
                people_held_words(w, "column", M_("Column"), extra.row[i].name);
                people_held_words(w, "value", M_("Value"), extra.row[i].value);
        }
        return OK;
}

static struct err devices(struct people_held_work *w)
{
        struct people_session_list_list list;
        struct people_held_roles_list roles;

        TRY(people_held_roles(w->tx, w->person, &roles));
        people_held_section(w, "roles", M_("What you are allowed"));
        for (size_t i = 0; i < roles.n; i++) {
                people_held_record(w);
                people_held_words(w, "role", M_("Role"), roles.row[i].role);
                people_held_moment(w, "since", M_("Since"), roles.row[i].given_at);
        }
        TRY(people_session_list(w->tx, w->person, 0, &list));
        people_held_section(w, "devices", M_("Devices"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "device", M_("Device"), list.row[i].agent);
                people_held_moment(w, "signed_in_at", M_("Signed in"), list.row[i].created_at);
                people_held_moment(w, "used_at", M_("Last used"), list.row[i].touched_at);
        }
        return OK;
}

static bool is_blank(const struct people_section *s)
{
        for (size_t i = 0; i < s->n; i++)
                if (s->row[i].n)
                        return false;
        return true;
}

struct err people_held(struct tx *tx, const struct who *who, struct people_held *out)
{
        static struct err (*const all[])(struct people_held_work *) = {
                you, profile, work_facts, people_held_rooms, people_held_more, devices};
        struct people_held_work w = {.tx = tx, .a = tx_arena(tx), .person = who->person,
                .held = out};
        size_t kept = 0;

        *out = (struct people_held) {.row = arena_array(w.a, struct people_section, HELD_SECTIONS)};
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
                TRY(all[i](&w));
        for (size_t i = 0; i < out->n; i++)
                if (!is_blank(&out->row[i]))
                        out->row[kept++] = out->row[i];
        out->n = kept;
        return people_held_backs(&w);
}

/* ---- the file ---- */

static void write_record(struct out *o, const struct people_record *r)
{
        for (size_t i = 0; i < r->n; i++) {
                out_c(o, i ? ", " : "{");
                json_string(o, text_of(r->row[i].key));
                out_c(o, ": ");
                if (r->row[i].kind == FACT_TEXT)
                        json_string(o, r->row[i].text);
                else
                        out_int(o, r->row[i].number);
        }
        out_c(o, r->n ? "}" : "{}");
}

struct text people_held_json(struct arena *a, const struct people_held *held)
{
        struct out o = out_new(a, 16384);

        for (size_t i = 0; i < held->n; i++) {
                const struct people_section *s = &held->row[i];
                out_c(&o, i ? ",\n" : "{\n");
                json_string(&o, text_of(s->key));
                out_c(&o, ": [");
                for (size_t k = 0; k < s->n; k++) {
                        out_c(&o, k ? ",\n  " : "\n  ");
                        write_record(&o, &s->row[k]);
                }
                out_c(&o, "]");
        }
        out_c(&o, held->n ? ",\n\"held_back\": [" : "{\n\"held_back\": [");
        for (size_t i = 0; i < held->back.n; i++) {
                const struct people_back *b = &held->back.row[i];
                out_format(&o, "%s\n  {\"what\": \"%s\", \"number\": %lld, \"why\": ", i ? "," : "", b->key, (long long)b->n);
                json_string(&o, text_of(b->why));
                out_char(&o, '}');
        }
        out_c(&o, "]\n}\n");
        return out_get(&o);
}
