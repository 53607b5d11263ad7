/* A concern in the hands of its contacts, and the answer that the reporter finds with the code. */
#include "care/care_concern.h"

#include "base/app.h"
#include "care/care_parts.h"
#include "journeys/journeys.h"
#include "os/config.h"
#include "os/random.h"
#include "os/seal.h"

enum { WORD_MOST = 500, STEP_MOST = 5000, DAY_S = 86400, YEAR_DAYS = 366, REPLY_WINDOW = 3600, REPLY_MOST = 20 };

static struct err may(struct tx *tx, const struct who *who, int64_t cohort)
{
        struct programmes_cohort c = {0};

        if (cohort)
                TRY(programmes_cohort(tx, cohort, &c));
        return people_must_have(tx, who, ROLE_CONTACT, c.programme);
}

static struct err case_of(struct tx *tx, const struct who *who, int64_t concern, struct care_concern_row *out)
{
        bool found;

        TRY(people_must_have(tx, who, ROLE_CONTACT, 0));
        TRY(care_concern_row(tx, concern, who->person, &found, out));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such concern", "Choose one from the list");
        return may(tx, who, out->cohort);
}

static const char *folder(struct tx *tx) { return tx_app(tx)->config->data; }

static struct err add_steps(struct tx *tx, int64_t concern, bool for_reporter, size_t *n, struct care_step **row)
{
        struct care_steps_list list;

        TRY(care_steps(tx, concern, &list));
        *row = arena_array(tx_arena(tx), struct care_step, list.n);
        for (size_t i = 0; i < list.n; i++) {
                const struct care_steps *s = &list.row[i];
                struct care_step *to = &(*row)[*n];
                if (for_reporter && !text_is(s->kind, "answer") && !text_is(s->kind, "reply"))
                        continue;
                *to = (struct care_step) {.id = s->id, .at = s->at, .by_reporter = s->by_person == 0, .by_name = s->by_name,
                                          .kind = s->kind, .due_at = s->due_at, .done_at = s->done_at};
                TRY(seal_open(tx_arena(tx), folder(tx), s->sealed, &to->words));
                ++*n;
        }
        return OK;
}

/* "words\0reach", as care_raise_concern() sealed it. */
static struct err open_words(struct tx *tx, struct care_case *c)
{
        struct text all;

        c->body = c->row.body;
        c->reach = c->row.reach;
        if (!c->row.sealed.p)
                return OK;
        TRY(seal_open(tx_arena(tx), folder(tx), c->row.sealed, &all));
        c->body = text_cut(all, '\0', &c->reach);
        return OK;
}

struct err care_read_concern(struct tx *tx, const struct who *who, int64_t concern, struct care_case *out)
{
        *out = (struct care_case) {0};
        TRY(case_of(tx, who, concern, &out->row));
        TRY(open_words(tx, out));
        TRY(add_steps(tx, concern, false, &out->steps.n, &out->steps.row));
        return people_acts_on(tx, "concern.read", concern, &out->readings);
}

/* The log does not say whose concern it was: other staff reads the log. */
struct err care_note_reading(struct tx *tx, const struct who *who, int64_t concern)
{
        struct care_concern_row row;

        TRY(case_of(tx, who, concern, &row));
        return people_audit(tx, who, "concern.read", 0, concern, "");
}

/* ---- what is done ---- */

static struct err put_step(struct tx *tx, int64_t concern, int64_t by, const char *kind, struct text words, struct opt due, int64_t *id)
{
        struct text sealed;

        *id = random_id();
        TRY(seal_close(tx_arena(tx), folder(tx), words, &sealed));
        return care_insert_step(tx, &(struct care_insert_step_in) {
                .id = *id, .concern = concern, .now = tx_now(tx), .by_person = by, .kind = text_of(kind), .sealed = sealed, .due = due});
}

struct err care_say_concern(struct tx *tx, const struct who *who, int64_t concern, struct text state, struct text word)
{
        struct care_concern_row row;
        int64_t step;

        TRY(case_of(tx, who, concern, &row));
        if (!care_is_one_of(care_concern_states, state))
                return FAIL_AT(ERR_INVALID, "Where does it stand?", "state", "Choose one of the three");
        if (word.n > WORD_MOST)
                return FAIL_AT(ERR_INVALID, "That is too long", "word", "A sentence that says what happens next");
        if (text_is(state, "closed") && row.holds)
                return FAIL_AT(ERR_INVALID, "The pair still rests", "state", "Say first whether it goes on or ends");
        TRY(care_set_concern(tx, concern, state, word.p ? word : TEXT(""), who->person, tx_now(tx)));
        TRY(put_step(tx, concern, who->person, "state", state, (struct opt) {0}, &step));
        return people_audit(tx, who, "concern.state", 0, concern, text_c(tx_arena(tx), state));
}

static struct err check_words(struct text words)
{
        if (text_empty(text_trim(words)) || words.n > STEP_MOST)
                return FAIL_AT(ERR_INVALID, "There is nothing to keep yet", "words", "Write a sentence, at most 5,000 characters");
        return OK;
}

struct err care_add_step(struct tx *tx, const struct who *who, int64_t concern, struct text kind, struct text words,
                         struct opt due_at)
{
        static const char *const kinds[] = {"note", "task", "answer", NULL};
        struct care_concern_row row;
        bool task = text_is(kind, "task");
        int64_t id, now = tx_now(tx);

        TRY(case_of(tx, who, concern, &row));
        if (!care_is_one_of(kinds, kind))
                return FAIL_AT(ERR_INVALID, "What is it?", "kind", "Choose one of the three");
        TRY(check_words(words));
        if (task && (!due_at.has || due_at.v <= now || due_at.v > now + YEAR_DAYS * (int64_t)DAY_S))
                return FAIL_AT(ERR_INVALID, "By when?", "due", "A day that is to come, within a year");
        TRY(put_step(tx, concern, who->person, text_c(tx_arena(tx), kind), text_trim(words), task ? due_at : (struct opt) {0}, &id));
        if (task)
                TRY(jobs_add(tx, care_job_concern.name, text_format(tx_arena(tx), "step:%lld", (long long)id), due_at.v, concern, id));
        return people_audit(tx, who, "concern.step", 0, concern, "");
}

struct err care_finish_step(struct tx *tx, const struct who *who, int64_t concern, int64_t step)
{
        struct care_concern_row row;
        int64_t changes;

        TRY(case_of(tx, who, concern, &row));
        TRY(care_step_done(tx, step, concern, tx_now(tx), &changes));
        return changes ? people_audit(tx, who, "concern.step", 0, concern, "") : OK;
}

struct err care_decide_pair(struct tx *tx, const struct who *who, int64_t concern, bool goes_on)
{
        struct care_concern_row row;
        int64_t step;

        TRY(case_of(tx, who, concern, &row));
        if (!row.pair || !row.holds)
                return FAIL(ERR_CONFLICT, "No pair rests because of this", "Look at the case again");
        TRY(care_concern_lets_go(tx, row.pair));
        TRY(goes_on ? journeys_go_on(tx, row.pair) : journeys_end_quietly(tx, row.pair));
        TRY(put_step(tx, concern, who->person, "pair", goes_on ? TEXT("goes on") : TEXT("ended"), (struct opt) {0}, &step));
        return people_audit(tx, who, "concern.pair", 0, concern, "");
}

struct err care_holds_pair(struct tx *tx, int64_t pair, bool *holds)
{
        struct care_concern_holds row;

        TRY(care_concern_holds(tx, pair, &row));
        *holds = row.n > 0;
        return OK;
}

/* ---- with the code ---- */

struct err care_look_up(struct tx *tx, struct text code, struct care_told *out)
{
        bool found;

        *out = (struct care_told) {0};
        TRY(care_concern_by_code(tx, code, &found, &out->row));
        if (!found)
                return FAIL(ERR_ABSENT, "No concern has this code", "Look at the code again; it is written like K7QFM-2XDPA");
        return add_steps(tx, out->row.id, true, &out->steps.n, &out->steps.row);
}

struct err care_reply_concern(struct tx *tx, struct text code, struct text words)
{
        struct care_told told;
        int64_t id;

        TRY(care_look_up(tx, code, &told));
        TRY(check_words(words));
        TRY(people_attempt(tx, "concern-reply", code, REPLY_WINDOW, REPLY_MOST));
        TRY(put_step(tx, told.row.id, 0, "reply", text_trim(words), (struct opt) {0}, &id));
        return care_tell_contacts(tx, told.row.id, CARE_NEWS_REPLY, id);
}
