#include "people/people_retain.h"

#include "html/messages.h"
#include "os/random.h"
#include "people/people.h"
#include "people/people_erase.h"
#include "people/people_glass.sql.h"
#include "people/people_retain.sql.h"

#include <string.h>

enum { DAY_S = 86400, AT_NIGHT_S = 2 * 3600, SOON_DAYS = 30, YEAR_DAYS = 366, REASON_MOST = 300 };

const struct people_kind_row people_kinds[KEEP_KINDS] = {
        [KEEP_MESSAGES] = {"messages", M_("Messages and notes of a pair"),
                M_("They are deleted."),
                M_("after the pair has ended"), 90, 30, 365},
        [KEEP_CALL_NOTES] = {"call_notes", M_("Notes of calls"),
                M_("The words go; that somebody was rung stays."),
                M_("after the cohort has ended"), 365, 90, 1095},
        [KEEP_TICKETS] = {"tickets", M_("Questions to the help desk"),
                M_("The words go; the numbers stay."),
                M_("after they were closed"), 365, 90, 1095},
        [KEEP_ANSWERS] = {"answers", M_("Survey answers, and whose they are"),
                M_("The words go, and the numbers are nobody's any more; they stay for the figures."),
                M_("after the cohort has ended"), 365, 90, 1095},
        [KEEP_MAILS] = {"mails", M_("What stands in mails that were sent"),
                M_("The words go; that a mail was sent stays."),
                M_("after they were sent"), 90, 30, 365},
        [KEEP_RECORDINGS] = {"recordings", M_("Links to recordings of gatherings"),
                M_("The link is deleted; the recording itself lies with your video service."),
                M_("after the gathering"), 90, 7, 365},
        [KEEP_REFUSED] = {"refused", M_("People who were never in a pair"),
                M_("They are forgotten."),
                M_("after their last cohort has ended"), 180, 30, 730},
        [KEEP_GONE] = {"gone", M_("People who were in a pair"),
                M_("They are forgotten; counts stay."),
                M_("after their last cohort has ended"), 1095, 365, 3650},
        [KEEP_CONCERNS] = {"concerns", M_("Concerns that are closed"),
                M_("The whole record is deleted."),
                M_("after they were closed"), 2190, 365, 3650},
        [KEEP_READINGS] = {"readings", M_("Who has read what"),
                M_("The lines are deleted."),
                M_("after the reading"), 730, 180, 3650},
        [KEEP_ACTS] = {"acts", M_("Who has done what"),
                M_("The lines are deleted."),
                M_("after the act"), 1095, 365, 3650},
};

/* ---- how it stands ---- */

static int kind_of(struct text key)
{
        int k = 0;

        while (k < KEEP_KINDS && !text_is(key, people_kinds[k].key))
                k++;
        return k;
}

static struct err read_rules(struct tx *tx, struct people_keeps *out)
{
        struct people_retention_rows_list rows;
        struct people_retention_holds_list holds;

        for (int k = 0; k < KEEP_KINDS; k++)
                out->row[k] = (struct people_keep) {.days = people_kinds[k].days};
        TRY(people_retention_rows(tx, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                int k = kind_of(rows.row[i].kind);
                if (k < KEEP_KINDS)
                        out->row[k].days = rows.row[i].days;
        }
        TRY(people_retention_holds(tx, tx_now(tx), &holds));
        for (size_t i = 0; i < holds.n; i++) {
                int k = kind_of(holds.row[i].kind);
                if (k == KEEP_KINDS)
                        continue;
                out->row[k].held_until = (struct opt) {true, holds.row[i].until_at};
                out->row[k].held_why = holds.row[i].reason;
                out->row[k].held_by = holds.row[i].by_name;
        }
        return OK;
}

static int64_t cutoff(const struct people_keeps *k, enum people_kind kind, int64_t at)
{
        return at - k->row[kind].days * (int64_t)DAY_S;
}

static struct err counts_at(struct tx *tx, const struct people_keeps *k, int64_t at, struct people_keep_counts *out)
{
        return people_keep_counts(tx, &(struct people_keep_counts_in) {
                .messages = cutoff(k, KEEP_MESSAGES, at), .call_notes = cutoff(k, KEEP_CALL_NOTES, at),
                .tickets = cutoff(k, KEEP_TICKETS, at), .answers = cutoff(k, KEEP_ANSWERS, at), .mails = cutoff(k, KEEP_MAILS, at),
                .recordings = cutoff(k, KEEP_RECORDINGS, at), .concerns = cutoff(k, KEEP_CONCERNS, at),
                .readings = cutoff(k, KEEP_READINGS, at), .acts = cutoff(k, KEEP_ACTS, at)}, out);
}

static void spread(const struct people_keep_counts *c, int64_t n[KEEP_KINDS])
{
        n[KEEP_MESSAGES] = c->messages;
        n[KEEP_CALL_NOTES] = c->call_notes;
        n[KEEP_TICKETS] = c->tickets;
        n[KEEP_ANSWERS] = c->answers;
        n[KEEP_MAILS] = c->mails;
        n[KEEP_RECORDINGS] = c->recordings;
        n[KEEP_CONCERNS] = c->concerns;
        n[KEEP_READINGS] = c->readings;
        n[KEEP_ACTS] = c->acts;
}

static struct err leavers_at(struct tx *tx, const struct people_keeps *k, int64_t at, struct people_keep_over_list *out,
                             int64_t n[KEEP_KINDS])
{
        TRY(people_keep_over(tx, cutoff(k, KEEP_REFUSED, at), cutoff(k, KEEP_GONE, at), out));
        n[KEEP_REFUSED] = n[KEEP_GONE] = 0;
        for (size_t i = 0; i < out->n; i++)
                n[out->row[i].ever ? KEEP_GONE : KEEP_REFUSED]++;
        return OK;
}

struct err people_keeps(struct tx *tx, struct people_keeps *out)
{
        int64_t now = tx_now(tx), soon = now + SOON_DAYS * (int64_t)DAY_S, n[2][KEEP_KINDS] = {0};
        struct people_keep_counts c;
        struct people_keep_over_list list;

        *out = (struct people_keeps) {0};
        TRY(read_rules(tx, out));
        TRY(counts_at(tx, out, now, &c));
        spread(&c, n[0]);
        TRY(counts_at(tx, out, soon, &c));
        spread(&c, n[1]);
        TRY(leavers_at(tx, out, now, &list, n[0]));
        TRY(leavers_at(tx, out, soon, &list, n[1]));
        for (int k = 0; k < KEEP_KINDS; k++) {
                out->row[k].due = n[0][k];
                out->row[k].soon = n[1][k];
        }
        out->leavers.row = arena_array(tx_arena(tx), struct people_leaver, list.n);
        for (; out->leavers.n < list.n; out->leavers.n++) {
                const struct people_keep_over *r = &list.row[out->leavers.n];
                out->leavers.row[out->leavers.n] = (struct people_leaver) {r->id, r->first_name, r->last_name, r->ever};
        }
        return OK;
}

/* ---- what administrators say ---- */

static struct err known(struct text kind, int *k)
{
        *k = kind_of(kind);
        return *k < KEEP_KINDS ? OK : FAIL(ERR_ABSENT, "There is no such kind", "Choose one from the list");
}

struct err people_keep_for(struct tx *tx, const struct who *who, struct text kind, int64_t days)
{
        int k;

        TRY(people_must_have(tx, who, ROLE_ADMINISTRATOR, 0));
        TRY(known(kind, &k));
        if (days < people_kinds[k].least || days > people_kinds[k].most)
                return FAIL_AT(ERR_INVALID, "That is shorter or longer than allowed", "days", "The bounds stand beside the field");
        TRY(people_retention_put(tx, kind, days, who->person, tx_now(tx)));
        return people_audit(tx, who, "retention.days", 0, 0, people_kinds[k].key);
}

struct err people_keep_hold(struct tx *tx, const struct who *who, struct text kind, int64_t until_at, struct text reason)
{
        int k;

        TRY(people_must_have(tx, who, ROLE_ADMINISTRATOR, 0));
        TRY(known(kind, &k));
        if (until_at <= tx_now(tx) || until_at > tx_now(tx) + YEAR_DAYS * (int64_t)DAY_S)
                return FAIL_AT(ERR_INVALID, "Until when?", "until", "A day that is to come, within a year");
        if (text_empty(text_trim(reason)) || reason.n > REASON_MOST)
                return FAIL_AT(ERR_INVALID, "Why is it held up?", "reason", "A sentence: whoever looks later wants to know");
        TRY(people_retention_hold_put(tx, kind, until_at, text_trim(reason), who->person, tx_now(tx)));
        return people_audit(tx, who, "retention.hold", 0, 0, people_kinds[k].key);
}

struct err people_keep_release(struct tx *tx, const struct who *who, struct text kind)
{
        int k;

        TRY(people_must_have(tx, who, ROLE_ADMINISTRATOR, 0));
        TRY(known(kind, &k));
        TRY(people_retention_release(tx, kind));
        return people_audit(tx, who, "retention.release", 0, 0, people_kinds[k].key);
}

struct err people_keep_may_forget(struct tx *tx, int64_t closed_at, bool *may)
{
        struct people_keeps k = {0};

        TRY(read_rules(tx, &k));
        *may = !k.row[KEEP_MESSAGES].held_until.has && closed_at <= cutoff(&k, KEEP_MESSAGES, tx_now(tx));
        return OK;
}

/* ---- the night ---- */

struct err people_retain_tonight(struct tx *tx, int64_t after)
{
        int64_t day = after / DAY_S + 1;

        return jobs_add(tx, people_job_retain.name, text_format(tx_arena(tx), "%lld", (long long)day), day * DAY_S + AT_NIGHT_S,
                        0, 0);
}

/* The numbers stay together as one person's answers, and nothing says whose. */
static struct err cut_off_answers(struct tx *tx, int64_t before, int64_t *cut)
{
        struct people_keep_answerers_list list;
        int64_t changes;

        *cut = 0;
        TRY(people_keep_answerers(tx, before, &list));
        for (size_t i = 0; i < list.n; i++) {
                int64_t nobody = random_id();
                TRY(people_keep_nobody(tx, nobody, text_format(tx_arena(tx), "nobody-%lld@invalid", (long long)nobody), tx_now(tx)));
                TRY(people_keep_cut_off(tx, list.row[i].cohort, list.row[i].person, nobody, &changes));
                *cut += changes;
        }
        return OK;
}

static struct err take(struct tx *tx, enum people_kind kind, int64_t before, int64_t *removed)
{
        int64_t more = 0;

        switch (kind) {
        case KEEP_MESSAGES:
                TRY(people_keep_messages(tx, before, removed));
                TRY(people_keep_notes(tx, before, &more));
                *removed += more;
                return OK;
        case KEEP_CALL_NOTES: return people_keep_call_notes(tx, before, removed);
        case KEEP_TICKETS:
                TRY(people_keep_replies(tx, before));
                return people_keep_tickets(tx, before, removed);
        case KEEP_ANSWERS:
                TRY(people_keep_answers(tx, before, removed));
                TRY(cut_off_answers(tx, before, &more));
                *removed += more;
                return OK;
        case KEEP_MAILS: return people_keep_mails(tx, before, removed);
        case KEEP_RECORDINGS: return people_keep_recordings(tx, before, removed);
        case KEEP_CONCERNS:
                TRY(people_keep_steps(tx, before));
                return people_keep_concerns(tx, before, removed);
        case KEEP_READINGS:
                TRY(people_seen_tidy(tx, before, &more));
                return people_visit_tidy(tx, before, removed);
        case KEEP_ACTS:
                TRY(people_keep_desk_acts(tx, before));
                TRY(people_keep_bulk_rows(tx, before));
                TRY(people_keep_bulks(tx, before));
                TRY(people_keep_runs(tx, before));
                return people_keep_acts(tx, before, removed);
        case KEEP_REFUSED: case KEEP_GONE: case KEEP_KINDS: return OK;   /* people one by one: forget_people() */
        }
        must(!"a kind outside its enum");
}

static struct err record(struct tx *tx, const struct people_keeps *k, enum people_kind kind, int64_t removed)
{
        if (removed == 0)
                return OK;
        return people_retention_ran(tx, random_id(), tx_now(tx), text_of(people_kinds[kind].key), k->row[kind].days, removed, 0);
}

struct night { struct people_keeps keeps; struct people_keep_over_list list; int64_t after; int64_t n[KEEP_KINDS]; };

static struct err sweep(struct tx *tx, void *in)
{
        struct night *n = in;

        n->keeps = (struct people_keeps) {0};
        TRY(read_rules(tx, &n->keeps));
        for (int k = 0; k < KEEP_KINDS; k++) {
                int64_t removed = 0;
                if (n->keeps.row[k].held_until.has)
                        continue;
                TRY(take(tx, (enum people_kind)k, cutoff(&n->keeps, (enum people_kind)k, tx_now(tx)), &removed));
                TRY(record(tx, &n->keeps, (enum people_kind)k, removed));
        }
        TRY(leavers_at(tx, &n->keeps, tx_now(tx), &n->list, n->n));
        return people_retain_tonight(tx, n->after > tx_now(tx) ? n->after : tx_now(tx));
}

static struct err forget_in(struct tx *tx, void *in) { return people_erase(tx, *(const int64_t *)in); }

static struct err forgotten_in(struct tx *tx, void *in)
{
        struct night *n = in;

        TRY(record(tx, &n->keeps, KEEP_REFUSED, n->n[KEEP_REFUSED]));
        return record(tx, &n->keeps, KEEP_GONE, n->n[KEEP_GONE]);
}

static struct err forget_people(struct app *app, struct arena *a, struct night *n)
{
        n->n[KEEP_REFUSED] = n->n[KEEP_GONE] = 0;
        for (size_t i = 0; i < n->list.n; i++) {
                int64_t person = n->list.row[i].id;
                enum people_kind kind = n->list.row[i].ever ? KEEP_GONE : KEEP_REFUSED;
                if (n->keeps.row[kind].held_until.has)
                        continue;
                TRY(people_erase_files(app, a, person));
                TRY(db_write(app->db, a, forget_in, &person));
                n->n[kind]++;
        }
        return db_write(app->db, a, forgotten_in, n);
}

static struct err act(struct app *app, struct arena *a, const struct job *job)
{
        struct night night = {.after = job->due};
        int again;

        TRY(db_write(app->db, a, sweep, &night));
        TRY(forget_people(app, a, &night));
        return people_erase_again(app, a, &again);
}

const struct job_kind people_job_retain = {.name = "people.retain", .clock = JOB_PROGRAMME, .act = act};
