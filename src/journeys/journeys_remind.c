/* Letters that a verb causes at once: a decision, a proposal, a pair that begins. */
#include "journeys/journeys.h"

#include "html/format.h"
#include "journeys/journeys_due.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_values.h"
#include "people/people.h"

enum { LINK_DAYS = 30, DAY_S = 86400, HOLES = 12 };

static const struct pack_send *find_send(const struct pack *pack, const struct journeys_remind *in,
                                         const struct pack_reminder **of)
{
        const struct pack_send *send = pack_send(pack, text_of(in->text ? in->text : in->rule), of);

        for (size_t i = 0; !send && !in->text && i < pack->n_reminders; i++)
                if (text_is(pack->reminders[i].id, in->rule)) {
                        *of = &pack->reminders[i];
                        send = &pack->reminders[i].sends[0];
                }
        return send;
}

struct err journeys_matter_new(struct tx *tx, int64_t cohort, int64_t person,
                               struct journeys_matter *out)
{
        struct arena *a = tx_arena(tx);
        struct programmes_cohort *c = arena_new_of(a, struct programmes_cohort);
        struct people_person reader, signs;

        TRY(programmes_cohort(tx, cohort, c));
        TRY(people_get(tx, person, &reader));
        TRY(people_get(tx, c->coordinator, &signs));
        *out = (struct journeys_matter) {
                .cohort = c, .person = person, .email = reader.email,
                .first_name = reader.first_name,
                .locale = reader.locale, .zone = reader.zone,
                .expires = tx_now(tx) + LINK_DAYS * (int64_t)DAY_S,
                .coordinator = text_format(a, "%s %s", text_c(a, signs.first_name),
                                           text_c(a, signs.last_name))};
        return OK;
}

static struct err about_pair(struct tx *tx, int64_t pair, struct journeys_matter *m)
{
        struct journeys_pair p;
        struct people_person partner;

        TRY(journeys_pair(tx, pair, &p));
        m->pair = pair;
        m->mentor = m->person == p.mentor;
        TRY(people_get(tx, m->mentor ? p.mentee : p.mentor, &partner));
        const struct pack_agenda *agenda = pack_agenda(m->cohort->pack,
                                                       journeys_next_agenda(&p, m->cohort,
                                                               tx_now(tx)));
        m->values.of[PACK_HOLE_PARTNER] = partner.first_name;
        if (agenda)
                m->values.of[PACK_HOLE_AGENDA] = agenda->title.in[m->locale];
        return OK;
}

static struct err about_proposal(struct tx *tx, int64_t proposal, struct journeys_matter *m)
{
        struct journeys_due_proposal row;
        bool found;

        TRY(journeys_due_proposal(tx, proposal, &found, &row));
        m->proposal = proposal;
        if (!found || !row.expires_at.has)
                return OK;
        m->expires = row.expires_at.v;
        m->values.of[PACK_HOLE_DEADLINE] = format_day_week(tx_arena(tx), m->locale,
                                                           zone_day(m->zone, row.expires_at.v));
        return OK;
}

/* After a decision the next date is the training's beginning, or the launch if that is past. */
static void about_decision(struct tx *tx, struct journeys_matter *m)
{
        const struct programmes_cohort *c = m->cohort;
        struct pack_days days = pack_days_of(c->pack, c->launch_day);
        int64_t open = pack_day(c->pack->calendar.training_open, &days);
        int64_t next = open > zone_day(c->zone, tx_now(tx)) ? open : c->launch_day;

        m->values.of[PACK_HOLE_DATE] = format_day_week(tx_arena(tx), m->locale, next);
}

/* What the caller knows better. */
static void take_holes(const struct journeys_remind *in, struct journeys_matter *m)
{
        enum pack_hole hole;

        for (size_t i = 0; i < HOLES && in->hole[i].name; i++) {
                must(pack_hole_of(text_of(in->hole[i].name), &hole));
                m->values.of[hole] = in->hole[i].value;
        }
}

struct err journeys_remind(struct tx *tx, const struct journeys_remind *in, bool *sent)
{
        const struct pack_reminder *reminder = NULL;
        const struct pack_send *send;
        struct journeys_matter m;

        *sent = false;
        TRY(journeys_matter_new(tx, in->cohort, in->person, &m));
        send = find_send(m.cohort->pack, in, &reminder);
        if (!send)
                return OK;              /* this programme does without it */
        m.class = send->class;
        if (in->pair)
                TRY(about_pair(tx, in->pair, &m));
        if (reminder->anchor == PACK_PROPOSAL || reminder->anchor == PACK_PROPOSAL_EXPIRY)
                TRY(about_proposal(tx, in->subject, &m));
        if (reminder->anchor == PACK_DECISION)
                about_decision(tx, &m);
        if (reminder->anchor == PACK_MEETING)
                m.meeting = in->subject;
        if (reminder->anchor == PACK_AT_GATHERING)
                m.gathering = in->subject;
        take_holes(in, &m);
        return journeys_send(tx, &m, send, in->anchor, sent);
}
