/* A cohort from a pack: a handful of decisions, everything else follows or has a default. */
#include "base/app.h"
#include "base/out.h"
#include "care/care.h"
#include "gatherings/gatherings.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "programmes/programmes.sql.h"

#include <glib.h>
#include <string.h>

enum { MOST_PAIRS = 400, MOST_NAME = 80 };

/*
 * "Autumn 2026 – North" becomes autumn-2026-north; accents go, whatever else is left becomes a
 * hyphen.
 */
static struct text slug_of(struct arena *a, struct text name)
{
        char *plain = g_str_to_ascii(text_c(a, name), "C");
        struct out o = out_new(a, name.n + 2);

        for (const char *c = plain; *c; c++) {
                if (g_ascii_isalnum(*c))
                        out_char(&o, g_ascii_tolower(*c));
                else if (o.n && o.p[o.n - 1] != '-')
                        out_char(&o, '-');
        }
        g_free(plain);
        while (o.n && o.p[o.n - 1] == '-')
                o.n--;
        return o.n ? out_get(&o) : TEXT("cohort");
}

/* The name itself, or name-2, name-3 ... if it is taken. */
static struct err free_slug(struct tx *tx, struct text name, struct text *out)
{
        struct text base = slug_of(tx_arena(tx), name);
        struct programmes_cohort_slug row;
        bool taken = true;

        *out = base;
        for (int n = 2; n < 1000; n++) {
                TRY(programmes_cohort_slug(tx, *out, &taken, &row));
                if (!taken)
                        return OK;
                *out = text_format(tx_arena(tx), "%s-%d", base.p, n);
        }
        return FAIL_AT(ERR_CONFLICT, "This name is taken", base.p, "Choose another name");
}

static struct err find_programme(struct tx *tx, const struct who *who, struct text name,
                                 int64_t *id)
{
        struct text slug = slug_of(tx_arena(tx), name);
        struct programmes_programme_by_slug row;
        bool found;

        TRY(programmes_programme_by_slug(tx, slug, &found, &row));
        *id = found ? row.id : random_id();
        TRY(people_must_have(tx, who, ROLE_COORDINATOR | ROLE_ADMINISTRATOR, found ? row.id : 0));
        return found ? OK : programmes_programme_insert(tx, *id, slug, name, tx_now(tx));
}

static struct err check(struct tx *tx, const struct programmes_new *in, const struct pack **pack,
                        const struct zone **zone)
{
        *pack = packs_find(tx_app(tx)->packs, in->pack);
        *zone = zone_find(in->zone);
        if (text_empty(text_trim(in->name)) || in->name.n > MOST_NAME)
                return FAIL_AT(ERR_INVALID, "A cohort needs a name of at most 80 characters",
                               "name", "Give it a short name");
        if (!*pack)
                return FAIL_AT(ERR_INVALID, "There is no such template", "pack",
                               "Choose one from the list");
        if (!*zone)
                return FAIL_AT(ERR_INVALID, "This time zone is not known", "zone",
                               "Write it like Europe/Lisbon");
        if (in->size < 1 || in->size > MOST_PAIRS)
                return FAIL_AT(ERR_INVALID, "A cohort has between 1 and 400 pairs", "size",
                               "Split a larger one");
        if (in->launch_day <= zone_day(*zone, tx_now(tx)))
                return FAIL_AT(ERR_INVALID, "The launch must lie in the future", "launch_day",
                               "Choose a later day");
        if (in->staff_hours <= 0 || in->staff_hours > 400)
                return FAIL_AT(ERR_INVALID, "The staff hours a week are missing", "staff_hours",
                               "Say how many hours there really are");
        if (!text_is(in->touch, "high") && !text_is(in->touch, "standard") &&
            !text_is(in->touch, "light"))
                return FAIL_AT(ERR_INVALID, "Choose how many calls are made", "touch",
                               "High, standard or light");
        return OK;
}

static struct err plan_phases(struct tx *tx, int64_t cohort, const struct pack *pack,
                              int64_t launch_day)
{
        struct pack_days days = pack_days_of(pack, launch_day);

        for (size_t i = 0; i < pack->n_phases; i++) {
                const struct pack_phase *p = &pack->phases[i];
                TRY(programmes_phase_insert(tx, cohort, (int64_t)i, p->key,
                                            pack_day(p->from, &days), pack_day(p->until, &days)));
        }
        return OK;
}

static struct text digest_of(struct arena *a, const struct pack *pack)
{
        struct out o = out_new(a, PACK_DIGEST_BYTES * 2 + 1);

        for (int i = 0; i < PACK_DIGEST_BYTES; i++)
                out_format(&o, "%02x", pack->digest[i]);
        return out_get(&o);
}

struct err programmes_create(struct tx *tx, const struct who *who, const struct programmes_new *in,
                             int64_t *cohort)
{
        const struct pack *pack;
        const struct zone *zone;
        struct people_person coordinator;
        struct text slug;
        int64_t programme;

        TRY(check(tx, in, &pack, &zone));
        TRY(find_programme(tx, who, text_empty(in->programme_name) ? in->name : in->programme_name,
                           &programme));
        TRY(people_get(tx, in->coordinator, &coordinator));
        TRY(free_slug(tx, in->name, &slug));
        *cohort = random_id();
        TRY(programmes_cohort_insert(
                tx, &(struct programmes_cohort_insert_in) {
                            .id = *cohort,
                            .programme = programme,
                            .slug = slug,
                            .name = text_trim(in->name),
                            .pack = pack->name,
                            .pack_digest = digest_of(tx_arena(tx), pack),
                            .zone = text_of(zone_name(zone)),
                            .locale = text_of(locale_tag(coordinator.locale)),
                            .launch_day = in->launch_day,
                            .end_day = pack_end_day(pack, in->launch_day),
                            .size = in->size,
                            .touch = in->touch,
                            .staff_hours = in->staff_hours,
                            .help_name = text_empty(in->help_name) ? coordinator.first_name
                                                                   : in->help_name,
                            .help_email =
                                    text_empty(in->help_email) ? coordinator.email : in->help_email,
                            .help_phone = in->help_phone,
                            .coordinator = in->coordinator,
                            .deputy = in->deputy,
                            .purpose = in->purpose.p ? in->purpose : TEXT(""),
                            .success = in->success.p ? in->success : TEXT(""),
                            .in_person = in->in_person,
                            .now = tx_now(tx)}));
        TRY(people_give_role(tx, &people_system, in->coordinator, "coordinator", programme));
        TRY(plan_phases(tx, *cohort, pack, in->launch_day));
        TRY(gatherings_plan(tx, *cohort, in->hours));
        TRY(journeys_start_cohort(tx, *cohort));
        TRY(programmes_look_at(tx, who, *cohort));
        TRY(care_start_cohort(tx, *cohort));
        return people_audit(tx, who, "cohort.create", 0, *cohort, slug.p);
}
