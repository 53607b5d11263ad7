#include "journeys/journeys_jobs.h"

#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_morning.h"
#include "people/people.h"
#include "recruiting/recruiting.h"

enum { DAY_S = 86400, MORNING_S = 8 * 3600, SITTINGS_AHEAD_DAYS = 5, AFTER_END_DAYS = 260 };

/* ---- mornings: "cohort:ID:ZONE:DAY", the zone "staff" for the desk ---- */

static const char staff_zone[] = "staff";

static struct err add_morning(struct tx *tx, int64_t cohort, struct text zone, int64_t day,
                              int64_t at)
{
        struct text key = text_format(tx_arena(tx), "cohort:%lld:%s:%lld", (long long)cohort,
                                      text_c(tx_arena(tx), zone), (long long)day);

        return jobs_add(tx, journeys_job_day.name, key, at, cohort, day);
}

/* The first working day on which that hour is still to come. */
static struct err add_next(struct tx *tx, int64_t cohort, struct text zone, const struct zone *z,
                           int hour, int minute)
{
        int64_t day = journeys_next_working_day(zone_day(z, tx_now(tx)));
        int64_t at = zone_at(z, day, hour, minute);

        if (at <= tx_now(tx)) {
                day = journeys_next_working_day(day + 1);
                at = zone_at(z, day, hour, minute);
        }
        return add_morning(tx, cohort, zone, day, at);
}

static struct err add_next_of_zone(struct tx *tx, int64_t cohort, struct text zone)
{
        const struct zone *z = zone_find(zone);

        return z ? add_next(tx, cohort, zone, z, JOURNEYS_DUE_HOUR, JOURNEYS_DUE_MINUTE) : OK;
}

static struct err add_next_of_staff(struct tx *tx, const struct programmes_cohort *c)
{
        return add_next(tx, c->id, text_of(staff_zone), c->zone, JOURNEYS_STAFF_HOUR,
                        JOURNEYS_STAFF_MINUTE);
}

/* Adding a morning that stands already changes nothing, so this is done whenever in doubt. */
static struct err add_zones(struct tx *tx, int64_t cohort)
{
        struct journeys_due_zones_list zones;

        TRY(journeys_due_zones(tx, cohort, &zones));
        for (size_t i = 0; i < zones.n; i++)
                TRY(add_next_of_zone(tx, cohort, zones.row[i].zone));
        return OK;
}

struct err journeys_start_cohort(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(add_next_of_staff(tx, &c));
        return add_zones(tx, cohort);
}

static bool is_over(const struct programmes_cohort *c, int64_t day)
{
        return day > c->end_day + AFTER_END_DAYS;
}

/* "cohort:ID:ZONE:DAY" -> ZONE */
static struct text zone_of(struct text key)
{
        struct text rest, zone;

        text_cut(key, ':', &rest);
        text_cut(rest, ':', &rest);
        zone = text_cut(rest, ':', &rest);
        return zone;
}

/*
 * A machine that was switched off does not write at night: what was missed goes out on the next
 * morning, as the plan has it.
 */
static bool too_late(const struct zone *z, int64_t day, int hour, int minute, int64_t now)
{
        return now > zone_at(z, day, hour, minute) + MORNING_S;
}

static struct err schedule_sittings(struct tx *tx, const struct programmes_cohort *c);

/* The staff's morning also looks after the others: zones that are new, sittings that come near. */
static struct err staff_morning(struct tx *tx, const struct programmes_cohort *c, int64_t day)
{
        TRY(add_next_of_staff(tx, c));
        TRY(add_zones(tx, c->id));
        TRY(schedule_sittings(tx, c));
        TRY(recruiting_forget(tx, c));
        if (too_late(c->zone, day, JOURNEYS_STAFF_HOUR, JOURNEYS_STAFF_MINUTE, tx_now(tx)))
                return OK;
        return journeys_staff_morning(tx, c->id, day);
}

static struct err run_day(struct tx *tx, const struct job *job)
{
        struct programmes_cohort c;
        struct text name = text_copy(tx_arena(tx), zone_of(job->key));
        const struct zone *z = zone_find(name);

        TRY(programmes_cohort(tx, job->a, &c));
        if (is_over(&c, job->b))
                return OK;
        if (text_is(name, staff_zone))
                return staff_morning(tx, &c, job->b);
        if (!z)
                return OK;
        TRY(add_next_of_zone(tx, c.id, name));
        if (too_late(z, job->b, JOURNEYS_DUE_HOUR, JOURNEYS_DUE_MINUTE, tx_now(tx)))
                return OK;
        return journeys_morning(tx, c.id, name, job->b);
}

const struct job_kind journeys_job_day = {.name = "journeys.day", .clock = JOB_PROGRAMME,
                                          .run = run_day};

/* ---- letters at a moment: "meeting:ID:SEQUENCE:TEXT", "sitting:ID:SEQUENCE:TEXT" ---- */

struct moment { const char *what; int64_t id, sequence, starts_at,
        ends_at; enum pack_gathering_kind kind; enum pack_anchor anchor; };

static struct err add_event(struct tx *tx, const struct moment *m, const struct pack_send *send)
{
        struct text key = text_format(tx_arena(tx), "%s:%lld:%lld:%s", m->what, (long long)m->id,
                                      (long long)m->sequence,
                                      text_c(tx_arena(tx), send->text));
        int64_t due = journeys_due_moment(send, m->starts_at, m->ends_at);

        /* Booked for this afternoon: yesterday's letter is not caught up with. */
        return due > tx_now(tx) ? jobs_add(tx, journeys_job_event.name, key, due, m->id,
                                           m->sequence) : OK;
}

static struct err add_events(struct tx *tx, const struct pack *pack, const struct moment *m)
{
        for (size_t i = 0; i < pack->n_reminders; i++) {
                const struct pack_reminder *r = &pack->reminders[i];
                if (r->anchor != m->anchor || (r->kind != PACK_GATHERING_ANY && r->kind != m->kind))
                        continue;
                for (size_t k = 0; k < r->n_sends; k++)
                        if (!journeys_due_by_day(r, &r->sends[k]))
                                TRY(add_event(tx, m, &r->sends[k]));
        }
        return OK;
}

struct err journeys_schedule_meeting(struct tx *tx, int64_t meeting)
{
        struct journeys_due_meeting row;
        struct programmes_cohort c;
        bool found;

        TRY(journeys_due_meeting(tx, meeting, &found, &row));
        if (!found || !text_is(row.state, "booked"))
                return OK;
        TRY(programmes_cohort(tx, row.cohort, &c));
        return add_events(tx, c.pack, &(struct moment) {
                .what = "meeting", .id = row.id, .sequence = row.sequence,
                .starts_at = row.starts_at,
                .ends_at = row.starts_at + 60 * row.minutes, .anchor = PACK_MEETING});
}

static enum pack_gathering_kind kind_of(struct text word)
{
        enum pack_gathering_kind kind;

        return pack_gathering_kind_of(word, &kind) ? kind : PACK_GATHERING_ANY;
}

/*
 * Days ahead of the earliest letter; a sitting that is moved has a new sequence, and so new jobs.
 */
static struct err schedule_sittings(struct tx *tx, const struct programmes_cohort *c)
{
        struct journeys_due_sittings_list rows;

        if (!c->opened_at.has)
                return OK;
        TRY(journeys_due_sittings(tx, c->id, tx_now(tx),
                                  tx_now(tx) + SITTINGS_AHEAD_DAYS * (int64_t)DAY_S, &rows));
        for (size_t i = 0; i < rows.n; i++)
                TRY(add_events(tx, c->pack, &(struct moment) {
                        .what = "sitting", .id = rows.row[i].id, .sequence = rows.row[i].sequence,
                        .starts_at = rows.row[i].starts_at,
                        .ends_at = rows.row[i].starts_at + 60 * rows.row[i].minutes,
                        .kind = kind_of(rows.row[i].kind), .anchor = PACK_AT_GATHERING}));
        return OK;
}

/* ---- at the moment ---- */

/* "meeting:ID:SEQUENCE:TEXT" -> TEXT */
static struct text text_of_key(struct text key)
{
        size_t colon = key.n;

        while (colon > 0 && key.p[colon - 1] != ':')
                colon--;
        return (struct text) {key.p + colon, key.n - colon};
}

static struct text key_of(struct tx *tx, const char *what, const struct job *job)
{
        return journeys_due_key(tx_arena(tx), &(struct journeys_occasion) {.what = what,
                .id = job->a, .turn = job->b});
}

/* After an outage: what was to say "tomorrow" or "in an hour" is not said when it is over. */
static bool is_past(const struct pack_send *send, const struct job *job, int64_t starts_at,
                    int64_t now)
{
        bool before = journeys_due_moment(send, 0, 0) < 0;

        return now > job->due + DAY_S / 2 || (before && now >= starts_at);
}

static struct err partner_name(struct tx *tx, int64_t person, struct text *out)
{
        struct people_person p;

        TRY(people_get(tx, person, &p));
        *out = p.first_name;
        return OK;
}

/* Nobody wrote down where: then at least how. */
static struct text place_of(const struct journeys_due_meeting *row, enum locale l)
{
        if (!text_empty(row->place))
                return row->place;
        if (text_is(row->channel, "video"))
                return text_of(msg(l, M_("By video. Whoever has a link sends it to the other.")));
        if (text_is(row->channel, "phone"))
                return text_of(msg(l, M_("By telephone. Whoever has agreed to ring rings.")));
        return text_of(msg(l, M_("Where and how you have agreed.")));
}

static struct err tell_of_meeting(struct tx *tx, const struct journeys_due_meeting *row,
                                  const struct pack_send *send,
                                  int64_t person, int64_t partner, struct text anchor)
{
        struct journeys_matter m;
        bool sent;

        TRY(journeys_matter_new(tx, row->cohort, person, &m));
        m.class = send->class;
        m.pair = row->pair;
        m.meeting = row->id;
        m.mentor = person == row->mentor;
        if (row->starts_at > tx_now(tx))
                m.expires = row->starts_at;
        TRY(partner_name(tx, partner, &m.values.of[PACK_HOLE_PARTNER]));
        const struct pack_agenda *agenda = pack_agenda(m.cohort->pack, row->agenda);
        m.values.of[PACK_HOLE_AGENDA] = agenda ? agenda->title.in[m.locale] : TEXT("");
        journeys_moment_values(tx_arena(tx), &m, row->starts_at, row->minutes,
                                place_of(row, m.locale));
        return journeys_send(tx, &m, send, anchor, &sent);
}

/* Still booked for then, nobody has said what became of it, and the two may be written to. */
static struct err run_meeting(struct tx *tx, const struct job *job, struct text name)
{
        struct text occasion = key_of(tx, "meeting", job);
        struct journeys_due_meeting row;
        struct programmes_cohort c;
        const struct pack_send *send;
        bool found;

        TRY(journeys_due_meeting(tx, job->a, &found, &row));
        if (!found || row.sequence != job->b || !text_is(row.state, "booked"))
                return OK;
        if (!text_is(row.pair_state, "active") && !text_is(row.pair_state, "closing"))
                return OK;
        TRY(programmes_cohort(tx, row.cohort, &c));
        send = pack_send(c.pack, name, NULL);
        if (!send || is_past(send, job, row.starts_at, tx_now(tx)))
                return OK;
        TRY(tell_of_meeting(tx, &row, send, row.mentor, row.mentee, occasion));
        return tell_of_meeting(tx, &row, send, row.mentee, row.mentor, occasion);
}

static struct err tell_of_sitting(struct tx *tx, const struct journeys_due_sitting *row,
                                  const struct pack_send *send,
                                  const struct journeys_due_seated *seat, struct text anchor)
{
        struct journeys_matter m;
        bool sent;

        TRY(journeys_matter_new(tx, row->cohort, seat->person, &m));
        m.class = send->class;
        m.gathering = row->gathering;
        m.mentor = text_is(seat->role, "mentor");
        const struct pack_gathering *g = pack_gathering(m.cohort->pack, row->key);
        m.values.of[PACK_HOLE_AGENDA] = g ? g->title.in[m.locale] : row->title;
        journeys_moment_values(tx_arena(tx), &m, row->starts_at, row->minutes, row->join_url);
        return journeys_send(tx, &m, send, anchor, &sent);
}

static struct err run_sitting(struct tx *tx, const struct job *job, struct text name)
{
        struct text occasion = key_of(tx, "sitting", job);
        struct journeys_due_sitting row;
        struct journeys_due_seated_list seated;
        struct programmes_cohort c;
        const struct pack_send *send;
        bool found;

        TRY(journeys_due_sitting(tx, job->a, &found, &row));
        if (!found || row.sequence != job->b)
                return OK;
        TRY(programmes_cohort(tx, row.cohort, &c));
        send = pack_send(c.pack, name, NULL);
        if (!send || is_past(send, job, row.starts_at, tx_now(tx)))
                return OK;
        if (job->due != journeys_due_moment(send, row.starts_at, row.starts_at + 60 * row.minutes))
                return OK;
        TRY(journeys_due_seated(tx, row.id, row.cohort, &seated));
        for (size_t i = 0; i < seated.n; i++)
                TRY(tell_of_sitting(tx, &row, send, &seated.row[i], occasion));
        return OK;
}

static struct err run_event(struct tx *tx, const struct job *job)
{
        struct text name = text_copy(tx_arena(tx), text_of_key(job->key));

        return text_starts(job->key, "meeting:") ? run_meeting(tx, job, name) : run_sitting(tx, job,
                name);
}

const struct job_kind journeys_job_event = {.name = "journeys.event", .clock = JOB_PROGRAMME,
                                            .run = run_event};
