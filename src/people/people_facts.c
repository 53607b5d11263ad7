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

static struct err take_status(struct tx *tx, int64_t person, const struct people_status *in,
                              bool write, bool *changed)
{
        struct people_status s;
        bool here = false;

        TRY(people_status(tx, person, &s));
        struct people_roster_status_in row = {
                .person = person, .title = settle(s.title, in->title, false, &here),
                .grade = settle(s.grade, in->grade, false, &here),
                .organisation = settle(s.organisation, in->organisation, false, &here),
                .department = settle(s.department, in->department, false, &here),
                .team = settle(s.team, in->team, false, &here),
                .profession = settle(s.profession, in->profession, false, &here),
                .manager_email = settle(s.manager_email, in->manager_email, false, &here)};
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
