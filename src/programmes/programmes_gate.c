/* The two gates: facts collected, judged by programmes_rules.c, and what passing does. */
#include "base/app.h"
#include "base/out.h"
#include "gatherings/gatherings.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "learning/learning.h"
#include "matching/matching.h"
#include "people/people.h"
#include "programmes/programmes.sql.h"
#include "programmes/programmes_found.h"
#include "programmes/programmes_keep.h"
#include "programmes/programmes_parts.h"

#include <string.h>

enum { CONNECT_BY = 30 };

static const char *gate_name(enum programmes_gate gate)
{
        switch (gate) {
        case GATE_OPEN: return "open";
        case GATE_LAUNCH: return "launch";
        }
        must(!"a gate outside its enum");
}

/* ---- facts ---- */

static struct err facts_of_plan(struct tx *tx, const struct programmes_cohort *c,
                                struct programmes_facts *f)
{
        struct programmes_phase_list phases;
        struct programmes_assessment privacy;
        struct people_list contacts;
        struct programmes_load load =
                programmes_load(c->pack, c->launch_day, c->size, c->touch, c->staff_hours);

        TRY(programmes_phases(tx, c, &phases));
        f->phases = (int64_t)phases.n;
        f->in_order = c->end_day > c->launch_day;
        for (size_t i = 0; i < phases.n; i++)
                f->in_order &= phases.row[i].until_day > phases.row[i].from_day;
        f->purpose = !text_empty(text_trim(c->purpose));
        f->success_written = !text_empty(text_trim(c->success));
        f->success_signed = c->success_signed_at.has;
        f->help = !text_empty(c->help_name) && !text_empty(c->help_email);
        TRY(people_with_role(tx, "contact", c->programme, &contacts));
        f->contacts = (int64_t)contacts.n;
        TRY(programmes_assessment(tx, c->id, &privacy));
        f->assessed = privacy.there && privacy.agreed;
        f->answered = privacy.there && !privacy.agreed;
        f->staff_hours = c->staff_hours;
        f->peak = load.peak;
        f->peak_week = load.peak_week;
        f->opened = c->opened_at.has;
        return OK;
}

static void facts_of_pack(const struct pack *pack, struct programmes_facts *f)
{
        for (size_t i = 0; i < pack->n_modules; i++) {
                f->mentor_modules += pack->modules[i].required &&
                                     pack_side_has(pack->modules[i].who, PACK_MENTOR);
                f->mentee_modules += pack->modules[i].required &&
                                     pack_side_has(pack->modules[i].who, PACK_MENTEE);
        }
        for (size_t i = 0; i < pack->n_items; i++) {
                f->mentor_pages += pack_side_has(pack->items[i].who, PACK_MENTOR);
                f->mentee_pages += pack_side_has(pack->items[i].who, PACK_MENTEE);
        }
        for (size_t i = 0; i < pack->n_reminders; i++)
                f->letters += (int64_t)pack->reminders[i].n_sends;
}

static struct err facts_of_mail(struct tx *tx, struct programmes_facts *f)
{
        struct programmes_proof_last row;

        TRY(programmes_proof_last(tx, tx_now(tx) - PROGRAMMES_PROOF_S, &f->mail_sent, &row));
        f->mail_proven = f->mail_sent && row.proved_at.has;
        return OK;
}

static struct err facts_of_gatherings(struct tx *tx, const struct programmes_cohort *c,
                                      struct programmes_facts *f)
{
        struct gatherings_list all;

        TRY(gatherings_of(tx, c->id, &all));
        for (size_t i = 0; i < all.n; i++) {
                const struct gatherings_gathering *g = &all.row[i];
                bool early = g->day <= c->launch_day + CONNECT_BY;
                if (g->n_sittings == 0)
                        continue;
                f->gatherings++;
                f->prepare += text_is(g->kind, "prepare");
                f->connect_by_30 += text_is(g->kind, "connect") && early;
                f->close += text_is(g->kind, "close");
                for (size_t k = 0; early && k < g->n_sittings; k++) {
                        f->sittings++;
                        f->linked += g->sittings[k].join_url.p != NULL;
                }
        }
        return gatherings_without_seat(tx, c->id, 0, &f->seatless, &f->people);
}

static bool in_a_pair(const struct journeys_pair_list *pairs, int64_t person)
{
        for (size_t i = 0; i < pairs->n; i++)
                if ((pairs->row[i].mentor == person || pairs->row[i].mentee == person) &&
                    !text_is(pairs->row[i].state, "closed"))
                        return true;
        return false;
}

static struct err in_a_proposal(struct tx *tx, int64_t person, int64_t cohort, bool *yes)
{
        struct matching_open_list open;

        *yes = false;
        TRY(matching_open_of(tx, person, &open));
        for (size_t i = 0; i < open.n; i++)
                *yes |= open.row[i].cohort == cohort;
        return OK;
}

static struct err facts_of_people(struct tx *tx, const struct programmes_cohort *c,
                                  struct programmes_facts *f)
{
        struct learning_standing_list all;
        struct journeys_pair_list pairs;
        struct matching_counts counts;

        TRY(learning_status_all(tx, c, &all));
        TRY(journeys_pairs(tx, c->id, &pairs));
        TRY(matching_counts(tx, c->id, &counts));
        f->unanswered = counts.open;
        for (size_t i = 0; i < pairs.n; i++)
                f->pairs += !text_is(pairs.row[i].state, "closed");
        f->accepted_waiting =
                counts.accepted > (int64_t)pairs.n ? counts.accepted - (int64_t)pairs.n : 0;
        for (size_t i = 0; i < all.n; i++) {
                const struct learning_standing *s = &all.row[i];
                bool in = in_a_pair(&pairs, s->who.person);
                if (!in)
                        TRY(in_a_proposal(tx, s->who.person, c->id, &in));
                f->paired += in;
                f->untrained += in && !s->status.complete;
                f->unconfirmed += in && !s->who.profile_confirmed_at.has;
        }
        return OK;
}

static struct err facts_of(struct tx *tx, const struct programmes_cohort *c,
                           enum programmes_gate gate, struct programmes_facts *f)
{
        *f = (struct programmes_facts) {0};
        TRY(facts_of_plan(tx, c, f));
        TRY(facts_of_mail(tx, f));
        TRY(facts_of_gatherings(tx, c, f));
        facts_of_pack(c->pack, f);
        return gate == GATE_LAUNCH ? facts_of_people(tx, c, f) : OK;
}

/* ---- the checklist ---- */

static void set_aside(struct programmes_requirement *r,
                      const struct programmes_override_rows_list *list)
{
        for (size_t i = 0; i < list->n; i++) {
                const struct programmes_override_rows *o = &list->row[i];
                if (r->met || !r->may_override || !text_is(o->requirement, r->key))
                        continue;
                r->overridden = true;
                r->override_by = o->first_name;
                r->override_reason = o->reason;
                r->override_at = o->at;
        }
}

static struct err checklist(struct tx *tx, const struct who *who, const struct programmes_cohort *c,
                            enum programmes_gate gate, struct programmes_requirement_list *out)
{
        struct programmes_override_rows_list aside;
        struct programmes_facts f;

        TRY(facts_of(tx, c, gate, &f));
        TRY(programmes_override_rows(tx, c->id, text_of(gate_name(gate)), &aside));
        *out = (struct programmes_requirement_list) {
                .row = arena_array(tx_arena(tx), struct programmes_requirement, NEEDS),
                .passable = true};
        for (enum programmes_need need = 0; need < NEEDS; need++) {
                const struct programmes_need_row *row = programmes_need_row(need);
                if (row->gate != gate)
                        continue;
                struct programmes_requirement *r = &out->row[out->n++];
                *r = (struct programmes_requirement) {
                        .key = row->key,
                        .title = row->title,
                        .met = programmes_met(need, &f),
                        .found = programmes_found(tx_arena(tx), who->locale, need, &f),
                        .remedy_path = text_of(row->path),
                        .remedy = row->remedy,
                        .may_override = row->gathering && c->in_person};
                if (need == NEED_PLAN && !f.purpose)
                        r->remedy_path = text_of(programmes_need_row(NEED_SUCCESS)->path);
                set_aside(r, &aside);
                out->passable &= r->met || r->overridden;
        }
        return OK;
}

struct err programmes_gate(struct tx *tx, const struct who *who, int64_t cohort,
                           enum programmes_gate gate, struct programmes_requirement_list *out)
{
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        return checklist(tx, who, &c, gate, out);
}

/* ---- through the gate ---- */

static const char *missing(struct arena *a, const struct who *who,
                           const struct programmes_requirement_list *list)
{
        struct out o = out_new(a, 256);

        for (size_t i = 0; i < list->n; i++) {
                if (list->row[i].met || list->row[i].overridden)
                        continue;
                out_c(&o, o.n ? "; " : "");
                out_c(&o, msg((enum locale)who->locale, list->row[i].title));
        }
        return out_get(&o).p;
}

static struct err open_applications(struct tx *tx, const struct programmes_cohort *c)
{
        TRY(programmes_cohort_opened(tx, c->id, tx_now(tx)));
        return gatherings_seat_everybody(tx, &people_system, c->id);
}

/* Later than planned: everything behind the launch moves with it. */
static struct err launch(struct tx *tx, const struct programmes_cohort *c)
{
        int64_t late = programmes_late_by(c, tx_now(tx));

        if (late)
                TRY(programmes_shift(tx, c, late));
        TRY(programmes_cohort_launched(tx, c->id, tx_now(tx)));
        TRY(gatherings_seat_everybody(tx, &people_system, c->id));
        return journeys_launched(tx, c->id);
}

struct err programmes_pass_gate(struct tx *tx, const struct who *who, int64_t cohort,
                                enum programmes_gate gate)
{
        struct programmes_requirement_list list;
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (gate == GATE_OPEN ? c.opened_at.has : c.launched_at.has)
                return OK;
        TRY(checklist(tx, who, &c, gate, &list));
        if (!list.passable)
                return FAIL_AT(ERR_CONFLICT, "Something is still missing",
                               missing(tx_arena(tx), who, &list),
                               "Mend what is named, then try again");
        TRY(gate == GATE_OPEN ? open_applications(tx, &c) : launch(tx, &c));
        TRY(journeys_start_cohort(tx, cohort));
        return people_audit(tx, who, gate == GATE_OPEN ? "gate.open" : "gate.launch", 0, cohort,
                            "");
}

struct err programmes_override(struct tx *tx, const struct who *who, int64_t cohort,
                               enum programmes_gate gate, struct text requirement,
                               struct text reason)
{
        struct programmes_cohort c;
        bool allowed = false;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        for (enum programmes_need need = 0; need < NEEDS; need++) {
                const struct programmes_need_row *row = programmes_need_row(need);
                allowed |= row->gate == gate && row->gathering && c.in_person &&
                           text_is(requirement, row->key);
        }
        if (!allowed || !who->person)
                return FAIL(ERR_FORBIDDEN,
                            "Only gatherings of a cohort that meets in person can be set aside",
                            "Mend what is missing");
        if (text_empty(text_trim(reason)))
                return FAIL_AT(ERR_INVALID, "A reason is needed", "reason",
                               "Two lines for whoever reads this in a year");
        TRY(programmes_override_insert(tx, cohort, text_of(gate_name(gate)), requirement,
                                       who->person, text_trim(reason), tx_now(tx)));
        return people_audit(tx, who, "gate.override", 0, cohort, text_c(tx_arena(tx), requirement));
}
