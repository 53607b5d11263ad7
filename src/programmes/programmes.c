#include "programmes/programmes.h"

#include "base/app.h"
#include "html/messages.h"
#include "learning/learning.h"
#include "matching/matching.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.sql.h"

#include <string.h>

enum { CAPACITY_MOST = 6 };

enum { LAUNCH_HOUR = 9, LAUNCH_MINUTE = 30 };

static struct err absent(void)
{
        return FAIL(ERR_ABSENT, "There is no such cohort", "Choose one from the list");
}

struct err programmes_cohort(struct tx *tx, int64_t id, struct programmes_cohort *out)
{
        struct programmes_cohort_row r;
        bool found;

        TRY(programmes_cohort_row(tx, id, &found, &r));
        if (!found)
                return absent();
        const struct pack *pack = packs_find(tx_app(tx)->packs, r.pack);
        const struct zone *zone = zone_find(r.zone);
        if (!pack)
                return FAIL_AT(ERR_BROKEN, "The pack of this cohort is gone",
                               text_c(tx_arena(tx), r.pack),
                               "Put the pack back into the data folder's packs");
        *out = (struct programmes_cohort) {.id = r.id,
                                           .programme = r.programme,
                                           .slug = r.slug,
                                           .name = r.name,
                                           .programme_name = r.programme_name,
                                           .state = r.state,
                                           .pack = pack,
                                           .zone = zone ? zone : zone_utc(),
                                           .locale = (int)locale_of(r.locale, LOCALE_EN),
                                           .launch_day = r.launch_day,
                                           .end_day = r.end_day,
                                           .size = r.size,
                                           .touch = r.touch,
                                           .staff_hours = r.staff_hours,
                                           .help_name = r.help_name,
                                           .help_email = r.help_email,
                                           .help_phone = r.help_phone,
                                           .coordinator = r.coordinator,
                                           .deputy = r.deputy,
                                           .in_person = r.in_person,
                                           .status_blind = r.status_blind,
                                           .purpose = r.purpose,
                                           .success = r.success,
                                           .success_signed_by = r.success_signed_by,
                                           .success_signed_at = r.success_signed_at,
                                           .opened_at = r.opened_at,
                                           .launched_at = r.launched_at,
                                           .closed_at = r.closed_at};
        out->launch_at = zone_at(out->zone, out->launch_day, LAUNCH_HOUR, LAUNCH_MINUTE);
        return OK;
}

struct err programmes_cohort_by_slug(struct tx *tx, struct text slug, struct programmes_cohort *out)
{
        struct programmes_cohort_slug row;
        bool found;

        TRY(programmes_cohort_slug(tx, slug, &found, &row));
        return found ? programmes_cohort(tx, row.id, out) : absent();
}

struct err programmes_staff(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct programmes_cohort_staff row;

        if (who_has(who, ROLE_SYSTEM))
                return OK;
        if (!who_is_staff(who))
                return absent();
        TRY(programmes_cohort_staff(tx, cohort, who->person, &row));
        return row.n > 0 ? OK : absent();
}

static struct err cohorts_of_ids(struct tx *tx, const int64_t *id, size_t n,
                                 struct programmes_cohort_list *out)
{
        *out = (struct programmes_cohort_list) {
                .row = arena_array(tx_arena(tx), struct programmes_cohort, n)};
        for (; out->n < n; out->n++)
                TRY(programmes_cohort(tx, id[out->n], &out->row[out->n]));
        return OK;
}

struct err programmes_cohorts(struct tx *tx, const struct who *who,
                              struct programmes_cohort_list *out)
{
        struct programmes_cohort_all_list all;
        struct programmes_cohort_seen_by_list seen;
        int64_t *id;
        size_t n;

        if (who_has(who, ROLE_SYSTEM)) {
                TRY(programmes_cohort_all(tx, &all));
                n = all.n;
                id = arena_array(tx_arena(tx), int64_t, n);
                for (size_t i = 0; i < n; i++)
                        id[i] = all.row[i].id;
        } else {
                TRY(programmes_cohort_seen_by(tx, who->person, &seen));
                n = seen.n;
                id = arena_array(tx_arena(tx), int64_t, n);
                for (size_t i = 0; i < n; i++)
                        id[i] = seen.row[i].id;
        }
        return cohorts_of_ids(tx, id, n, out);
}

struct err programmes_current(struct tx *tx, const struct who *who, int64_t *cohort)
{
        struct programmes_cohort_seen_by_list seen;

        *cohort = 0;
        if (!who_is_staff(who))
                return FAIL(ERR_FORBIDDEN, "This page is for coordinators",
                            "Your own page is your home");
        TRY(programmes_cohort_seen_by(tx, who->person, &seen));
        if (seen.n == 0)
                return FAIL(ERR_ABSENT, "There is no cohort yet", "Make the first one");
        *cohort = seen.row[0].id;
        return OK;
}

struct err programmes_look_at(struct tx *tx, const struct who *who, int64_t cohort)
{
        TRY(programmes_staff(tx, who, cohort));
        return who->person ? programmes_choice_put(tx, who->person, cohort) : OK;
}

struct err programmes_alive(struct tx *tx, struct programmes_cohort_list *out)
{
        struct programmes_cohort_alive_list alive;

        TRY(programmes_cohort_alive(tx, zone_day(zone_utc(), tx_now(tx)), &alive));
        int64_t *id = arena_array(tx_arena(tx), int64_t, alive.n);
        for (size_t i = 0; i < alive.n; i++)
                id[i] = alive.row[i].id;
        return cohorts_of_ids(tx, id, alive.n, out);
}

/* ---- who takes part ---- */

static struct programmes_participant participant_of(const struct programmes_participant_rows *r)
{
        return (struct programmes_participant) {.id = r->id,
                                                .cohort = r->cohort,
                                                .person = r->person,
                                                .mentor = text_is(r->role, "mentor"),
                                                .state = r->state,
                                                .capacity = r->capacity,
                                                .accepted_at = r->accepted_at,
                                                .ready_at = r->ready_at,
                                                .profile_confirmed_at = r->profile_confirmed_at,
                                                .first_name = r->first_name,
                                                .last_name = r->last_name,
                                                .zone = r->zone,
                                                .manager_opted_in = r->manager_opted_in};
}

struct err programmes_participants(struct tx *tx, int64_t cohort,
                                   struct programmes_participant_list *out)
{
        struct programmes_participant_rows_list rows;

        TRY(programmes_participant_rows(tx, cohort, &rows));
        *out = (struct programmes_participant_list) {
                .row = arena_array(tx_arena(tx), struct programmes_participant, rows.n)};
        for (; out->n < rows.n; out->n++)
                out->row[out->n] = participant_of(&rows.row[out->n]);
        return OK;
}

struct err programmes_parts_of(struct tx *tx, int64_t person,
                               struct programmes_participant_list *out)
{
        struct programmes_participant_of_list rows;

        TRY(programmes_participant_of(tx, person, &rows));
        *out = (struct programmes_participant_list) {
                .row = arena_array(tx_arena(tx), struct programmes_participant, rows.n)};
        for (; out->n < rows.n; out->n++) {
                const struct programmes_participant_of *r = &rows.row[out->n];
                out->row[out->n] = participant_of(&(struct programmes_participant_rows) {
                        r->id, r->cohort, r->person, r->role, r->state, r->capacity, r->accepted_at,
                        r->ready_at, r->profile_confirmed_at, r->manager_opted_in, r->first_name,
                        r->last_name, r->zone});
        }
        return OK;
}

struct err programmes_join(struct tx *tx, const struct who *who, int64_t cohort, int64_t person,
                           bool mentor, const char *state, int64_t capacity, int64_t *id)
{
        int64_t row = random_id();
        int64_t changes;
        bool accepted = strcmp(state, "accepted") == 0;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_participant_insert(tx,
                                          &(struct programmes_participant_insert_in) {
                                                  .id = row,
                                                  .cohort = cohort,
                                                  .person = person,
                                                  .role = mentor ? TEXT("mentor") : TEXT("mentee"),
                                                  .state = text_of(state),
                                                  .capacity = mentor ? capacity : 1,
                                                  .now = tx_now(tx),
                                                  .accepted_at = {accepted, tx_now(tx)}},
                                          &changes));
        *id = changes ? row : 0;
        return changes ? people_audit(tx, who, "participant.join", person, cohort,
                                      mentor ? "mentor" : "mentee")
                       : OK;
}

struct err programmes_confirm_profile(struct tx *tx, int64_t person)
{
        struct programmes_participant_list parts;

        TRY(programmes_participant_confirm(tx, person, tx_now(tx)));
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++)
                TRY(programmes_check_ready(tx, parts.row[i].cohort, person));
        return OK;
}

struct err programmes_manager_letters(struct tx *tx, int64_t person, bool wanted)
{
        return programmes_participant_manager(tx, person, wanted);
}

struct err programmes_set_state(struct tx *tx, int64_t participant, const char *state)
{
        return programmes_participant_state(tx, participant, text_of(state));
}

struct err programmes_set_capacity(struct tx *tx, const struct who *who, int64_t cohort,
                                   int64_t mentor, int64_t capacity)
{
        int64_t changes;

        TRY(programmes_staff(tx, who, cohort));
        if (capacity < 1 || capacity > CAPACITY_MOST)
                return FAIL_AT(ERR_INVALID, "A mentor has between 1 and 6 mentees", "capacity",
                               "More than three are a group");
        return programmes_participant_capacity(tx, cohort, mentor, capacity, &changes);
}

struct err programmes_check_ready(struct tx *tx, int64_t cohort, int64_t person)
{
        struct programmes_participant_list parts;
        struct programmes_cohort c;
        struct learning_status training;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                const struct programmes_participant *p = &parts.row[i];
                if (p->cohort != cohort || !p->profile_confirmed_at.has)
                        continue;
                TRY(learning_status(tx, &c, person, p->mentor, &training));
                if (training.complete)
                        TRY(programmes_participant_ready(tx, p->id, tx_now(tx)));
        }
        return matching_try_activate(tx, cohort, person);
}

/* ---- phases ---- */

struct err programmes_phases(struct tx *tx, const struct programmes_cohort *c,
                             struct programmes_phase_list *out)
{
        struct programmes_phase_rows_list rows;

        TRY(programmes_phase_rows(tx, c->id, &rows));
        *out = (struct programmes_phase_list) {
                .row = arena_array(tx_arena(tx), struct programmes_phase, rows.n)};
        for (size_t i = 0; i < rows.n; i++) {
                const struct programmes_phase_rows *r = &rows.row[i];
                const struct pack_phase *phase = pack_phase(c->pack, r->key);
                if (phase)
                        out->row[out->n++] = (struct programmes_phase) {
                                r->ordinal, r->from_day, r->until_day, phase, r->moved};
        }
        return OK;
}

struct err programmes_cohort_of(struct tx *tx, const struct who *who, int64_t person, int64_t *cohort)
{
        struct programmes_participant_list parts;

        *cohort = 0;
        TRY(programmes_parts_of(tx, person, &parts));
        for (size_t i = 0; i < parts.n && !*cohort; i++)
                if (!failed(programmes_staff(tx, who, parts.row[i].cohort)))
                        *cohort = parts.row[i].cohort;
        return OK;
}
