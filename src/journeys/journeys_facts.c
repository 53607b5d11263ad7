#include "journeys/journeys_facts.h"

#include "base/app.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_wish.h"
#include "people/people.h"
#include "recruiting/recruiting.h"

enum {
        DAY_S = 86400,
        SEATS_BACK_DAYS = 16, SEATS_AHEAD_DAYS = 36,    /* invitations go three weeks ahead */
        MEETINGS_BACK_DAYS = 18,
        GOALS_BACK_DAYS = 16, GOALS_AHEAD_DAYS = 16,
        ANSWERS_BACK_DAYS = 60,
        ASKED_DAYS = 25,
        SNOOZE_BACK_DAYS = 30,
        AFTER_END_DAYS = 260,           /* the half-year question and its patience */
};

int64_t journeys_calendar_day(const struct journeys_facts *f, struct pack_date d)
{
        struct pack_days days = {.launch = f->cohort.launch_day, .end = f->cohort.end_day,
                                 .mid = f->mid_day};

        return pack_day(d, &days);
}

void journeys_occasion_add(struct journeys_part_builder *b, struct journeys_occasion o)
{
        if (b->part.n == b->room) {
                size_t room = b->room ? b->room * 2 : 12;
                struct journeys_occasion *more = arena_array(b->a, struct journeys_occasion, room);
                for (size_t i = 0; i < b->part.n; i++)
                        more[i] = b->part.occasion[i];
                b->part.occasion = more;
                b->room = room;
        }
        b->part.occasion[b->part.n++] = o;
}

/* ---- readers ---- */

static struct journeys_addressee addressee_of(const struct journeys_due_people *p)
{
        const struct zone *z = zone_find(p->zone);

        return (struct journeys_addressee) {
                .due = {.person = p->person, .programme_mail = p->programme_mail, .sparing = p->structure == PACK_TOPICS},
                .email = p->email,
                .first_name = p->first_name, .last_name = p->last_name,
                .locale = locale_of(p->locale, LOCALE_EN),
                .zone = z ? z : zone_utc(), .mentor = text_is(p->role, "mentor")};
}

/* What they have said about reminders: kinds left out, how gathered, whose holidays, what is put off. */
static void add_wishes(struct arena *a, const struct journeys_facts *f, struct text zone, struct journeys_reader *r)
{
        struct text country = TEXT("");
        struct journeys_snoozed *off = arena_array(a, struct journeys_snoozed, f->snoozed.n + 1);

        for (size_t i = 0; i < f->wishes.n; i++) {
                if (f->wishes.row[i].person != r->person)
                        continue;
                r->without = journeys_letters_read(f->wishes.row[i].without);
                r->tempo = journeys_tempo_of(f->wishes.row[i].tempo);
                country = f->wishes.row[i].country;
        }
        for (size_t i = 0; i < f->snoozed.n; i++)
                if (f->snoozed.row[i].person == r->person)
                        off[r->n_snoozed++] = (struct journeys_snoozed) {f->snoozed.row[i].rule, f->snoozed.row[i].anchor,
                                                                         f->snoozed.row[i].until_day};
        r->snoozed = off;
        r->holidays = journeys_holidays_of(f->holidays, country, zone, f->cohort.zone);
}

/* rows: this person's parts in the cohort, at most one as mentor and one as mentee. */
static void add_parts(struct arena *a, const struct journeys_facts *f,
                      const struct journeys_due_people *rows, size_t n,
                      struct journeys_addressee *to)
{
        struct journeys_part *part = arena_array(a, struct journeys_part, n + f->pairs.n);

        for (size_t i = 0; i < n; i++)
                journeys_cohort_part(a, f, &rows[i], to->zone, i == 0, &part[to->due.n++]);
        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct journeys_due_pairs *p = &f->pairs.row[i];
                if (p->mentor == to->due.person || p->mentee == to->due.person)
                        journeys_pair_part(a, f, p, to->due.person, to->zone, &part[to->due.n++]);
        }
        for (size_t i = 0; n > 0 && i < to->due.n; i++)
                part[i].facts |= rows[0].structure == PACK_ALL ? PACK_FACT(PACK_FULL_GUIDANCE) : 0;
        to->due.part = part;
}

/* What a manager hears of counts from the pair's end if there is a pair. */
static int64_t end_day_of(const struct journeys_facts *f, int64_t person, bool mentor)
{
        for (size_t i = 0; i < f->pairs.n; i++)
                if (person == (mentor ? f->pairs.row[i].mentor : f->pairs.row[i].mentee))
                        return zone_day(f->cohort.zone, f->pairs.row[i].planned_end);
        return f->cohort.end_day;
}

/* Three dates, with a key of its own. */
static struct journeys_part *dates_part(struct arena *a, const struct journeys_facts *f,
                                        unsigned to, const char *what, int64_t id,
                                        int64_t end_day)
{
        struct journeys_part_builder b = {.a = a, .part = {.to = to,
                .facts = PACK_FACT(PACK_MANAGER_OPTED_IN)}};
        struct journeys_part *part = arena_new_of(a, struct journeys_part);

        journeys_occasion_add(&b, (struct journeys_occasion) {PACK_LAUNCH,
                .day = f->cohort.launch_day, .what = what, .id = id});
        if (f->cohort.launched_at.has) {
                journeys_occasion_add(&b, (struct journeys_occasion) {PACK_MID_GATHERING,
                        .day = f->mid_day, .what = what, .id = id});
                journeys_occasion_add(&b, (struct journeys_occasion) {PACK_PLANNED_END,
                        .day = end_day, .what = what, .id = id});
        }
        *part = b.part;
        return part;
}

/* A line manager has an address and no account: the letter is keyed by whom it is about. */
static void add_manager(struct arena *a, struct journeys_facts *f,
                        const struct journeys_due_people *p)
{
        bool mentor = text_is(p->role, "mentor");
        int64_t end = end_day_of(f, p->person, mentor);

        if (!p->manager_opted_in || text_empty(p->manager_email) ||
            !journeys_takes_part(p) ||
            !f->cohort.opened_at.has || journeys_cut_off(f, p))
                return;
        struct journeys_addressee *to = &f->reader[f->n++];
        *to = addressee_of(p);
        to->due = (struct journeys_reader) {
                .programme_mail = true, .n = 1,
                .part = dates_part(a, f, 1u << PACK_TO_MANAGER, "manager", p->id, end)};
        to->about = p->first_name;
        to->about_end = (struct opt) {true, end};
        to->email = p->manager_email;
        to->first_name = text_of(msg(to->locale, M_("colleague")));
        to->last_name = TEXT("");
}

static struct err add_sponsors(struct tx *tx, struct journeys_facts *f,
                               const struct journeys_due_sponsors_list *rows)
{
        struct arena *a = tx_arena(tx);

        for (size_t i = 0; i < rows->n && f->cohort.opened_at.has; i++) {
                const struct journeys_due_sponsors *s = &rows->row[i];
                const struct zone *z = zone_find(s->zone);
                f->reader[f->n++] = (struct journeys_addressee) {
                        .due = {.person = s->person, .programme_mail = s->programme_mail, .n = 1,
                                .part = dates_part(a, f, 1u << PACK_TO_SPONSOR, "cohort",
                                                   f->cohort.id, f->cohort.end_day)},
                        .email = s->email, .first_name = s->first_name, .last_name = s->last_name,
                        .locale = locale_of(s->locale, LOCALE_EN), .zone = z ? z : zone_utc()};
        }
        return OK;
}

/* ---- all of it ---- */

static struct err load_cohort(struct tx *tx, int64_t cohort, struct journeys_facts *f)
{
        struct people_person signs;
        struct journeys_due_mid mid;
        bool found;

        f->now = tx_now(tx);
        f->holidays = tx_app(tx)->holidays;
        TRY(programmes_cohort(tx, cohort, &f->cohort));
        TRY(people_get(tx, f->cohort.coordinator, &signs));
        f->coordinator = text_format(tx_arena(tx), "%s %s", text_c(tx_arena(tx), signs.first_name),
                                     text_c(tx_arena(tx), signs.last_name));
        TRY(journeys_due_mid(tx, cohort, &found, &mid));
        f->mid_day = found ? mid.day : pack_mid_day(f->cohort.pack, f->cohort.launch_day);
        TRY(recruiting_closes(tx, &f->cohort, &f->closes_day));
        return programmes_phases(tx, &f->cohort, &f->phases);
}

/* ---- what need not be looked up: most mornings bring nothing of the kind to most zones ---- */

static bool somebody_is(const struct journeys_facts *f, const char *state, const char *or_state)
{
        for (size_t i = 0; i < f->people.n; i++)
                if (text_is(f->people.row[i].state, state) ||
                    text_is(f->people.row[i].state, or_state))
                        return true;
        return false;
}

/* Questions are asked for a while from their day on: by then it matters who has answered. */
static bool is_asked(const struct journeys_facts *f, const struct journeys_due_pairs *p)
{
        struct pack_days days = journeys_pair_days(f, p);
        int64_t today = zone_day(f->cohort.zone, f->now);

        if (p->first_met_at.has && f->now - p->first_met_at.v < ASKED_DAYS * (int64_t)DAY_S)
                return true;
        for (size_t i = 0; i < f->cohort.pack->n_surveys; i++) {
                int64_t at = pack_day(f->cohort.pack->surveys[i].at, &days);
                if (today >= at - 1 && today <= at + ASKED_DAYS)
                        return true;
        }
        return false;
}

/* goal: no goal after the second conversation; then it matters when that was. */
struct wanted { bool goal, meeting, answer; };

static struct wanted wanted_of(const struct journeys_facts *f)
{
        struct wanted w = {0};

        for (size_t i = 0; i < f->pairs.n; i++) {
                const struct journeys_due_pairs *p = &f->pairs.row[i];
                w.goal |= p->n_goals == 0 && p->n_met >= 2 && p->n_met <= 8;
                w.meeting |= p->unsettled_at.has;
                w.answer |= is_asked(f, p);
        }
        return w;
}

static struct err load_rows(struct tx *tx, struct journeys_facts *f)
{
        int64_t id = f->cohort.id, now = f->now, today = zone_day(zone_utc(), now);

        TRY(journeys_due_people(tx, id, f->zone, &f->people));
        TRY(journeys_due_pairs(tx, id, f->zone, now, now - AFTER_END_DAYS * (int64_t)DAY_S,
                               &f->pairs));
        TRY(journeys_due_seats(tx, id, f->zone, now - SEATS_BACK_DAYS * (int64_t)DAY_S,
                               now + SEATS_AHEAD_DAYS * (int64_t)DAY_S, &f->seats));
        if (somebody_is(f, "accepted", "accepted"))
                TRY(journeys_due_modules(tx, id, f->zone, &f->modules));
        if (somebody_is(f, "accepted", "ready") || somebody_is(f, "waiting", "matched")) {
                TRY(journeys_due_proposals(tx, id, &f->proposals));
                TRY(journeys_due_rankings(tx, id, now, &f->rankings));
        }
        if (f->pairs.n == 0)
                return OK;
        struct wanted w = wanted_of(f);
        if (w.meeting)
                TRY(journeys_due_meetings(tx, id, now - MEETINGS_BACK_DAYS * (int64_t)DAY_S, now,
                                          &f->meetings));
        if (w.goal)
                TRY(journeys_due_nth(tx, id, now - MEETINGS_BACK_DAYS * (int64_t)DAY_S, &f->nth));
        TRY(journeys_due_goals(tx, id, today - GOALS_BACK_DAYS, today + GOALS_AHEAD_DAYS,
                               &f->goals));
        return !w.answer ? OK : journeys_due_answers(tx, id, f->zone,
                                                     now - ANSWERS_BACK_DAYS * (int64_t)DAY_S,
                                                     &f->answers);
}

struct err journeys_facts_load_staff(struct tx *tx, int64_t cohort, struct journeys_facts *f)
{
        *f = (struct journeys_facts) {0};
        TRY(load_cohort(tx, cohort, f));
        return journeys_due_pairs(tx, cohort, TEXT_ABSENT, f->now, f->now, &f->pairs);
}

struct err journeys_facts_load(struct tx *tx, int64_t cohort, struct text zone,
                               struct journeys_facts *f)
{
        struct journeys_due_sponsors_list sponsors;
        struct arena *a = tx_arena(tx);

        *f = (struct journeys_facts) {.zone = zone};
        TRY(load_cohort(tx, cohort, f));
        TRY(load_rows(tx, f));
        TRY(journeys_due_sponsors(tx, f->cohort.programme, zone, &sponsors));
        TRY(journeys_due_wishes(tx, cohort, zone, &f->wishes));
        TRY(journeys_due_snoozed(tx, cohort, zone, zone_day(f->cohort.zone, f->now) - SNOOZE_BACK_DAYS, &f->snoozed));
        f->reader = arena_array(a, struct journeys_addressee, 2 * f->people.n + sponsors.n);
        for (size_t i = 0, n; i < f->people.n; i += n) {
                struct journeys_addressee *to = &f->reader[f->n++];
                for (n = 1; i + n < f->people.n &&
                     f->people.row[i + n].person == f->people.row[i].person;)
                        n++;
                *to = addressee_of(&f->people.row[i]);
                add_wishes(a, f, f->people.row[i].zone, &to->due);
                add_parts(a, f, &f->people.row[i], n, to);
        }
        for (size_t i = 0; i < f->people.n; i++)
                add_manager(a, f, &f->people.row[i]);
        return add_sponsors(tx, f, &sponsors);
}
