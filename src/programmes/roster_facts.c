/*
 * What the organisation knows of its people, by file: of those who are here already, and nothing else.  Whoever reads it first sees
 * each change; then the pairs are looked at by the new facts.
 */
#include "html/messages.h"
#include "programmes/roster.sql.h"
#include "programmes/roster_parts.h"

#include <string.h>

static struct text *field_of(struct people_status *s, enum roster_meaning m)
{
        switch (m) {
        case ROSTER_TITLE: return &s->title;
        case ROSTER_GRADE: return &s->grade;
        case ROSTER_ORGANISATION: return &s->organisation;
        case ROSTER_DEPARTMENT: return &s->department;
        case ROSTER_TEAM: return &s->team;
        case ROSTER_PROFESSION: return &s->profession;
        case ROSTER_STAFF_ID: return &s->staff_id;
        case ROSTER_MANAGER_EMAIL: return &s->manager_email;
        case ROSTER_EMAIL: case ROSTER_FIRST_NAME: case ROSTER_LAST_NAME: case ROSTER_NAME: case ROSTER_ROLE: case ROSTER_BOTH:
        case ROSTER_MANAGER_ID: case ROSTER_LOCATION: case ROSTER_TIME_ZONE: case ROSTER_LANGUAGES: case ROSTER_PHONE: case ROSTER_OFFERS:
        case ROSTER_WANTS: case ROSTER_GOALS: case ROSTER_INTERESTS: case ROSTER_CAPACITY: case ROSTER_AVAILABILITY: case ROSTER_NOT_WITH:
        case ROSTER_BIOGRAPHY: case ROSTER_EXTRA: case ROSTER_DROP: case ROSTER_MEANINGS: break;
        }
        return NULL;
}

bool roster_is_fact(enum roster_meaning m) { return roster_choices[m].fact; }

/* ---- what changes ---- */

static void note(struct roster_facts *f, const struct roster_person *p, struct text name, enum roster_meaning m, struct text was, struct text said)
{
        struct text becomes = text_is(said, "-") ? TEXT_ABSENT : said;
        struct roster_report *r = f->report;

        if (!said.n || text_equal(was, becomes) || (!was.n && !becomes.n))
                return;
        if (r->n_changes == f->changes_room) {
                struct roster_change *more = arena_array(f->a, struct roster_change, f->changes_room * 2 + 32);
                if (r->n_changes)
                        memcpy(more, r->changes, r->n_changes * sizeof *more);
                r->changes = more;
                f->changes_room = f->changes_room * 2 + 32;
        }
        r->changes[r->n_changes++] = (struct roster_change) {p->line, p->person, name, p->email, roster_choices[m].label,
                                                             text_of(roster_choices[m].word), was, becomes};
}

static struct err note_changes(struct tx *tx, struct roster_facts *f, struct roster_person *p)
{
        struct people_status now;
        struct people_person who;
        struct text place;

        TRY(people_get(tx, p->person, &who));
        TRY(people_status(tx, p->person, &now));
        TRY(people_location(tx, p->person, &place));
        struct text name = text_format(f->a, "%s %s", text_c(f->a, who.first_name), text_c(f->a, who.last_name));
        for (int m = 0; m < ROSTER_MEANINGS; m++) {
                const struct text *was = field_of(&now, (enum roster_meaning)m), *said = field_of(&p->facts.status, (enum roster_meaning)m);
                if (was && said)
                        note(f, p, name, (enum roster_meaning)m, *was, *said);
        }
        note(f, p, name, ROSTER_LOCATION, place, p->facts.location);
        return OK;
}

/* ---- who it is ---- */

struct err roster_facts_find(struct tx *tx, int64_t cohort, struct roster_person *p)
{
        struct programmes_roster_here row;
        struct people_person known;
        bool found = false;

        p->person = 0;
        if (p->email.n)
                TRY(people_by_email(tx, p->email, &found, &known));
        if (!found)
                return OK;
        TRY(programmes_roster_here(tx, known.id, cohort, &row));
        if (row.n > 0)
                p->person = known.id;
        return OK;
}

static void add_stranger(struct roster_facts *f, const struct roster_person *p)
{
        struct roster_report *r = f->report;

        if (!r->strangers)
                r->strangers = arena_array(f->a, struct roster_stranger, f->most + 1);
        r->strangers[r->n_strangers++] = (struct roster_stranger) {p->line, p->email.n ? p->email : p->facts.status.staff_id};
}

static struct text folded(struct arena *a, struct text t) { return text_empty(t) ? t : text_fold(a, text_trim(t)); }

static struct matching_newer newer_of(struct arena *a, const struct roster_person *p)
{
        const struct people_status *s = &p->facts.status;

        return (struct matching_newer) {.person = p->person, .email = p->key, .manager_email = folded(a, s->manager_email),
                                        .managers_manager_email = folded(a, s->managers_manager_email), .team = folded(a, s->team),
                                        .profession = folded(a, s->profession), .grade = folded(a, s->grade)};
}

static struct err take(struct tx *tx, struct roster_facts *f, struct roster_person *p, bool write)
{
        bool changed;

        if (!p->person) {
                add_stranger(f, p);
                return OK;
        }
        TRY(note_changes(tx, f, p));
        TRY(people_take_facts(tx, p->person, &p->facts, false, write, &changed));
        f->report->updated += changed;
        f->report->unchanged += !changed;
        if (changed) {
                f->changed[f->n_changed] = p->person;
                f->newer[f->n_changed++] = newer_of(f->a, p);
        }
        return OK;
}

/* ---- what it breaks ---- */

/* Every cohort in which one of them takes part: a fact is a person's, not a cohort's. */
static struct err look_ahead(struct tx *tx, struct roster_facts *f)
{
        struct matching_broken_list *out = &f->report->broken;
        struct programmes_cohort_list cohorts;

        TRY(programmes_alive(tx, &cohorts));
        for (size_t i = 0; f->n_changed && i < cohorts.n; i++) {
                struct matching_broken_list one;
                TRY(matching_work_broken(tx, cohorts.row[i].id, f->newer, f->n_changed, &one));
                struct matching_broken *all = arena_array(f->a, struct matching_broken, out->n + one.n + 1);
                if (out->n)
                        memcpy(all, out->row, out->n * sizeof *all);
                for (size_t k = 0; k < one.n; k++)
                        if (!f->cohort || one.row[k].cohort == f->cohort)
                                all[out->n++] = one.row[k];
                out->row = all;
        }
        return OK;
}

/* Other cohorts are looked at as well, and read of by who looks after them. */
static void of_this_cohort(struct roster_facts *f)
{
        struct matching_broken_list *b = &f->report->broken;
        size_t kept = 0;

        for (size_t i = 0; i < b->n; i++)
                if (!f->cohort || b->row[i].cohort == f->cohort)
                        b->row[kept++] = b->row[i];
        b->n = kept;
}

struct err roster_facts_meet(struct tx *tx, const struct who *who, struct roster_facts *f, struct roster_person *person, size_t n, bool write)
{
        f->most = n;
        f->changed = arena_array(f->a, int64_t, n + 1);
        f->newer = arena_array(f->a, struct matching_newer, n + 1);
        for (size_t i = 0; i < n; i++)
                TRY(take(tx, f, &person[i], write));
        if (!write)
                return look_ahead(tx, f);
        TRY(matching_work_recheck_people(tx, who, f->changed, f->n_changed, &f->report->broken));
        of_this_cohort(f);
        return OK;
}
