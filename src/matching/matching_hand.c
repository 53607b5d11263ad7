#include "matching/matching_hand.h"

#include "base/out.h"
#include "matching/matching.h"
#include "matching/matching.sql.h"
#include "matching/matching_ground.h"
#include "matching/matching_lists.h"
#include "matching/matching_runs.h"
#include "matching/matching_solved.h"
#include "matching/matching_table.sql.h"
#include "os/random.h"
#include "people/people.h"

#include <string.h>

/* The floors are advice to the solver; everything else binds a coordinator too. */
static unsigned hard(unsigned forbidden) { return forbidden & ~(unsigned)(MATCHING_LOW_TOTAL | MATCHING_LOW_GOALS); }

static struct err must_be_allowed(const struct matching_fit *fit)
{
        unsigned h = hard(fit->forbidden);

        return h ? FAIL_AT(ERR_CONFLICT, "A rule forbids this pair", matching_rule_name((enum matching_rule)(h & -h)),
                           "Choose another mentor; hard rules have no exception")
                 : OK;
}

struct err matching_need_reason(struct text reason)
{
        return text_empty(text_trim(reason))
                ? FAIL_AT(ERR_INVALID, "A reason is needed", "reason", "One sentence: it stays with the proposal, for staff only")
                : OK;
}

struct err matching_room(struct tx *tx, int64_t cohort, int64_t mentor, int64_t *room)
{
        struct programmes_participant_list parts;
        struct matching_places_taken taken;

        *room = 0;
        TRY(programmes_parts_of(tx, mentor, &parts));
        TRY(matching_places_taken(tx, cohort, mentor, &taken));
        for (size_t i = 0; i < parts.n; i++)
                if (parts.row[i].cohort == cohort && parts.row[i].mentor)
                        *room = parts.row[i].capacity - taken.n;
        return OK;
}

/* ---- one pair chosen, the rest solved around it ---- */

enum matching_rule matching_worst_rule(const int64_t by_rule[16])
{
        int worst = 0;

        for (int b = 1; b < 16; b++)
                if (by_rule[b] > by_rule[worst] || ((1u << b) == MATCHING_LOW_GOALS && by_rule[b] > 0 && by_rule[b] == by_rule[worst]))
                        worst = b;
        return (enum matching_rule)(1u << worst);
}

const char *matching_left_code(const struct matching_round *r, int32_t mentee)
{
        size_t m = (size_t)r->d.mentors.n;
        int64_t by_rule[16] = {0};

        if (m == 0)
                return "no mentor has room";
        for (size_t j = 0; j < m; j++) {
                unsigned f = r->rules[(size_t)mentee * m + j];
                if (!f)
                        return "others need these mentors more";
                for (int b = 0; b < 16; b++)
                        by_rule[b] += (f >> b) & 1;
        }
        return matching_rule_name(matching_worst_rule(by_rule));
}

const char *matching_left_among(int64_t allowed, int64_t free)
{
        return free > 0 ? "a place is free" : allowed == 1 ? "another has the only one" : "others need these mentors more";
}

static struct text left_json(struct arena *a, const struct matching_round *r, const struct matching_result *result)
{
        struct out o = out_new(a, 256);
        bool first = true;

        out_char(&o, '[');
        for (int32_t i = 0; i < r->d.mentees.n; i++) {
                if (result->mentor_of[i] != MATCHING_NOBODY)
                        continue;
                out_format(&o, "%s{\"person\":\"%lld\",\"why\":\"%s\"}", first ? "" : ",", (long long)r->d.mentees.p[i].person,
                           matching_left_code(r, i));
                first = false;
        }
        out_char(&o, ']');
        return out_get(&o);
}

static struct err place_pair(struct matching_round *r, int64_t mentee, int64_t mentor, struct matching_pair *out)
{
        struct matching_fit fit;

        out->mentee = matching_place_of(&r->d.mentees, mentee);
        out->mentor = matching_place_of(&r->d.mentors, mentor);
        if (out->mentee == MATCHING_NOBODY)
                return FAIL(ERR_CONFLICT, "This mentee is locked, has been sent a proposal, or is not ready to be matched",
                            "Unlock the pair first, or wait for the answers");
        if (out->mentor == MATCHING_NOBODY)
                return FAIL(ERR_CONFLICT, "This mentor has no place left", "Unlock one of the mentor's pairs first, or raise the capacity");
        if (matching_dossier_ruled_out(&r->d, out->mentee, out->mentor))
                return FAIL(ERR_CONFLICT, "These two have been proposed before, or are ruled out",
                            "Look at their proposal on the table, or allow the pair under Ruled out");
        matching_dossier_fit(&r->d, out->mentee, out->mentor, &fit);
        return must_be_allowed(&fit);
}

/* A floor does not bind her hand: the cell is opened for this one pair. */
static void open_cell(struct matching_round *r, struct matching_pair pair)
{
        size_t at = (size_t)pair.mentee * (size_t)r->d.mentors.n + (size_t)pair.mentor;

        r->cell[at] = r->score[at];
}

static struct err lock_chosen(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentee, int64_t run, struct text reason)
{
        struct matching_unsent_list rows;

        TRY(matching_unsent(tx, cohort, &rows));
        for (size_t i = 0; i < rows.n; i++)
                if (rows.row[i].mentee == mentee)
                        TRY(matching_lock_with(tx, rows.row[i].id, who->person, reason));
        return people_audit(tx, who, "matching.choose", mentee, run, "");
}

struct matching_chosen {
        struct matching_ground ground;
        int64_t mentee, mentor;
        struct text reason;
        struct matching_round round;
        struct matching_pair at;
        struct matching_ready ready;
};

struct choosing { struct matching_chosen *f; struct arena *keep; };

static struct err solve_around(void *ctx, struct arena *heavy)
{
        struct choosing *c = ctx;
        struct matching_round *r = &c->f->round;
        struct matching_problem p;
        struct matching_result result;

        matching_round_score(r, heavy);
        open_cell(r, c->f->at);
        TRY(matching_round_forced(r, c->f->at, heavy, &p, &result));
        c->f->ready = (struct matching_ready) {.cohort = c->f->ground.cohort, .objective = r->objective, .d = &c->f->ground.d,
                                               .reserve = r->d.reserve, .left = left_json(c->keep, r, &result)};
        return matching_run_ready(c->keep, &p, &result, &c->f->ready);
}

struct err matching_choose_find(struct tx *tx, const struct who *who, int64_t cohort, const struct matching_choosing *in, struct matching_chosen **out)
{
        struct matching_chosen *f = *out = arena_new_of(tx_arena(tx), struct matching_chosen);

        *f = (struct matching_chosen) {.ground = {.cohort = cohort, .table = true}, .mentee = in->mentee, .mentor = in->mentor,
                                       .reason = text_trim(in->reason)};
        TRY(matching_ground(tx, who, &f->ground));
        TRY(matching_need_reason(in->reason));
        TRY(matching_round_of(tx, cohort, &f->ground.d, &f->round));
        TRY(place_pair(&f->round, f->mentee, f->mentor, &f->at));
        if (matching_round_pairs(&f->round) > MATCHING_ROUND_MOST)
                return FAIL(ERR_LIMIT, "This round is too large to be solved while you wait", "Change this one pair and run again afterwards");
        return matching_apart(tx_arena(tx), solve_around, &(struct choosing) {f, tx_arena(tx)});
}

struct err matching_choose_keep(struct tx *tx, const struct who *who, struct matching_chosen *f, int64_t *run)
{
        const struct matching_choosing again = {f->mentee, f->mentor, f->reason};
        bool anew;

        TRY(matching_ground_holds(tx, who, &f->ground, &anew));
        if (anew)
                TRY(matching_choose_find(tx, who, f->ground.cohort, &again, &f));
        TRY(matching_run_write(tx, who, &f->ready, run));
        return lock_chosen(tx, who, f->ground.cohort, f->mentee, *run, f->reason);
}

/* ---- swapping ---- */

static struct err unsent_row(struct tx *tx, const struct who *who, int64_t proposal, struct matching_row *out)
{
        bool found;

        TRY(matching_row(tx, proposal, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        TRY(programmes_staff(tx, who, out->cohort));
        if (!text_is(out->state, "draft") && !text_is(out->state, "locked"))
                return FAIL(ERR_CONFLICT, "This proposal has been sent already", "Wait for the answers, or ring the two");
        return OK;
}

static struct err give_mentor(struct tx *tx, const struct who *who, const struct matching_row *r, int64_t mentor, const struct matching_fit *fit,
                              struct text reason)
{
        TRY(must_be_allowed(fit));
        TRY(matching_set_mentor(tx, &(struct matching_set_mentor_in) {
                .id = r->id, .mentor = mentor, .score = fit->score, .parts = matching_parts_text(tx_arena(tx), fit),
                .reasons = matching_reasons_text(tx_arena(tx), fit), .by_person = who->person, .reason = reason}));
        return people_audit(tx, who, "matching.swap", r->mentee, r->id, "");
}

struct err matching_swap(struct tx *tx, const struct who *who, int64_t one, int64_t other, struct text reason)
{
        struct matching_fit fit[2];
        struct matching_row a, b;

        TRY(unsent_row(tx, who, one, &a));
        TRY(unsent_row(tx, who, other, &b));
        TRY(matching_need_reason(reason));
        if (a.cohort != b.cohort || a.id == b.id)
                return FAIL_AT(ERR_INVALID, "Choose two pairs of the same cohort", "other", "The other pair stands in the list");
        if (a.mentor == b.mentor)
                return FAIL_AT(ERR_CONFLICT, "Both have the same mentor already", "other", "Choose another pair");
        TRY(matching_couple_fits(tx, a.cohort, (const struct matching_couple[]) {{a.mentee, b.mentor}, {b.mentee, a.mentor}}, 2, fit));
        TRY(give_mentor(tx, who, &a, b.mentor, &fit[0], text_trim(reason)));
        return give_mentor(tx, who, &b, a.mentor, &fit[1], text_trim(reason));
}

/* ---- once more ---- */

static struct err is_seeking(struct tx *tx, int64_t cohort, int64_t mentee, bool *yes)
{
        struct programmes_participant_list parts;

        *yes = false;
        TRY(programmes_parts_of(tx, mentee, &parts));
        for (size_t i = 0; i < parts.n; i++)
                *yes |= parts.row[i].cohort == cohort && !parts.row[i].mentor && text_is(parts.row[i].state, "ready");
        return OK;
}

static struct err may_be_made_again(struct tx *tx, const struct matching_row *r)
{
        struct matching_others others;
        bool ruled_out, seeking;
        int64_t room;

        if (!text_is(r->state, "expired"))
                return FAIL(ERR_CONFLICT, "This proposal has not lapsed", "Look at what the two have said");
        TRY(matching_is_ruled_out(tx, r->cohort, r->mentor, r->mentee, &ruled_out));
        if (ruled_out)
                return FAIL(ERR_CONFLICT, "These two are not to be a pair", "Somebody has said so, here or privately. Choose another mentor");
        TRY(is_seeking(tx, r->cohort, r->mentee, &seeking));
        if (!seeking)
                return FAIL(ERR_CONFLICT, "This mentee is not looking for a mentor now", "Look at their page");
        TRY(matching_others(tx, r->cohort, r->mentee, &others));
        if (others.n > 0)
                return FAIL(ERR_CONFLICT, "This mentee has another proposal by now", "Look at it on the table");
        TRY(matching_room(tx, r->cohort, r->mentor, &room));
        return room < 1 ? FAIL(ERR_CONFLICT, "This mentor has no place left", "Raise the capacity, or choose another mentor") : OK;
}

struct err matching_again(struct tx *tx, const struct who *who, int64_t proposal)
{
        int64_t id = random_id();
        struct matching_fit fit;
        struct matching_row r;
        bool found;

        TRY(matching_row(tx, proposal, &found, &r));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such proposal", "It may have been replaced by a newer run");
        TRY(programmes_staff(tx, who, r.cohort));
        TRY(may_be_made_again(tx, &r));
        TRY(matching_couple_fit(tx, r.cohort, r.mentee, r.mentor, &fit));
        TRY(must_be_allowed(&fit));
        TRY(matching_insert(tx, &(struct matching_insert_in) {
                .id = id, .cohort = r.cohort, .run = r.run, .mentor = r.mentor, .mentee = r.mentee, .score = fit.score,
                .parts = matching_parts_text(tx_arena(tx), &fit), .reasons = matching_reasons_text(tx_arena(tx), &fit)}));
        TRY(matching_set_state(tx, id, TEXT("locked")));
        return people_audit(tx, who, "matching.again", r.mentee, id, "");
}

/* ---- ruling out, and allowing again ---- */

struct err matching_allow(struct tx *tx, const struct who *who, int64_t cohort, int64_t mentor, int64_t mentee)
{
        int64_t changes;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_allow_delete(tx, cohort, mentor, mentee, &changes));
        if (changes == 0)
                return FAIL(ERR_ABSENT, "These two have not been ruled out", "Somebody may have allowed them already");
        return people_audit(tx, who, "matching.allow", mentee, cohort, "");
}

struct err matching_ruled_out(struct tx *tx, const struct who *who, int64_t cohort, struct matching_ruled_out_list *out)
{
        struct matching_ruled_out_rows_list rows;

        TRY(programmes_staff(tx, who, cohort));
        TRY(matching_ruled_out_rows(tx, cohort, &rows));
        *out = (struct matching_ruled_out_list) {.row = arena_array(tx_arena(tx), struct matching_ruled_out, rows.n + 1)};
        for (; out->n < rows.n; out->n++) {
                const struct matching_ruled_out_rows *r = &rows.row[out->n];
                out->row[out->n] = (struct matching_ruled_out) {
                        .mentor = r->mentor, .mentee = r->mentee, .by_person = r->by_person, .at = r->at, .reason = r->reason};
        }
        return OK;
}
