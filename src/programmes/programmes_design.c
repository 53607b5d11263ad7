/* Worksheets: kept, read, and made into cohorts. */
#include "programmes/programmes_design.h"

#include "base/app.h"
#include "base/out.h"
#include "html/messages.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes_design.sql.h"
#include "programmes/programmes_keep.h"
#include "recruiting/recruiting.h"

#include <string.h>

/* ---- who may ---- */

static struct err must_be_staff(const struct who *who)
{
        return who->person && who_is_staff(who) ? OK : FAIL(ERR_FORBIDDEN, "Worksheets are for coordinators", "Ask the one who runs the programme");
}

static struct err absent(void) { return FAIL(ERR_ABSENT, "There is no such worksheet", "Choose one from the list"); }

/* A draft is its owner's and the administrators'; a made one belongs to those who run the cohort. */
static struct err may_see(struct tx *tx, const struct who *who, const struct programmes_design_row *r)
{
        TRY(must_be_staff(who));
        if (r->by_person == who->person || who_has(who, ROLE_ADMINISTRATOR))
                return OK;
        return r->cohort.has && !failed(programmes_staff(tx, who, r->cohort.v)) ? OK : absent();
}

/* ---- reading ---- */

static struct err add_targets(struct tx *tx, int64_t id, int64_t least[PROGRAMMES_TARGETS])
{
        struct programmes_design_targets_list rows;

        for (int i = 0; i < PROGRAMMES_TARGETS; i++)
                least[i] = programmes_target_row(i)->usual;
        TRY(programmes_design_targets(tx, id, &rows));
        for (size_t k = 0; k < rows.n; k++)
                for (int i = 0; i < PROGRAMMES_TARGETS; i++)
                        if (text_is(rows.row[k].figure, programmes_target_row(i)->figure))
                                least[i] = rows.row[k].least;
        return OK;
}

static struct err load(struct tx *tx, const struct programmes_design_row *r, struct programmes_design *out)
{
        *out = (struct programmes_design) {
                .id = r->id, .by_person = r->by_person, .changed_at = r->changed_at, .cohort = r->cohort, .by_name = r->by_name,
                .purpose = r->purpose, .success = r->success, .audience = r->audience, .pack = r->pack, .touch = r->touch,
                .budget = r->budget, .sponsor_name = r->sponsor_name, .sponsor_email = r->sponsor_email, .risks = r->risks,
                .basis = r->basis, .launch_day = r->launch_day.has ? r->launch_day.v : 0, .size = r->size.has ? r->size.v : 0,
                .staff_hours = r->staff_hours.has ? r->staff_hours.v : 0, .name = r->name, .zone = r->zone, .hours = r->hours,
                .help_phone = r->help_phone, .officer = r->officer, .in_person = r->in_person};
        return add_targets(tx, r->id, out->target);
}

struct err programmes_design(struct tx *tx, const struct who *who, int64_t id, struct programmes_design *out)
{
        struct programmes_design_row r;
        bool found;

        TRY(programmes_design_row(tx, id, &found, &r));
        if (!found)
                return absent();
        TRY(may_see(tx, who, &r));
        return load(tx, &r, out);
}

struct err programmes_designs(struct tx *tx, const struct who *who, struct programmes_design_list *out)
{
        struct programmes_design_ids_list ids;

        TRY(must_be_staff(who));
        TRY(programmes_design_ids(tx, who->person, who_has(who, ROLE_ADMINISTRATOR), &ids));
        *out = (struct programmes_design_list) {.row = arena_array(tx_arena(tx), struct programmes_design, ids.n)};
        for (; out->n < ids.n; out->n++)
                TRY(programmes_design(tx, who, ids.row[out->n].id, &out->row[out->n]));
        return OK;
}

struct err programmes_targets(struct tx *tx, int64_t cohort, int64_t least[PROGRAMMES_TARGETS])
{
        struct programmes_target_change_list changes;
        struct programmes_design_of_cohort row;
        bool found;

        memset(least, 0, PROGRAMMES_TARGETS * sizeof *least);
        TRY(programmes_design_of_cohort(tx, cohort, &found, &row));
        if (found)
                TRY(add_targets(tx, row.id, least));
        TRY(programmes_changed_targets(tx, cohort, &changes));
        for (size_t i = 0; i < changes.n; i++)
                least[changes.row[i].figure] = changes.row[i].least;
        return OK;
}

/* ---- keeping ---- */

struct err programmes_begin_design(struct tx *tx, const struct who *who, int64_t *id)
{
        TRY(must_be_staff(who));
        *id = random_id();
        return programmes_design_insert(tx, *id, who->person, tx_now(tx));
}

static struct err draft(struct tx *tx, const struct who *who, int64_t id, struct programmes_design *out)
{
        TRY(programmes_design(tx, who, id, out));
        return out->cohort.has ? FAIL(ERR_CONFLICT, "The cohort is made", "Change the cohort itself") : OK;
}

static struct text kept(struct text t) { return t.p ? text_trim(t) : TEXT(""); }
static struct opt known(int64_t v) { return (struct opt) {v > 0, v}; }

struct err programmes_save_design(struct tx *tx, const struct who *who, const struct programmes_design *in)
{
        struct programmes_design old;

        TRY(draft(tx, who, in->id, &old));
        if (!text_empty(in->sponsor_email) && text_equal(in->sponsor_email, who->email))
                return FAIL_AT(ERR_INVALID, "Who runs the cohort cannot sign what its success means", "sponsor_email", "Name somebody else");
        TRY(programmes_design_update(tx, &(struct programmes_design_update_in) {
                .id = in->id, .now = tx_now(tx), .purpose = kept(in->purpose), .success = kept(in->success),
                .audience = kept(in->audience), .pack = kept(in->pack), .launch_day = known(in->launch_day), .size = known(in->size),
                .touch = kept(in->touch), .staff_hours = known(in->staff_hours), .budget = kept(in->budget),
                .sponsor_name = kept(in->sponsor_name), .sponsor_email = kept(in->sponsor_email), .risks = kept(in->risks),
                .basis = kept(in->basis), .name = kept(in->name), .zone = kept(in->zone), .hours = kept(in->hours),
                .in_person = in->in_person, .help_phone = kept(in->help_phone), .officer = kept(in->officer)}));
        for (int i = 0; i < PROGRAMMES_TARGETS; i++)
                TRY(programmes_design_target_put(tx, in->id, text_of(programmes_target_row(i)->figure), in->target[i]));
        return OK;
}

struct err programmes_discard_design(struct tx *tx, const struct who *who, int64_t id)
{
        struct programmes_design d;

        TRY(draft(tx, who, id, &d));
        TRY(programmes_design_targets_clear(tx, id));
        return programmes_design_delete(tx, id);
}

/* ---- making ---- */

static const char *open_ones(struct arena *a, const struct who *who, const struct programmes_design *d)
{
        struct out o = out_new(a, 200);

        for (enum programmes_decision k = 0; k < PROGRAMMES_DECISIONS; k++)
                if (!programmes_decided(k, d)) {
                        out_c(&o, o.n ? " " : "");
                        out_c(&o, msg((enum locale)who->locale, programmes_decision_row(k)->question));
                }
        return out_get(&o).p;
}

static struct err add_sponsor(struct tx *tx, const struct who *who, const struct programmes_design *d, const struct programmes_cohort *c)
{
        int64_t sponsor;
        bool made;

        TRY(people_add(tx, who, &(struct people_new) {.email = d->sponsor_email, .first_name = d->sponsor_name,
                                        .zone = text_of(zone_name(c->zone)), .locale = text_of(locale_tag((enum locale)c->locale))},
                       &sponsor, &made));
        if (sponsor == c->coordinator)
                return FAIL_AT(ERR_INVALID, "Who runs the cohort cannot sign what its success means", "sponsor_email", "Name somebody else");
        TRY(people_give_role(tx, who, sponsor, "sponsor", c->programme));
        return programmes_ask_to_sign(tx, who, sponsor, c, text_format(tx_arena(tx), "%lld", (long long)c->id));
}

static struct err create(struct tx *tx, const struct who *who, const struct programmes_design *d, struct text programme_name, int64_t *cohort)
{
        const struct pack *pack = packs_find(tx_app(tx)->packs, d->pack);
        enum locale l = (enum locale)who->locale;

        if (!pack)
                return FAIL_AT(ERR_INVALID, "There is no such template", "pack", "Choose one from the list");
        return programmes_create(tx, who, &(struct programmes_new) {
                .name = text_empty(d->name) ? programmes_usual_name(tx_arena(tx), l, pack, d->launch_day) : d->name,
                .programme_name = programme_name, .pack = d->pack,
                .zone = text_empty(d->zone) ? text_of(zone_name(who->zone)) : d->zone, .touch = d->touch, .purpose = d->purpose,
                .success = d->success, .help_phone = text_empty(d->help_phone) ? TEXT_ABSENT : d->help_phone,
                .launch_day = d->launch_day, .size = d->size, .staff_hours = (double)d->staff_hours, .coordinator = who->person,
                .in_person = d->in_person, .hours = d->hours}, cohort);
}

struct err programmes_make_design(struct tx *tx, const struct who *who, int64_t id, struct text programme_name, int64_t *cohort)
{
        struct programmes_cohort c;
        struct programmes_design d;

        TRY(draft(tx, who, id, &d));
        if (programmes_decisions_made(&d) < PROGRAMMES_DECISIONS)
                return FAIL_AT(ERR_CONFLICT, "Some decisions are still open", open_ones(tx_arena(tx), who, &d), "Answer them on the worksheet");
        TRY(create(tx, who, &d, programme_name, cohort));
        TRY(programmes_cohort(tx, *cohort, &c));
        TRY(add_sponsor(tx, who, &d, &c));
        TRY(recruiting_write_page(tx, who, *cohort, &(struct recruiting_page_words) {.taking = TEXT("dates"), .for_whom = d.audience}));
        TRY(programmes_design_made(tx, id, *cohort, tx_now(tx)));
        return people_audit(tx, who, "design.make", 0, *cohort, "");
}
