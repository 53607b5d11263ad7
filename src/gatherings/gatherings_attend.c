/* Who comes, who came, and the work behind a sitting's end and of every night. */
#include "gatherings/gatherings.h"
#include "gatherings/gatherings.sql.h"
#include "gatherings/gatherings_parts.h"
#include "gatherings/gatherings_rules.h"
#include "gatherings/gatherings_web.h"
#include "people/people.h"

/* ---- answers and attendance ---- */

static struct err my_seat(struct tx *tx, int64_t person, int64_t gathering,
                          struct gatherings_seat_row *out)
{
        bool found;

        TRY(gatherings_seat_row(tx, gathering, person, &found, out));
        return found ? OK
                     : FAIL(ERR_ABSENT, "There is no such gathering for you",
                            "Yours are in the list");
}

struct err gatherings_answer(struct tx *tx, const struct who *who, int64_t gathering, bool yes)
{
        struct gatherings_seat_row seat;
        struct gatherings_sitting_row s;
        int64_t changes;
        bool found;

        TRY(my_seat(tx, who->person, gathering, &seat));
        TRY(gatherings_sitting_row(tx, seat.sitting, &found, &s));
        if (found && s.starts_at + s.minutes * 60 <= tx_now(tx))
                return FAIL(ERR_CONFLICT, "This gathering is over",
                            "Its recording stands on its page, if there is one");
        return gatherings_seat_answer(tx, gathering, who->person, yes ? TEXT("yes") : TEXT("no"),
                                      tx_now(tx), &changes);
}

struct err gatherings_attended(struct tx *tx, const struct who *who, int64_t gathering,
                               int64_t person, struct text how)
{
        struct gatherings_gathering g;
        struct gatherings_seat_row seat;
        int64_t changes;

        TRY(gatherings_for_staff(tx, who, gathering, &g));
        if (!text_is(how, "live") && !text_is(how, "recording") && !text_is(how, "missed"))
                return FAIL_AT(ERR_INVALID, "Somebody was there, saw the recording, or missed it",
                               "how", "Choose one");
        TRY(my_seat(tx, person, gathering, &seat));
        return gatherings_seat_attended(tx, gathering, person, how, &changes);
}

struct err gatherings_saw_recording(struct tx *tx, const struct who *who, int64_t gathering)
{
        struct gatherings_gathering g;
        struct gatherings_seat_row seat;
        int64_t changes;

        TRY(my_seat(tx, who->person, gathering, &seat));
        TRY(gatherings_one(tx, gathering, &g));
        if (!g.recording_url.p)
                return FAIL(ERR_CONFLICT, "There is no recording of this gathering",
                            "Your coordinator can say when it comes");
        if (text_is(seat.attended, "live"))
                return OK;
        return gatherings_seat_attended(tx, gathering, who->person, TEXT("recording"), &changes);
}

static bool among(const int64_t *people, size_t n, int64_t person)
{
        for (size_t i = 0; i < n; i++)
                if (people[i] == person)
                        return true;
        return false;
}

struct err gatherings_take_attendance(struct tx *tx, const struct who *who, int64_t sitting,
                                      const int64_t *people, size_t n)
{
        struct gatherings_sitting_row s;
        struct gatherings_seat_people_list seated;
        int64_t changes;
        bool found;

        TRY(gatherings_sitting_row(tx, sitting, &found, &s));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no such sitting", "It may have been taken away");
        TRY(programmes_staff(tx, who, s.cohort));
        if (s.starts_at > tx_now(tx))
                return FAIL(ERR_CONFLICT, "This sitting has not begun",
                            "Tick who is there once it has");
        TRY(gatherings_seat_people(tx, s.gathering, &seated));
        for (size_t i = 0; i < seated.n; i++) {
                const struct gatherings_seat_people *p = &seated.row[i];
                bool there = among(people, n, p->person);
                if ((p->sitting != sitting && !there) ||
                    (!there && text_is(p->attended, "recording")))
                        continue;
                TRY(gatherings_seat_attended(tx, s.gathering, p->person,
                                             there ? TEXT("live") : TEXT("missed"), &changes));
        }
        TRY(gatherings_sitting_held(tx, sitting, tx_now(tx)));
        return people_audit(tx, who, "sitting.attendance", 0, sitting, "");
}

/* ---- for the desk of the day ---- */

enum { ASK_FOR_S = 14 * 86400, AHEAD_S = 18 * 3600 };

struct err gatherings_due(struct tx *tx, const struct programmes_cohort *c, int locale, struct gatherings_due_list *out)
{
        struct gatherings_due_rows_list rows;
        int64_t now = tx_now(tx);

        TRY(gatherings_due_rows(tx, c->id, now - ASK_FOR_S, now + AHEAD_S, &rows));
        *out = (struct gatherings_due_list) {.row = arena_array(tx_arena(tx), struct gatherings_due, rows.n)};
        for (size_t i = 0; i < rows.n; i++) {
                const struct gatherings_due_rows *r = &rows.row[i];
                bool over = r->starts_at + r->minutes * 60 <= now;
                if (over && (r->unknown == 0 || !c->launched_at.has))
                        continue;
                out->row[out->n++] = (struct gatherings_due) {
                        .gathering = r->gathering, .sitting = r->sitting, .starts_at = r->starts_at, .seats = r->seats,
                        .title = gatherings_title(c, r->key, r->title, locale), .over = over};
        }
        return OK;
}

/* ---- eight hours after the end ---- */

static struct err settle(struct tx *tx, int64_t sitting)
{
        struct gatherings_sitting_row s;
        struct gatherings_seat_people_list seated;
        struct programmes_cohort c;
        int64_t changes;
        bool found;

        TRY(gatherings_sitting_row(tx, sitting, &found, &s));
        if (!found || s.held_at.has ||
            s.starts_at + s.minutes * 60 + GATHERINGS_SETTLE_S > tx_now(tx))
                return OK;
        TRY(programmes_cohort(tx, s.cohort, &c));
        if (!c.launched_at.has)
                return OK; /* it has not taken place: a late launch moves it */
        TRY(gatherings_seat_people(tx, s.gathering, &seated));
        bool ticked = false;
        for (size_t i = 0; i < seated.n; i++)
                ticked |=
                        seated.row[i].sitting == sitting && text_is(seated.row[i].attended, "live");
        for (size_t i = 0; i < seated.n; i++) {
                const struct gatherings_seat_people *p = &seated.row[i];
                struct text how = gatherings_outcome(p->answer, p->attended, ticked);
                if (p->sitting == sitting && how.p)
                        TRY(gatherings_seat_attended(tx, s.gathering, p->person, how, &changes));
        }
        return gatherings_sitting_held(tx, sitting, tx_now(tx));
}

static struct err night(struct tx *tx, int64_t cohort)
{
        struct programmes_cohort c;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(gatherings_let_go(tx, cohort));
        TRY(gatherings_seat_all(tx, cohort));
        return gatherings_seat_nightly(tx, &c);
}

static struct err run(struct tx *tx, const struct job *job)
{
        return job->b ? night(tx, job->b) : settle(tx, job->a);
}

const struct job_kind gatherings_job_reminders = {
        .name = "gatherings.after", .clock = JOB_PROGRAMME, .run = run};
