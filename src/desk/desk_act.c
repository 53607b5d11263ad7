/* Acts: noted when they happen, taken back when somebody says so in time. */
#include "desk/desk_parts.h"

#include "journeys/journeys.h"
#include "mail/mail.h"
#include "os/random.h"
#include "people/people.h"
#include "programmes/programmes.h"

static struct err state_of(struct tx *tx, const struct desk_act *act, struct text *out)
{
        *out = TEXT("");
        return act->kind->state ? act->kind->state(tx, act, out) : OK;
}

struct err desk_begin(struct tx *tx, const struct who *who, struct desk_act *act)
{
        act->id = random_id();
        act->at = tx_now(tx);
        act->by = who->person;
        TRY(desk_forget_states(tx, act->at - DESK_UNDO_S));
        TRY(state_of(tx, act, &act->was));
        tx_set_act(tx, act->id);
        return desk_insert_act(tx, &(struct desk_insert_act_in) {
                .id = act->id, .at = act->at, .by_person = act->by, .kind = text_of(act->kind->word), .cohort = act->cohort,
                .pair = act->pair, .person = act->person, .subject = act->subject,
                .key = act->key.p ? act->key : TEXT(""), .reason = act->reason.p ? act->reason : TEXT(""),
                .was = act->was, .behalf = act->behalf, .batch = act->batch});
}

struct err desk_end(struct tx *tx, struct desk_act *act)
{
        tx_set_act(tx, 0);
        TRY(state_of(tx, act, &act->became));
        return desk_set_became(tx, act->id, act->became, act->pair, act->person, act->subject);
}

static struct desk_act act_of(const struct desk_act_row *r)
{
        return (struct desk_act) {
                .kind = desk_kind_of(r->kind), .id = r->id, .at = r->at, .by = r->by_person, .cohort = r->cohort,
                .pair = r->pair, .person = r->person, .subject = r->subject, .batch = r->batch, .key = r->key,
                .reason = r->reason, .was = r->was, .became = r->became, .behalf = r->behalf};
}

/* ---- taking back ---- */

static struct err still_so(struct tx *tx, const struct desk_act *act)
{
        struct text now;

        TRY(state_of(tx, act, &now));
        return text_equal(now, act->became) ? OK
                : FAIL(ERR_CONFLICT, "Something has happened since, and undoing would lose it", "Look at it as it is now, and mend it there");
}

static struct err letters_wait(struct tx *tx, int64_t act)
{
        bool gone;

        TRY(mail_act_gone(tx, act, &gone));
        return gone ? FAIL(ERR_CONFLICT, "A letter about it is on its way already", "Write to them, or ring them") : OK;
}

static struct err take_back(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        TRY(still_so(tx, act));
        TRY(act->kind->back(tx, who, act));
        TRY(journeys_unsend(tx, act->id));
        TRY(mail_drop_act(tx, act->id));
        return desk_set_undone(tx, act->id, tx_now(tx), who->person);
}

static struct err may_undo(struct tx *tx, const struct desk_act *act)
{
        if (!act->kind || !act->kind->back)
                return FAIL(ERR_CONFLICT, "This cannot be undone", "What it did stands on its page");
        if (tx_now(tx) > act->at + DESK_UNDO_S)
                return FAIL(ERR_CONFLICT, "The ten minutes are over", "Change it on its own page");
        return letters_wait(tx, act->id);
}

static struct err undo_one(struct tx *tx, const struct who *who, const struct desk_act *act)
{
        TRY(may_undo(tx, act));
        return take_back(tx, who, act);
}

/* A part that has moved on stays as it is; the others go back. */
static struct err undo_parts(struct tx *tx, const struct who *who, const struct desk_act *whole, int64_t *kept)
{
        struct desk_acts_of_batch_list parts;
        struct desk_act_row row;
        bool found;

        TRY(desk_acts_of_batch(tx, whole->id, &parts));
        for (size_t i = 0; i < parts.n; i++) {
                TRY(desk_act_row(tx, parts.row[i].id, &found, &row));
                struct desk_act part = act_of(&row);
                struct err e = undo_one(tx, who, &part);
                if (failed(e) && !err_is(e, ERR_CONFLICT))
                        return e;
                *kept += failed(e);
        }
        return OK;
}

static struct err read_act(struct tx *tx, int64_t id, struct desk_act_row *row)
{
        bool found;

        TRY(desk_act_row(tx, id, &found, row));
        return found ? OK : FAIL(ERR_ABSENT, "There is no such act", "Go back to the list");
}

struct err desk_undo(struct tx *tx, const struct who *who, int64_t id, int64_t *kept)
{
        struct desk_act_row row;

        *kept = 0;
        TRY(read_act(tx, id, &row));
        TRY(programmes_staff(tx, who, row.cohort));
        if (row.undone_at.has)
                return OK;
        struct desk_act act = act_of(&row);
        TRY(may_undo(tx, &act));
        TRY(undo_parts(tx, who, &act, kept));
        TRY(take_back(tx, who, &act));
        return people_audit(tx, who, "act.undo", act.person, act.id, act.kind->word);
}

static struct err read_told(struct tx *tx, const struct who *who, int64_t id, struct desk_act_row *row)
{
        TRY(read_act(tx, id, row));
        return row->behalf && row->person == who->person
                ? OK : FAIL(ERR_ABSENT, "This was not done in your name", "Go to your home page");
}

struct err desk_told_of(struct tx *tx, const struct who *who, int64_t id, struct desk_told *out)
{
        struct people_person by;
        struct desk_act_row row;

        TRY(read_told(tx, who, id, &row));
        TRY(people_get(tx, row.by_person, &by));
        const struct desk_kind *kind = desk_kind_of(row.kind);
        *out = (struct desk_told) {.by_name = by.first_name, .reason = row.reason, .words = kind ? kind->words : "", .at = row.at,
                                   .objected = row.objected_at.has || row.undone_at.has};
        return OK;
}

struct err desk_object(struct tx *tx, const struct who *who, int64_t id, bool *taken_back)
{
        struct desk_act_row row;

        *taken_back = false;
        TRY(read_told(tx, who, id, &row));
        if (row.objected_at.has)
                return OK;
        TRY(desk_set_objected(tx, id, tx_now(tx)));
        TRY(desk_tell_objection(tx, &row));
        TRY(people_audit(tx, who, "act.object", row.person, id, text_c(tx_arena(tx), row.kind)));
        if (row.undone_at.has)
                return OK;
        struct desk_act act = act_of(&row);
        act.late = true;
        if (!act.kind || !act.kind->back)
                return OK;
        struct err e = take_back(tx, who, &act);
        *taken_back = !failed(e);
        return err_is(e, ERR_CONFLICT) ? OK : e;
}
