/* In somebody's name: what they said on the telephone is written down by staff, with a reason, and they are told. */
#include "desk/desk_parts.h"

#include "base/app.h"
#include "desk/desk_letter.h"
#include "desk/desk_letter.mail.h"
#include "evaluation/evaluation.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "matching/matching.h"
#include "os/config.h"
#include "people/people.h"
#include "programmes/programmes.h"
#include "recruiting/recruiting_leave.h"

enum { REASON_MOST = 300, OBJECT_DAYS = 30, DAY_S = 86400 };

struct acting { struct who they; struct people_person person; struct programmes_cohort cohort; struct desk_act act; };

static struct err begin_in(struct tx *tx, const struct who *who, const struct desk_kind *kind, const struct desk_behalf *b,
                           int64_t cohort, struct acting *out)
{
        if (text_empty(text_trim(b->reason)) || b->reason.n > 4 * REASON_MOST)
                return FAIL_AT(ERR_INVALID, "Why do you write it down for them?", "reason", "For example: said so on the telephone today");
        TRY(people_get(tx, b->person, &out->person));
        TRY(people_who(tx, b->person, &out->they));
        TRY(programmes_cohort(tx, cohort, &out->cohort));
        out->act = (struct desk_act) {.kind = kind, .cohort = cohort, .pair = b->pair, .person = b->person,
                                      .subject = b->subject, .reason = text_trim(b->reason), .behalf = true};
        return desk_begin(tx, who, &out->act);
}

static struct err begin(struct tx *tx, const struct who *who, const struct desk_kind *kind, const struct desk_behalf *b,
                        struct acting *out)
{
        struct journeys_pair p;

        TRY(journeys_pair(tx, b->pair, &p));
        TRY(programmes_staff(tx, who, p.cohort));
        if (b->person != p.mentor && b->person != p.mentee)
                return FAIL(ERR_ABSENT, "They are not one of this pair", "Go back to the pair");
        return begin_in(tx, who, kind, b, p.cohort, out);
}

/* The letter is one of the act: undone in time, it is never sent. */
static struct err tell(struct tx *tx, const struct who *who, const struct acting *in)
{
        struct arena *a = tx_arena(tx);
        struct out out = out_new(a, 1024);
        struct letter_text words;
        struct text url;
        int64_t id;

        TRY(journeys_action_url(tx, "object", in->person.id, 0, in->act.id, tx_now(tx) + OBJECT_DAYS * (int64_t)DAY_S, &url));
        desk_behalf(&(struct page) {.out = &out, .locale = in->person.locale, .zone = in->person.zone, .now = tx_now(tx)}, &words,
                    &(struct desk_behalf_letter) {.first_name = in->person.first_name, .staff = who->first_name,
                            .what = text_of(msg(in->person.locale, in->act.kind->words)), .reason = in->act.reason, .url = url});
        return mail_post(tx, &(struct letter) {
                .to = in->person.id, .address = in->person.email, .name = in->person.first_name, .locale = in->person.locale,
                .class = MAIL_EVENT, .rule = "behalf", .anchor = text_format(a, "act:%lld", (long long)in->act.id),
                .subject = words.subject, .body = words.body, .from_name = who->first_name, .reply_to = in->cohort.help_email,
                .cohort = in->cohort.id}, &id);
}

static struct err end(struct tx *tx, const struct who *who, struct acting *in)
{
        TRY(tell(tx, who, in));
        TRY(people_audit(tx, who, in->act.kind->word, in->person.id, in->act.pair, text_c(tx_arena(tx), in->act.reason)));
        return desk_end(tx, &in->act);
}

struct err desk_log_contact(struct tx *tx, const struct who *who, const struct desk_behalf *b, enum journeys_kind kind, int64_t at,
                            struct opt minutes)
{
        struct acting in;
        int64_t before;

        TRY(begin(tx, who, &journeys_act_contact, b, &in));
        TRY(journeys_last_logged(tx, b->pair, b->person, &before));
        TRY(journeys_log_contact(tx, &in.they, b->pair, kind, at, minutes));
        TRY(journeys_last_logged(tx, b->pair, b->person, &in.act.subject));
        if (in.act.subject == before)
                return FAIL(ERR_CONFLICT, "This contact is in the ledger already", "There is nothing to write down");
        return end(tx, who, &in);
}

struct err desk_book(struct tx *tx, const struct who *who, const struct desk_behalf *b, int64_t starts_at, int64_t minutes,
                     struct text channel, struct text place)
{
        struct journeys_meeting_list known;
        struct acting in;

        TRY(begin(tx, who, &journeys_act_meeting, b, &in));
        TRY(journeys_meetings(tx, b->pair, &known));
        for (size_t i = 0; i < known.n; i++)
                if (known.row[i].starts_at == starts_at && text_is(known.row[i].state, "booked"))
                        return FAIL(ERR_CONFLICT, "This time is booked already", "There is nothing to write down");
        TRY(journeys_book(tx, &in.they, b->pair, starts_at, minutes, channel, place, &in.act.subject));
        return end(tx, who, &in);
}

struct err desk_agree(struct tx *tx, const struct who *who, const struct desk_behalf *b, const struct desk_terms *terms)
{
        struct acting in;

        TRY(begin(tx, who, &journeys_act_agreement, b, &in));
        TRY(journeys_sign_agreement(tx, &in.they, b->pair, terms->cadence_days, terms->channel, terms->quiet, terms->boundaries));
        return end(tx, who, &in);
}

struct err desk_answer(struct tx *tx, const struct who *who, int64_t pair, int64_t person, struct text reason, int64_t wave,
                       const struct evaluation_reply *reply, size_t n)
{
        struct desk_behalf b = {.pair = pair, .person = person, .reason = reason};
        struct evaluation_open_list open;
        struct acting in;
        bool asked = false;

        TRY(begin(tx, who, &evaluation_act_answer, &b, &in));
        TRY(evaluation_open_of(tx, person, &open));
        for (size_t i = 0; i < open.n; i++)
                asked |= open.row[i].id == wave;
        if (!asked)
                return FAIL(ERR_CONFLICT, "They have answered this themselves", "There is nothing to write down");
        in.act.subject = wave;
        TRY(evaluation_answer(tx, &in.they, wave, reply, n));
        return end(tx, who, &in);
}

/* There is no pair yet. */
struct err desk_answer_proposal(struct tx *tx, const struct who *who, int64_t proposal, int64_t person, bool yes, struct text reason)
{
        struct desk_behalf b = {.person = person, .subject = proposal, .reason = reason};
        struct matching_asked_side side;
        struct acting in;

        TRY(matching_asked_side(tx, who, proposal, person, &side));
        if (side.answered)
                return FAIL(ERR_CONFLICT, "They have answered this themselves", "There is nothing to write down");
        TRY(begin_in(tx, who, yes ? &matching_act_accept : &matching_act_decline, &b, side.cohort, &in));
        TRY(matching_answer(tx, &in.they, proposal, yes, TEXT_ABSENT));
        return end(tx, who, &in);
}

struct err desk_leave(struct tx *tx, const struct who *who, int64_t cohort, int64_t person, struct text reason)
{
        struct desk_behalf b = {.person = person, .reason = reason};
        struct acting in;

        TRY(programmes_staff(tx, who, cohort));
        TRY(begin_in(tx, who, &recruiting_act_leave, &b, cohort, &in));
        TRY(recruiting_leave(tx, &in.they, cohort));
        return end(tx, who, &in);
}

/* ---- the person says no ---- */

struct err desk_tell_objection(struct tx *tx, const struct desk_act_row *row)
{
        struct arena *a = tx_arena(tx);
        struct people_person person, staff;
        struct out out = out_new(a, 1024);
        struct letter_text words;
        int64_t id;

        TRY(people_get(tx, row->person, &person));
        TRY(people_get(tx, row->by_person, &staff));
        const struct desk_kind *kind = desk_kind_of(row->kind);
        desk_objected(&(struct page) {.out = &out, .locale = staff.locale, .zone = staff.zone, .now = tx_now(tx)}, &words,
                      &(struct desk_objected_letter) {.first_name = staff.first_name, .name = person.first_name,
                              .what = text_of(msg(staff.locale, kind ? kind->words : "")),
                              .url = text_format(a, "%s/desk/acts", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .to = staff.id, .address = staff.email, .name = staff.first_name, .locale = staff.locale, .class = MAIL_STAFF,
                .rule = "objection", .anchor = text_format(a, "act:%lld", (long long)row->id), .subject = words.subject,
                .body = words.body, .cohort = row->cohort}, &id);
}
