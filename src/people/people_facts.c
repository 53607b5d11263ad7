/* A roster meets a person: what is written, what is left alone. */
#include "os/zone.h"
#include "people/people.h"
#include "people/people.sql.h"

/* The value that shall stand, given what stands and what the roster says. */
static struct text settle(struct text now, struct text said, bool own, bool *changed)
{
        if (text_empty(said) || text_equal(now, said) || (own && !text_empty(now)))
                return now;
        *changed = true;
        return said;
}

static struct err take_basics(struct tx *tx, int64_t person, const struct people_facts *in,
                              bool own, bool write, bool *changed)
{
        struct people_person p;
        bool here = false;

        TRY(people_get(tx, person, &p));
        struct text first = settle(p.first_name, in->first_name, own, &here);
        struct text last = settle(p.last_name, in->last_name, own, &here);
        struct text phone = settle(p.phone, in->phone, own, &here);
        struct text zone = settle(text_of(zone_name(p.zone)), in->zone, own || p.zone_confirmed,
                                  &here);
        *changed |= here;
        if (!here || !write)
                return OK;
        return people_roster_basics(tx, person, first, last, phone, zone, p.zone_confirmed ||
                                    !text_empty(in->zone));
}

/* Of what the organisation knows: a dash says that there is none. */
static struct text settle_status(struct text now, struct text said, bool *changed)
{
        if (!text_is(said, "-"))
                return settle(now, said, false, changed);
        *changed |= !text_empty(now);
        return TEXT_ABSENT;
}

static struct err take_status(struct tx *tx, int64_t person, const struct people_status *in,
                              bool write, bool *changed)
{
        struct people_status s;
        bool here = false, moved = false;

        TRY(people_status(tx, person, &s));
        struct text manager = settle_status(s.manager_email, in->manager_email, &moved);
        struct text above = text_empty(in->managers_manager_email) && moved ? TEXT("-") : in->managers_manager_email;
        here = moved;
        struct people_roster_status_in row = {
                .person = person, .title = settle_status(s.title, in->title, &here),
                .grade = settle_status(s.grade, in->grade, &here),
                .organisation = settle_status(s.organisation, in->organisation, &here),
                .department = settle_status(s.department, in->department, &here),
                .team = settle_status(s.team, in->team, &here),
                .profession = settle_status(s.profession, in->profession, &here),
                .manager_email = manager,
                .staff_id = settle_status(s.staff_id, in->staff_id, &here),
                .managers_manager_email = settle_status(s.managers_manager_email, above, &here)};
        *changed |= here;
        return here && write ? people_roster_status(tx, &row) : OK;
}

/* A biography that its owner has looked at is theirs. */
static struct err take_profile(struct tx *tx, int64_t person, const struct people_facts *in,
                               bool own, bool write, bool *changed)
{
        struct people_profile_row f;
        bool found, here = false;

        TRY(people_profile_row(tx, person, &found, &f));
        if (!found)
                return OK;
        struct text biography = own || f.biography_approved_at.has ? TEXT_ABSENT : in->biography;
        struct people_roster_profile_in row = {
                .person = person, .offers = settle(f.offers, in->offers, own, &here),
                .wants = settle(f.wants, in->wants, own, &here),
                .goals = settle(f.goals, in->goals, own, &here),
                .interests = settle(f.interests, in->interests, own, &here),
                .languages = settle(f.languages, in->languages, own, &here),
                .availability = settle(f.availability, in->availability, own, &here),
                .location = settle(f.location, in->location, own, &here),
                .biography = settle(f.biography, biography, false, &here)};
        *changed |= here;
        return here && write ? people_roster_profile(tx, &row) : OK;
}

static struct err take_extra(struct tx *tx, int64_t person, const struct people_extra *x,
                             bool write, bool *changed)
{
        struct people_extra_value row;
        bool found;

        TRY(people_extra_value(tx, person, x->name, &found, &row));
        if (found && text_equal(row.value, x->value))
                return OK;
        *changed = true;
        return write ? people_extra_put(tx, person, x->name, x->value) : OK;
}

struct err people_location(struct tx *tx, int64_t person, struct text *out)
{
        struct people_profile_row f;
        bool found;

        TRY(people_profile_row(tx, person, &found, &f));
        *out = found ? f.location : TEXT_ABSENT;
        return OK;
}

struct err people_by_staff_id(struct tx *tx, struct text staff_id, int64_t *person, struct text *email)
{
        struct people_of_staff_id_list rows;

        TRY(people_of_staff_id(tx, staff_id, &rows));
        *person = rows.n == 1 ? rows.row[0].person : 0;
        *email = rows.n == 1 ? rows.row[0].email : TEXT_ABSENT;
        return OK;
}

struct err people_take_facts(struct tx *tx, int64_t person, const struct people_facts *in,
                             bool own, bool write, bool *changed)
{
        *changed = false;
        TRY(take_basics(tx, person, in, own, write, changed));
        TRY(take_status(tx, person, &in->status, write, changed));
        TRY(take_profile(tx, person, in, own, write, changed));
        for (size_t i = 0; i < in->n_extra; i++)
                TRY(take_extra(tx, person, &in->extra[i], write, changed));
        return OK;
}
