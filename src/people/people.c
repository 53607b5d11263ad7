#include "people/people.h"

#include "html/format.h"
#include "os/clock.h"
#include "os/keys.h"
#include "os/random.h"
#include "os/zone.h"
#include "people/people.sql.h"
#include "people/people_parts.h"

#include <string.h>

const struct who people_system = {.roles = ROLE_SYSTEM};

static struct people_person person_of(const struct people_person_row *r)
{
        const struct zone *z = zone_find(r->zone);

        return (struct people_person) {
                .id = r->id, .email = r->email, .first_name = r->first_name,
                .last_name = r->last_name, .phone = r->phone,
                .locale = locale_of(r->locale, LOCALE_EN), .zone = z ? z : zone_utc(),
                .zone_confirmed = r->zone_confirmed,
                .call_from = r->call_from, .call_until = r->call_until,
                .structure = (int)r->structure,
                .programme_mail = r->programme_mail, .calendar_generation = r->calendar_generation};
}

struct err people_get(struct tx *tx, int64_t person, struct people_person *out)
{
        struct people_person_row row;
        bool found;

        TRY(people_person_row(tx, person, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such person", "Go back and choose another");
        *out = person_of(&row);
        return OK;
}

struct err people_by_email(struct tx *tx, struct text email, bool *found, struct people_person *out)
{
        struct people_person_by_key row;

        TRY(people_person_by_key(tx, text_fold(tx_arena(tx), text_trim(email)), found, &row));
        return *found ? people_get(tx, row.id, out) : OK;
}

struct err people_status(struct tx *tx, int64_t person, struct people_status *out)
{
        struct people_status_row r;
        bool found;

        *out = (struct people_status) {0};
        TRY(people_status_row(tx, person, &found, &r));
        if (found)
                *out = (struct people_status) {r.title, r.grade, r.organisation, r.department,
                r.team, r.profession, r.manager_email, r.staff_id, r.managers_manager_email};
        return OK;
}

struct err people_card(struct tx *tx, int64_t person, bool revealed, struct people_card *out)
{
        struct people_person p;
        struct people_profile_row f = {0};
        struct people_status s = {0};
        bool found;

        TRY(people_get(tx, person, &p));
        TRY(people_profile_row(tx, person, &found, &f));
        if (revealed)
                TRY(people_status(tx, person, &s));
        *out = (struct people_card) {
                .person = person, .first_name = p.first_name,
                .city = format_city(tx_arena(tx), p.locale, p.zone),
                .languages = f.languages, .about = f.about, .offers = f.offers, .wants = f.wants,
                .goals = f.goals,
                .interests = f.interests, .availability = f.availability,
                .biography = f.biography_approved_at.has ? f.biography : TEXT_ABSENT,
                .title = s.title, .grade = s.grade, .organisation = s.organisation,
                .department = s.department,
                .profession = s.profession};
        return OK;
}

/*
 * One @, something before it, a dot behind it, nothing that breaks a header. The mail that arrives
 * is the real proof.
 */
bool people_is_address(struct text t)
{
        struct text domain;
        struct text local = text_cut(t, '@', &domain);

        if (local.n == 0 || domain.n < 3 || t.n > 254 || memchr(domain.p, '@', domain.n) ||
            !memchr(domain.p, '.', domain.n) ||
            domain.p[0] == '.' || domain.p[domain.n - 1] == '.' || !text_is_utf8(t))
                return false;
        for (size_t i = 0; i < t.n; i++)
                if ((unsigned char)t.p[i] <= ' ' || strchr("<>()[],;:\\\"", t.p[i]) ||
                    t.p[i] == 0x7f)
                        return false;
        return true;
}

struct err people_add(struct tx *tx, const struct who *who, const struct people_new *in,
                      int64_t *id, bool *made)
{
        struct text email = text_trim(in->email);
        struct text key = text_fold(tx_arena(tx), email);
        struct people_person_by_key known;
        bool found;

        TRY(people_must_have(tx, who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR, 0));
        if (!people_is_address(email))
                return FAIL_AT(ERR_INVALID, "This is not a mail address",
                               text_c(tx_arena(tx), email), "Write it like ana@example.org");
        if (!zone_find(in->zone))
                return FAIL_AT(ERR_INVALID, "This time zone is not known",
                               text_c(tx_arena(tx), in->zone), "Write it like Europe/Lisbon");
        TRY(people_person_by_key(tx, key, &found, &known));
        *made = !found;
        *id = found ? known.id : random_id();
        if (found)
                return OK;
        TRY(people_person_insert(tx, &(struct people_person_insert_in) {
                .id = *id, .email = email, .key = key, .first_name = in->first_name.p
                        ? in->first_name : TEXT(""),
                .last_name = in->last_name.p ? in->last_name : TEXT(""), .zone = in->zone,
                .locale = text_of(locale_tag(locale_of(in->locale, LOCALE_EN))),
                .zone_confirmed = in->zone_known,
                .phone = in->phone, .now = tx_now(tx)}));
        TRY(people_profile_insert(tx, *id));
        TRY(people_status_insert(tx, *id));
        return people_audit(tx, who, "person.add", *id, 0, "");
}

struct err people_want_programme_mail(struct tx *tx, int64_t person, bool wanted)
{
        return people_save_programme_mail(tx, person, wanted);
}

struct err people_audit(struct tx *tx, const struct who *who, const char *act, int64_t about,
                        int64_t subject, const char *detail)
{
        return people_audit_insert(tx, &(struct people_audit_insert_in) {
                .id = random_id(), .at = tx_now(tx), .machine_at = clock_seconds(),
                .actor = who->person, .act = text_of(act),
                .about = about, .subject = subject, .detail = text_of(detail)});
}

struct err people_acts_on(struct tx *tx, const char *act, int64_t subject, struct people_acts_on *out)
{
        struct people_acts_of_subject_list list;

        TRY(people_acts_of_subject(tx, text_of(act), subject, &list));
        *out = (struct people_acts_on) {.row = arena_array(tx_arena(tx), struct people_act_on, list.n)};
        for (; out->n < list.n; out->n++)
                out->row[out->n] = (struct people_act_on) {list.row[out->n].at, list.row[out->n].first_name};
        return OK;
}
