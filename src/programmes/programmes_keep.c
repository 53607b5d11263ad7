/* What is decided about a cohort that there is. */
#include "programmes/programmes_keep.h"

#include "base/app.h"
#include "html/format.h"
#include "html/letter.h"
#include "journeys/journeys.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.mail.h"
#include "programmes/programmes_design.sql.h"
#include "programmes/programmes_keep.sql.h"
#include "programmes/programmes_parts.h"
#include "programmes/programmes_view.h"

#include <string.h>

/* ---- data protection ---- */

struct err programmes_assessment(struct tx *tx, int64_t cohort, struct programmes_assessment *out)
{
        struct programmes_assessment_row r;
        bool found;

        TRY(programmes_assessment_row(tx, cohort, &found, &r));
        *out = found ? (struct programmes_assessment) {.there = true, .agreed = r.agreed, .name = r.name, .reason = r.reason,
                                                       .by_name = r.by_name, .at = r.at}
                     : (struct programmes_assessment) {0};
        return OK;
}

struct err programmes_confirm_assessment(struct tx *tx, const struct who *who, int64_t cohort, bool agreed, struct text name,
                                         struct text reason)
{
        TRY(programmes_staff(tx, who, cohort));
        name = text_trim(name);
        reason = agreed || !reason.p ? TEXT("") : text_trim(reason);
        if (text_empty(name))
                return FAIL_AT(ERR_INVALID, "A name is missing", "name", "Write who answers for it");
        if (!agreed && text_empty(reason))
                return FAIL_AT(ERR_INVALID, "A reason is needed", "reason", "Two lines for whoever reads this in a year");
        TRY(programmes_assessment_put(tx, cohort, agreed, name, reason, who->person, tx_now(tx)));
        return people_audit(tx, who, agreed ? "assessment.agreed" : "assessment.answered", 0, cohort, "");
}

struct err programmes_design_for(struct tx *tx, const struct who *who, int64_t cohort, struct programmes_design *out)
{
        struct programmes_design_of_cohort row;
        struct programmes_cohort c;
        bool found;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_design_of_cohort(tx, cohort, &found, &row));
        if (found)
                return programmes_design(tx, who, row.id, out);
        TRY(programmes_cohort(tx, cohort, &c));
        *out = (struct programmes_design) {.by_person = c.coordinator, .cohort = {true, cohort}, .purpose = c.purpose,
                                           .success = c.success, .pack = c.pack->name, .launch_day = c.launch_day, .size = c.size};
        return OK;
}

/* ---- figures to reach ---- */

static int figure_of(struct text key)
{
        for (int i = 0; i < PROGRAMMES_TARGETS; i++)
                if (text_is(key, programmes_target_row(i)->figure))
                        return i;
        return -1;
}

struct err programmes_changed_targets(struct tx *tx, int64_t cohort, struct programmes_target_change_list *out)
{
        struct programmes_target_changes_list rows;

        TRY(programmes_target_changes(tx, cohort, &rows));
        *out = (struct programmes_target_change_list) {.row = arena_array(tx_arena(tx), struct programmes_target_change, rows.n)};
        for (size_t i = 0; i < rows.n; i++) {
                const struct programmes_target_changes *r = &rows.row[i];
                int figure = figure_of(r->figure);
                if (figure >= 0)
                        out->row[out->n++] = (struct programmes_target_change) {
                                .figure = figure, .was = r->was, .least = r->least, .at = r->at, .reason = r->reason, .by_name = r->by_name};
        }
        return OK;
}

struct err programmes_change_targets(struct tx *tx, const struct who *who, int64_t cohort, const int64_t least[PROGRAMMES_TARGETS],
                                     struct text reason, int64_t *changed)
{
        int64_t now[PROGRAMMES_TARGETS];

        *changed = 0;
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_targets(tx, cohort, now));
        reason = reason.p ? text_trim(reason) : TEXT("");
        for (int i = 0; i < PROGRAMMES_TARGETS; i++) {
                if (least[i] < 0 || least[i] > 100)
                        return FAIL_AT(ERR_INVALID, "A target lies between 0 and 100 per cent", "target0", "0 takes it away");
                if (least[i] == now[i])
                        continue;
                if (text_empty(reason))
                        return FAIL_AT(ERR_INVALID, "A reason is needed", "reason", "It stands beside the figures, with your name");
                TRY(programmes_target_insert(tx, &(struct programmes_target_insert_in) {
                        .id = random_id(), .cohort = cohort, .figure = text_of(programmes_target_row(i)->figure), .was = now[i],
                        .least = least[i], .reason = reason, .by_person = who->person, .now = tx_now(tx)}));
                (*changed)++;
        }
        return *changed ? people_audit(tx, who, "targets.change", 0, cohort, "") : OK;
}

/* ---- people who are asked or told ---- */

/* Who writes, and to whom; the page that a letter is written in. */
struct writing { struct people_person to, by; struct page page; struct out out; };

static struct err begin_writing(struct tx *tx, const struct who *who, int64_t person, struct writing *w)
{
        TRY(people_get(tx, person, &w->to));
        TRY(people_get(tx, who->person, &w->by));
        w->out = out_new(tx_arena(tx), 1024);
        w->page = (struct page) {.out = &w->out, .locale = w->to.locale, .zone = w->to.zone, .now = tx_now(tx)};
        return OK;
}

static struct err post(struct tx *tx, const struct writing *w, const struct letter_text *words, const char *rule, struct text anchor,
                       int64_t cohort)
{
        int64_t id;

        return mail_post(tx, &(struct letter) {.to = w->to.id, .address = w->to.email, .name = w->to.first_name, .locale = w->to.locale,
                                 .class = MAIL_EVENT, .rule = rule, .anchor = anchor, .subject = words->subject,
                                 .body = words->body, .cohort = cohort}, &id);
}

static struct text page_at(struct tx *tx, const char *path)
{
        return text_format(tx_arena(tx), "%s%s", tx_app(tx)->config->base_url, path);
}

struct err programmes_ask_to_sign(struct tx *tx, const struct who *who, int64_t sponsor, const struct programmes_cohort *c, struct text anchor)
{
        struct letter_text words;
        struct writing w;

        TRY(begin_writing(tx, who, sponsor, &w));
        programmes_sponsor_mail(&w.page, &words, &(struct programmes_sponsor_letter) {
                .first_name = w.to.first_name, .by = w.by.first_name, .cohort = c->name, .url = page_at(tx, "/desk/cohort/success")});
        return post(tx, &w, &words, "sponsor-sign", anchor, c->id);
}

struct err programmes_ask_sponsors(struct tx *tx, const struct who *who, int64_t cohort, int64_t *asked)
{
        struct programmes_cohort c;
        struct people_list sponsors;

        *asked = 0;
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (c.success_signed_at.has || text_empty(text_trim(c.success)))
                return FAIL(ERR_CONFLICT, "There is nothing to sign", "Write what success means first");
        struct text day = format_iso_day(tx_arena(tx), zone_day(c.zone, tx_now(tx)));
        TRY(people_with_role(tx, "sponsor", c.programme, &sponsors));
        for (size_t i = 0; i < sponsors.n; i++) {
                TRY(programmes_ask_to_sign(tx, who, sponsors.row[i].id, &c, text_format(tx_arena(tx), "%lld:%s", (long long)cohort, day.p)));
                (*asked)++;
        }
        return people_audit(tx, who, "success.ask", 0, cohort, "");
}

struct err programmes_tell_part(struct tx *tx, const struct who *who, int64_t person, const struct programmes_cohort *c, struct text part)
{
        bool contact = text_is(part, "contact");
        struct letter_text words;
        struct writing w;

        TRY(begin_writing(tx, who, person, &w));
        programmes_part_mail(&w.page, &words, &(struct programmes_part_letter) {
                .first_name = w.to.first_name, .by = w.by.first_name, .programme = c->programme_name, .cohort = c->name,
                .contact = contact, .deputy = text_is(part, "deputy"), .url = page_at(tx, contact ? "/desk/concerns" : "/desk")});
        return post(tx, &w, &words, "part-given", text_format(tx_arena(tx), "%s:%lld:%lld", text_c(tx_arena(tx), part), (long long)c->id,
                                                              (long long)tx_now(tx)), c->id);
}

/* ---- over ---- */

struct err programmes_close(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct journeys_pair_list pairs;
        struct programmes_cohort c;

        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort(tx, cohort, &c));
        if (!c.launched_at.has || zone_day(c.zone, tx_now(tx)) < c.end_day)
                return FAIL(ERR_CONFLICT, "This cohort is not over", "It can be closed once its last day has come");
        TRY(journeys_pairs(tx, cohort, &pairs));
        for (size_t i = 0; i < pairs.n; i++)
                if (!text_is(pairs.row[i].state, "closed"))
                        return FAIL(ERR_CONFLICT, "A pair has not come to its ending yet", "Bring it to an end first: Pairs, Who has closed");
        TRY(programmes_cohort_closed(tx, cohort, tx_now(tx)));
        return people_audit(tx, who, "cohort.close", 0, cohort, "");
}

struct err programmes_reopen(struct tx *tx, const struct who *who, int64_t cohort)
{
        TRY(programmes_staff(tx, who, cohort));
        TRY(programmes_cohort_reopened(tx, cohort));
        return people_audit(tx, who, "cohort.reopen", 0, cohort, "");
}
