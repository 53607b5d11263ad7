#include "journeys/journeys_morning.h"

#include "evaluation/evaluation.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "people/people.h"

#include <string.h>

enum { DAY_S = 86400 };

/* ---- planning ---- */

static void remember(struct arena *a, struct journeys_reader *r, struct text rule,
                     struct text anchor)
{
        struct journeys_sent_key *more = arena_array(a, struct journeys_sent_key, r->n_sent + 1);

        for (size_t i = 0; i < r->n_sent; i++)
                more[i] = r->sent[i];
        more[r->n_sent++] = (struct journeys_sent_key) {rule, anchor};
        r->sent = more;
}

static struct err find_sent(struct tx *tx, struct journeys_reader *r,
                            const struct journeys_due_list *l, bool *found)
{
        struct journeys_due_was_sent row;
        bool known;

        *found = false;
        for (size_t i = 0; i < l->n; i++) {
                struct text key = journeys_due_key_of(tx_arena(tx), &l->row[i]);
                TRY(journeys_due_was_sent(tx, l->row[i].send->text, r->person, key, &known, &row));
                if (!known)
                        continue;
                remember(tx_arena(tx), r, l->row[i].send->text, key);
                *found = true;
        }
        return OK;
}

/* Letters that went together are one mail of the week. */
static bool same_mail(const struct journeys_due_sent_to_list *rows, size_t i)
{
        for (size_t k = 0; k < i; k++)
                if (rows->row[i].outbox.has && rows->row[k].outbox.has && rows->row[k].outbox.v == rows->row[i].outbox.v)
                        return true;
        return false;
}

/*
 * What was sent to a reader lately, and how much of it fills the week. Managers have no week: each
 * letter has its key.
 */
static struct err remember_all(struct tx *tx, struct journeys_reader *r)
{
        int64_t now = tx_now(tx);
        struct journeys_due_sent_to_list rows;

        r->remembers = true;
        if (!r->person)
                return OK;
        TRY(journeys_due_sent_to(tx, r->person, now - JOURNEYS_DUE_MEMORY * (int64_t)DAY_S, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                remember(tx_arena(tx), r, rows.row[i].rule, rows.row[i].anchor);
                r->recent += text_is(rows.row[i].class, "programme") && !rows.row[i].dropped &&
                        rows.row[i].at >= now - JOURNEYS_DUE_WINDOW && !same_mail(&rows, i);
        }
        return OK;
}

/*
 * Memory is asked only when something is due.  It goes back two weeks; a date that was moved far
 * ahead can bring up a letter that was sent before that.  So what is about to go is looked up as
 * well, and the week planned again without it.
 */
struct err journeys_plan(struct tx *tx, const struct pack *pack, struct journeys_reader *reader,
                         int64_t day,
                         struct journeys_due_list *out)
{
        bool again = true;

        journeys_due_plan(tx_arena(tx), pack, reader, day, out);
        if (out->n == 0)
                return OK;
        if (!reader->remembers)
                TRY(remember_all(tx, reader));
        while (again) {
                journeys_due_plan(tx_arena(tx), pack, reader, day, out);
                TRY(find_sent(tx, reader, out, &again));
        }
        return OK;
}

/* ---- what a letter is about ---- */

/*
 * Figures of the cohort, for sponsors and for the mentors' thanks: only ever over five people or
 * more.
 */
static struct err give_list(struct tx *tx, const struct pack_send *send, struct journeys_matter *m)
{
        const struct pack_text *text = pack_mail(m->cohort->pack, send->text, m->locale);
        struct text *list = &m->values.of[PACK_HOLE_LIST];

        if (!text || !memmem(text->body.p, text->body.n, "{list}", 6))
                return OK;
        TRY(evaluation_sponsor_list(tx, m->cohort->id, (int)m->locale, list));
        if (text_empty(*list))
                *list = text_of(msg(m->locale,
                                    M_("Fewer than five people have answered so far, so there is nothing to count yet.")));
        return OK;
}

static struct err matter_of(struct tx *tx, const struct journeys_facts *f,
                            const struct journeys_addressee *to,
                            const struct journeys_due *d, struct journeys_matter *out)
{
        journeys_matter_of(tx_arena(tx), f, to, d, out);
        out->may_wait = d->send->class == PACK_PROGRAMME && journeys_letter_of(d->reminder->anchor) != LETTER_KEPT;
        return give_list(tx, d->send, out);
}

/* ---- sending ---- */

static struct text held_words(struct arena *a, const struct journeys_due_hold *h)
{
        return text_format(a, "held by %s %s: %s", text_c(a, h->first_name),
                           text_c(a, h->last_name), text_c(a, h->reason));
}

/* A letter that is held makes room in the week for the next one. */
static struct err drop_held(struct tx *tx, const struct journeys_facts *f,
                            struct journeys_addressee *to,
                            const struct journeys_due_list *l, bool *found)
{
        struct arena *a = tx_arena(tx);
        struct journeys_due_hold hold;
        struct journeys_matter m;
        bool held;

        *found = false;
        for (size_t i = 0; i < l->n; i++) {
                struct text key = journeys_due_key_of(a, &l->row[i]);
                if (l->row[i].fate != DUE_SEND)
                        continue;
                TRY(journeys_due_hold(tx, l->row[i].send->text, to->due.person, key, &held, &hold));
                if (!held)
                        continue;
                journeys_matter_of(a, f, to, &l->row[i], &m);
                TRY(journeys_drop(tx, &m, l->row[i].send, key, held_words(a, &hold)));
                remember(a, &to->due, l->row[i].send->text, key);
                *found = true;
        }
        return OK;
}

static struct err carry_out(struct tx *tx, const struct journeys_facts *f,
                            const struct journeys_addressee *to,
                            const struct journeys_due *d)
{
        struct arena *a = tx_arena(tx);
        struct text key = journeys_due_key_of(a, d);
        struct journeys_matter m;
        bool sent;

        if (d->fate == DUE_WAIT)
                return OK;
        TRY(matter_of(tx, f, to, d, &m));
        if (d->fate == DUE_DROP)
                return journeys_drop(tx, &m, d->send, key, text_of(d->why));
        return journeys_send(tx, &m, d->send, key, &sent);
}

/* Two or more that go together are one mail and done with; one alone goes as it is. */
static struct err gather(struct tx *tx, const struct journeys_facts *f, const struct journeys_addressee *to,
                         struct journeys_due_list *due, int64_t day)
{
        struct journeys_gathered *row = arena_array(tx_arena(tx), struct journeys_gathered, due->n + 1);
        size_t n = 0;

        for (size_t i = 0; i < due->n; i++) {
                struct journeys_due *d = &due->row[i];
                if (d->fate != DUE_SEND || !d->gathered)
                        continue;
                row[n].send = d->send;
                row[n].key = journeys_due_key_of(tx_arena(tx), d);
                TRY(matter_of(tx, f, to, d, &row[n++].matter));
        }
        if (n < 2)
                return OK;
        for (size_t i = 0; i < due->n; i++)
                if (due->row[i].fate == DUE_SEND && due->row[i].gathered)
                        due->row[i].fate = DUE_WAIT;
        return journeys_send_gathered(tx, row, n, day);
}

static struct err write_to(struct tx *tx, const struct journeys_facts *f,
                           struct journeys_addressee *to, int64_t day)
{
        struct journeys_due_list due;
        bool again = true;

        while (again) {
                TRY(journeys_plan(tx, f->cohort.pack, &to->due, day, &due));
                TRY(drop_held(tx, f, to, &due, &again));
        }
        TRY(gather(tx, f, to, &due, day));
        for (size_t i = 0; i < due.n; i++)
                TRY(carry_out(tx, f, to, &due.row[i]));
        return OK;
}

struct err journeys_morning(struct tx *tx, int64_t cohort, struct text zone, int64_t day)
{
        struct journeys_facts f;

        if (!journeys_working_day(day))
                return OK;
        TRY(journeys_facts_load(tx, cohort, zone, &f));
        for (size_t i = 0; i < f.n; i++)
                TRY(write_to(tx, &f, &f.reader[i], day));
        return OK;
}

/* ---- tomorrow ---- */

/* Facts as they are now; the day and the room in the week as they will be. */
static struct err load_tomorrow(struct tx *tx, int64_t cohort, struct journeys_facts *f,
                                int64_t *day)
{
        TRY(journeys_facts_load(tx, cohort, TEXT_ABSENT, f));
        *day = journeys_next_working_day(zone_day(f->cohort.zone, f->now) + 1);
        return OK;
}

static void count_kind(struct journeys_tomorrow_kinds *kinds, struct text letter)
{
        size_t k = 0;

        while (k < kinds->n && !text_equal(kinds->row[k].letter, letter))
                k++;
        kinds->row[k].letter = letter;
        kinds->row[k].n++;
        kinds->n += k == kinds->n;
}

struct err journeys_tomorrow_kinds(struct tx *tx, int64_t cohort,
                                   struct journeys_tomorrow_kinds *out)
{
        struct journeys_facts f;
        struct journeys_due_list due;
        size_t letters = 0;
        int64_t day;

        TRY(load_tomorrow(tx, cohort, &f, &day));
        for (size_t i = 0; i < f.cohort.pack->n_reminders; i++)
                letters += f.cohort.pack->reminders[i].n_sends;
        *out = (struct journeys_tomorrow_kinds) {.row = arena_array(tx_arena(tx),
                struct journeys_tomorrow_kind, letters + 1)};
        for (size_t i = 0; i < f.n; i++) {
                TRY(journeys_plan(tx, f.cohort.pack, &f.reader[i].due, day, &due));
                for (size_t k = 0; k < due.n; k++)
                        if (due.row[k].fate == DUE_SEND)
                                count_kind(out, due.row[k].send->text);
        }
        return OK;
}

static struct err preview(struct tx *tx, const struct journeys_facts *f,
                          const struct journeys_addressee *to,
                          const struct journeys_due *d, int64_t day, struct journeys_planned *out)
{
        struct journeys_matter m;
        struct journeys_words words;
        struct journeys_due_hold hold;
        struct text key = journeys_due_key_of(tx_arena(tx), d);
        bool held;

        TRY(matter_of(tx, f, to, d, &m));
        TRY(journeys_compose(tx, &m, d->send, true, &words));
        TRY(journeys_due_hold(tx, d->send->text, to->due.person, key, &held, &hold));
        *out = (struct journeys_planned) {
                .rule = d->send->text, .anchor = key, .subject = words.subject, .body = words.body,
                .first_name = to->first_name, .last_name = to->last_name, .person = to->due.person,
                .at = zone_at(to->zone, day, JOURNEYS_DUE_HOUR, JOURNEYS_DUE_MINUTE), .held = held};
        return OK;
}

static struct err preview_all(struct tx *tx, const struct journeys_facts *f,
                              struct journeys_addressee *to, int64_t day,
                              struct journeys_planned_list *out)
{
        struct journeys_due_list due;

        TRY(journeys_plan(tx, f->cohort.pack, &to->due, day, &due));
        for (size_t k = 0; k < due.n; k++) {
                if (due.row[k].fate != DUE_SEND)
                        continue;
                out->row = db_list_room(tx, out->row, out->n, sizeof *out->row);
                TRY(preview(tx, f, to, &due.row[k], day, &out->row[out->n]));
                out->n++;
        }
        return OK;
}

struct err journeys_tomorrow(struct tx *tx, const struct who *who, int64_t cohort,
                             struct journeys_planned_list *out)
{
        struct journeys_facts f;
        int64_t day;

        *out = (struct journeys_planned_list) {0};
        TRY(programmes_staff(tx, who, cohort));
        TRY(load_tomorrow(tx, cohort, &f, &day));
        for (size_t i = 0; i < f.n; i++)
                TRY(preview_all(tx, &f, &f.reader[i], day, out));
        return OK;
}

/* ---- holding ---- */

struct err journeys_hold(struct tx *tx, const struct who *who, struct text rule, int64_t person,
                         struct text anchor,
                         struct text reason, bool hold)
{
        int64_t cohort;

        TRY(programmes_cohort_of(tx, who, person, &cohort));
        if (!cohort)
                return FAIL(ERR_ABSENT, "There is no such letter", "Go back to tomorrow's mails");
        if (hold && text_empty(text_trim(reason)))
                return FAIL_AT(ERR_INVALID, "Why shall it not go?", "reason",
                               "A few words for your colleagues");
        struct out key = out_new(tx_arena(tx), 64);
        desk_put(&key, rule);
        desk_put(&key, anchor);
        struct desk_act act = {.kind = &journeys_act_hold, .cohort = cohort, .person = person, .key = out_get(&key)};
        TRY(desk_begin(tx, who, &act));
        if (!hold)
                TRY(journeys_due_drop_hold(tx, rule, person, anchor));
        else
                TRY(journeys_due_put_hold(tx, rule, person, anchor, who->person, text_trim(reason),
                                          tx_now(tx)));
        TRY(people_audit(tx, who, hold ? "mail.hold" : "mail.release", person, 0,
                         text_c(tx_arena(tx), rule)));
        return desk_end(tx, &act);
}
