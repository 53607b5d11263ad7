/*
 * The rules of when a letter is due, on plain facts and the pack that ships: no database, no clock.
 */
#include "journeys/journeys_due.h"

#include "os/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena *arena;
static const struct pack *pack;
static int64_t monday;                  /* 2 November 2026 */

static int set_up(void **state)
{
        const struct packs *packs;

        (void)state;
        arena = arena_new((size_t)64 << 20);
        if (failed(packs_load(arena, NULL, &packs)))
                return -1;
        pack = packs_find(packs, TEXT("nine-months"));
        monday = day_of(2026, 11, 2);
        return pack ? 0 : -1;
}

static int tear_down(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

/* ---- a stage: one reader with one part ---- */

enum { MOST = 400 };

struct stage {
        struct journeys_occasion occasion[24];
        struct journeys_part part;
        struct journeys_reader reader;
        struct journeys_sent_key sent[MOST];
        int64_t sent_day[MOST];
        bool programme[MOST];
};

static struct stage *stage_new(enum pack_to to, uint64_t facts)
{
        struct stage *s = arena_new_of(arena, struct stage);

        s->part = (struct journeys_part) {.to = 1u << to, .facts = facts, .occasion = s->occasion};
        s->reader = (struct journeys_reader) {.person = 7, .programme_mail = true, .n = 1,
                                              .part = &s->part, .sent = s->sent};
        return s;
}

static struct journeys_occasion *at(struct stage *s, enum pack_anchor anchor, int64_t day)
{
        struct journeys_occasion *o = &s->occasion[s->part.n++];

        *o = (struct journeys_occasion) {.anchor = anchor, .day = day, .what = "pair", .id = 5,
                                         .kind = PACK_PREPARE};
        return o;
}

/* The fate of a text on a day: -1 when the plan does not speak of it. */
static int fate_of(struct stage *s, const char *text, int64_t day)
{
        struct journeys_due_list due;

        journeys_due_plan(arena, pack, &s->reader, day, &due);
        for (size_t i = 0; i < due.n; i++)
                if (text_is(due.row[i].send->text, text))
                        return (int)due.row[i].fate;
        return -1;
}

static void note(struct stage *s, const struct journeys_due *d, int64_t day)
{
        size_t n = s->reader.n_sent++;

        assert_true(n < MOST);
        s->sent[n] = (struct journeys_sent_key) {d->send->text,
                                                 journeys_due_key_of(arena, d)};
        s->sent_day[n] = day;
        s->programme[n] = d->fate == DUE_SEND && d->send->class == PACK_PROGRAMME;
}

/* Seven days, both ends counted, as it is in seconds at the same time of day. */
static int recent(const struct stage *s, int64_t day)
{
        int n = 0;

        for (size_t i = 0; i < s->reader.n_sent; i++)
                n += s->programme[i] && s->sent_day[i] >= day - 7;
        return n;
}

/* One morning as the engine has it. */
static int live_day(struct stage *s, int64_t day)
{
        struct journeys_due_list due;
        int sent = 0;

        s->reader.recent = recent(s, day);
        journeys_due_plan(arena, pack, &s->reader, day, &due);
        for (size_t i = 0; i < due.n; i++) {
                if (due.row[i].fate == DUE_WAIT)
                        continue;
                note(s, &due.row[i], day);
                sent += due.row[i].fate == DUE_SEND;
        }
        return sent;
}

/* ---- days ---- */

static void working_days(void **state)
{
        static const struct { int day, next; } of[] = {{2, 2}, {6, 6}, {7, 9}, {8, 9}, {9, 9}};

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                assert_int_equal(journeys_next_working_day(day_of(2026, 11, of[i].day)),
                                 day_of(2026, 11, of[i].next));
}

static void a_weekend_moves_to_monday(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);

        (void)state;
        /* R14 after five days: a Saturday */
        at(s, PACK_CLOCK_START, monday);
        assert_int_equal(fate_of(s, "R14", monday + 4), -1);
        assert_int_equal(fate_of(s, "R14", monday + 5), -1);    /* Saturday itself */
        assert_int_equal(fate_of(s, "R14", monday + 6), -1);    /* Sunday */
        assert_int_equal(fate_of(s, "R14", monday + 7), DUE_SEND);
}

static void but_not_past_its_occasion(void **state)
{
        struct stage *s = stage_new(PACK_TO_COORDINATOR, 0);

        (void)state;
        /* R06 two days before: a Saturday, and Monday is the gate */
        at(s, PACK_TRAINING_GATE, monday + 7);
        assert_int_equal(fate_of(s, "R06", monday + 3), -1);
        assert_int_equal(fate_of(s, "R06", monday + 4), DUE_SEND);
        assert_int_equal(fate_of(s, "R06", monday + 7), DUE_DROP);
}

static void half_past_nine_everywhere(void **state)
{
        static const struct {
                const char *zone;
                int year, month, day;
                int64_t utc_minutes;
        } of[] = {
                /* spring forward between */
                {"Europe/Lisbon", 2026, 3, 27, 570}, {"Europe/Lisbon", 2026, 3, 30, 510},
                {"America/New_York", 2026, 10, 30, 810}, {"America/New_York", 2026, 11, 2, 870},
                {"Asia/Kathmandu", 2026, 6, 1, 225}, {"Australia/Lord_Howe", 2026, 1, 5, -90},
                {"Pacific/Auckland", 2026, 1, 5, -210}, {"Asia/Karachi", 2026, 6, 1, 270}};

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                int64_t day = day_of(of[i].year, of[i].month, of[i].day);
                int64_t t = zone_at(zone_find(text_of(of[i].zone)), day, JOURNEYS_DUE_HOUR,
                                    JOURNEYS_DUE_MINUTE);
                assert_int_equal(t, day * 86400 + of[i].utc_minutes * 60);
        }
}

/* ---- conditions ---- */

static void stops_when_done(void **state)
{
        static const struct {
                enum pack_to to;
                enum pack_anchor anchor;
                const char *text;
                int after;
                enum pack_fact stop;
        } of[] = {
                {PACK_TO_INVITED_MENTOR, PACK_RECRUIT_OPEN, "R01", 0, PACK_APPLIED},
                {PACK_TO_INVITED_MENTEE, PACK_RECRUIT_OPEN, "R02-2", 10, PACK_DECLINED_INVITATION},
                {PACK_TO_APPLICANT, PACK_DRAFT_STARTED, "R03", 3, PACK_SUBMITTED},
                {PACK_TO_BOTH, PACK_TRAINING_ASSIGNED, "R05", 0, PACK_CORE_COMPLETE},
                {PACK_TO_BOTH, PACK_PROPOSAL, "R08-2", 2, PACK_ANSWERED},
                {PACK_TO_MENTEE, PACK_ACTIVATION, "R11", 2, PACK_FIRST_MESSAGE_SENT},
                {PACK_TO_MENTEE, PACK_CLOCK_START, "R14", 7, PACK_MEETING_BOOKED},
                {PACK_TO_MENTOR, PACK_CLOCK_START, "R15", 8, PACK_MET},
                {PACK_TO_BOTH, PACK_MEETING, "R18-2", 1, PACK_MEETING_LOGGED},
                {PACK_TO_BOTH, PACK_FIRST_MEETING, "R19", 2, PACK_PULSE_ANSWERED},
                {PACK_TO_BOTH, PACK_CLOCK_START, "R20", 14, PACK_AGREEMENT_SIGNED},
                {PACK_TO_MENTEE, PACK_SECOND_MEETING, "R21", 2, PACK_GOAL_SET},
                {PACK_TO_BOTH, PACK_RHYTHM_SOON, "R22", 0, PACK_MEETING_BOOKED},
                {PACK_TO_BOTH, PACK_RHYTHM_BROKEN, "R23", 0, PACK_MEETING_BOOKED},
                {PACK_TO_BOTH, PACK_WAVE_PULSE, "R26", 0, PACK_PULSE_ANSWERED},
                {PACK_TO_BOTH, PACK_SURVEY_MID, "R27", 0, PACK_MID_ANSWERED},
                {PACK_TO_BOTH, PACK_MID_GATHERING, "R28", 7, PACK_REVIEW_LOGGED},
                {PACK_TO_GOAL_OWNER, PACK_GOAL_DATE, "R29-due", 1, PACK_GOAL_CLOSED},
                {PACK_TO_BOTH, PACK_PLANNED_END, "R35", 182, PACK_FOLLOWUP_ANSWERED},
                {PACK_TO_COORDINATOR, PACK_CLOCK_START, "R16", 14, PACK_MET},
                {PACK_TO_COORDINATOR, PACK_TICKET, "R39", 1, PACK_TICKET_ANSWERED},
                {PACK_TO_DEPUTY, PACK_TICKET, "R39-deputy", 1, PACK_TICKET_ANSWERED}};

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                struct stage *open = stage_new(of[i].to, 0);
                struct stage *done = stage_new(of[i].to, PACK_FACT(of[i].stop));
                at(open, of[i].anchor, monday);
                at(done, of[i].anchor, monday);
                assert_int_equal(fate_of(open, of[i].text,
                                         journeys_next_working_day(monday + of[i].after)),
                                         DUE_SEND);
                assert_int_equal(fate_of(done, of[i].text,
                                         journeys_next_working_day(monday + of[i].after)), -1);
        }
}

static void only_if_holds(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);
        struct journeys_occasion *o = at(s, PACK_AT_GATHERING, monday);

        (void)state;
        assert_int_equal(fate_of(s, "R13-attended", monday + 1), -1);
        o->facts = PACK_FACT(PACK_ATTENDED);
        assert_int_equal(fate_of(s, "R13-attended", monday + 1), DUE_SEND);
        assert_int_equal(fate_of(s, "R13-missed", monday + 2), -1);
        o->facts = PACK_FACT(PACK_MISSED);
        assert_int_equal(fate_of(s, "R13-missed", monday + 2), DUE_SEND);
}

static void silence_and_refusal(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_RHYTHM_BROKEN, monday);
        at(s, PACK_AT_GATHERING, monday + 21);
        assert_int_equal(fate_of(s, "R23", monday), DUE_SEND);
        /* unsubscribed: programme letters stop, invitations go on */
        s->reader.programme_mail = false;
        assert_int_equal(fate_of(s, "R23", monday), -1);
        assert_int_equal(fate_of(s, "R12-invite", monday), DUE_SEND);
        /* paused or ended early: nothing at all */
        s->part.life = PART_SILENT;
        assert_int_equal(fate_of(s, "R12-invite", monday), -1);
}

static void after_the_end(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_PLANNED_END, monday);
        at(s, PACK_SURVEY_END, monday);
        at(s, PACK_RHYTHM_BROKEN, monday)->turn = 9;
        s->part.life = PART_OVER;
        assert_int_equal(fate_of(s, "R23", monday), -1);
        assert_int_equal(fate_of(s, "R32", monday), DUE_SEND);
        assert_int_equal(fate_of(s, "R33", monday + 14), DUE_SEND);
        assert_int_equal(fate_of(s, "R35", monday + 182), DUE_SEND);
        assert_int_equal(fate_of(s, "R30", monday - 42), -1);
        s->part.life = PART_LIVE;
        assert_int_equal(fate_of(s, "R30", monday - 42), DUE_SEND);
}

/* ---- once ---- */

static void never_twice_and_dates_move(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);
        struct journeys_occasion *o = at(s, PACK_CLOCK_START, monday);

        (void)state;
        assert_int_equal(live_day(s, monday + 7), 1);           /* R14 */
        /* the same morning once more, after a restart */
        assert_int_equal(live_day(s, monday + 7), 0);
        /* the start moves: R14 stays sent */
        o->day = monday + 3;
        for (int64_t day = monday + 7; day < monday + 30; day++)
                assert_int_equal(fate_of(s, "R14", day), -1);
}

static void a_new_round_is_new(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);
        struct journeys_occasion *o = at(s, PACK_RHYTHM_SOON, monday);

        (void)state;
        o->turn = monday - 16;                                  /* the day of the last contact */
        assert_int_equal(live_day(s, monday), 1);
        assert_int_equal(live_day(s, monday + 1), 0);
        /* they spoke: another round, with a key of its own */
        o->day = monday + 28;
        o->turn = monday + 12;
        assert_int_equal(live_day(s, monday + 28), 1);
}

static void keys(void **state)
{
        struct journeys_occasion o = {.what = "meeting", .id = 12};

        (void)state;
        assert_true(text_is(journeys_due_key(arena, &o), "meeting:12"));
        o.turn = 3;
        assert_true(text_is(journeys_due_key(arena, &o), "meeting:12:3"));
}

/* ---- too many, too late ---- */

static void most_important_first(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_WAVE_PULSE, monday);                         /* R26: a question */
        at(s, PACK_RHYTHM_BROKEN, monday)->turn = 1;            /* R23: rhythm */
        at(s, PACK_TRAINING_ASSIGNED, monday);                  /* R05: gate */
        at(s, PACK_CLOCK_START, monday - 14);                   /* R20: first steps */
        assert_int_equal(fate_of(s, "R05", monday), DUE_SEND);
        assert_int_equal(fate_of(s, "R23", monday), DUE_SEND);
        assert_int_equal(fate_of(s, "R20", monday), DUE_WAIT);
        assert_int_equal(fate_of(s, "R26", monday), DUE_WAIT);
}

static void the_week_rolls(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_TRAINING_ASSIGNED, monday);
        at(s, PACK_RHYTHM_BROKEN, monday)->turn = 1;
        at(s, PACK_WAVE_PULSE, monday);
        assert_int_equal(live_day(s, monday), 2);
        /* a week later both ends still count */
        for (int d = 1; d <= 7; d++)
                assert_int_equal(live_day(s, monday + d), 0);
        assert_int_equal(live_day(s, monday + 8), 2);
}

static void waits_and_is_dropped(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_MID_GATHERING, monday - 7);                  /* R28 today */
        s->reader.recent = 2;
        for (int d = 0; d <= 4; d++)
                assert_int_equal(fate_of(s, "R28", monday + d), DUE_WAIT);
        assert_int_equal(fate_of(s, "R28", monday + 7), DUE_WAIT);
        assert_int_equal(fate_of(s, "R28", monday + 8), DUE_DROP);
        assert_int_equal(fate_of(s, "R28", monday + 15), -1);
}

static void before_is_not_said_after(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_AT_GATHERING, monday + 9);                   /* a Wednesday */
        s->reader.recent = 2;
        assert_int_equal(fate_of(s, "R12-week", monday + 2), DUE_WAIT);
        assert_int_equal(fate_of(s, "R12-week", monday + 8), DUE_WAIT);
        s->reader.recent = 0;
        assert_int_equal(fate_of(s, "R12-week", monday + 9), DUE_DROP);
}

static void later_takes_the_place(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_WAVE_PULSE, monday - 4);                     /* R26 has waited; R26-2 is due */
        assert_int_equal(fate_of(s, "R26", monday), DUE_DROP);
        assert_int_equal(fate_of(s, "R26-2", monday), DUE_SEND);
        s = stage_new(PACK_TO_BOTH, 0);
        at(s, PACK_RHYTHM_SOON, monday - 1)->turn = 4;
        at(s, PACK_RHYTHM_BROKEN, monday)->turn = 4;
        assert_int_equal(fate_of(s, "R22", monday), DUE_DROP);
        assert_int_equal(fate_of(s, "R23", monday), DUE_SEND);
        /* two gatherings do not replace each other */
        s = stage_new(PACK_TO_BOTH, 0);
        at(s, PACK_AT_GATHERING, monday + 7)->facts = PACK_FACT(PACK_REGISTERED);
        at(s, PACK_AT_GATHERING, monday + 21)->id = 6;
        assert_int_equal(fate_of(s, "R12-week", monday), DUE_SEND);
        assert_int_equal(fate_of(s, "R12-invite", monday), DUE_SEND);
}

static void events_hang_on_moments(void **state)
{
        static const struct { const char *text; bool by_day; } of[] = {
                {"R01", true}, {"R02", true}, {"R12-invite", true}, {"R12-week", true},
                {"R12-day", false}, {"R12-hour", false},
                {"R17-day", false}, {"R17-hour", false}, {"R18", false}, {"R18-2", true},
                {"R08", false}, {"R10", false},
                {"R04-accepted", false}, {"R16", true}};
        const struct pack_reminder *r = NULL;

        (void)state;
        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
                const struct pack_send *s = pack_send(pack, text_of(of[i].text), &r);
                assert_non_null(s);
                assert_int_equal(journeys_due_by_day(r, s), of[i].by_day);
        }
        assert_int_equal(journeys_due_moment(pack_send(pack, TEXT("R17-hour"), NULL), 100000,
                                             102700), 96400);
        assert_int_equal(journeys_due_moment(pack_send(pack, TEXT("R18"), NULL), 100000, 102700),
                         106300);
}

/* ---- a life ---- */

/* Every anchor of a pair at once, nothing ever done: a year and a half of mornings. */
static struct stage *neglected(void)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        s->part.to |= 1u << PACK_TO_MENTEE | 1u << PACK_TO_GOAL_OWNER;
        at(s, PACK_TRAINING_ASSIGNED, monday - 42);
        at(s, PACK_TRAINING_GATE, monday - 7);
        at(s, PACK_ACTIVATION, monday - 20);
        at(s, PACK_CLOCK_START, monday);
        at(s, PACK_FIRST_MEETING, monday + 30);
        at(s, PACK_SECOND_MEETING, monday + 33);
        at(s, PACK_THIRD_MEETING, monday + 36);
        at(s, PACK_RHYTHM_SOON, monday + 50)->turn = 3;
        at(s, PACK_RHYTHM_BROKEN, monday + 57)->turn = 3;
        at(s, PACK_WAVE_PULSE, monday + 42);
        at(s, PACK_SURVEY_MID, monday + 131);
        at(s, PACK_MID_GATHERING, monday + 131);
        at(s, PACK_PHASE_CHANGE, monday + 56);
        at(s, PACK_PLANNED_END, monday + 273);
        at(s, PACK_SURVEY_END, monday + 273);
        at(s, PACK_AT_GATHERING, monday + 1);
        at(s, PACK_AT_GATHERING, monday + 28)->id = 6;
        at(s, PACK_GOAL_DATE, monday + 57);
        return s;
}

static void a_life_keeps_every_promise(void **state)
{
        struct stage *s = neglected();
        int total = 0;

        (void)state;
        for (int64_t day = monday - 60; day < monday + 500; day++) {
                size_t before = s->reader.n_sent;
                total += live_day(s, day);
                if (!journeys_working_day(day))
                        assert_int_equal(s->reader.n_sent, before);
                assert_true(recent(s, day) <= JOURNEYS_DUE_MOST);
        }
        for (size_t i = 0; i < s->reader.n_sent; i++)
                for (size_t k = 0; k < i; k++)
                        assert_false(text_equal(s->sent[i].rule, s->sent[k].rule) &&
                                     text_equal(s->sent[i].anchor, s->sent[k].anchor));
        assert_in_range(total, 25, 45);
}

/* ---- what a person wants ---- */

static void holidays_move_to_the_next_working_day(void **state)
{
        struct holidays h = {0};
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);
        int64_t good_friday = day_of(2027, 3, 26);

        (void)state;
        assert_false(failed(holidays_load(arena, NULL, &h)));
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        at(s, PACK_RHYTHM_SOON, good_friday);
        assert_int_equal(fate_of(s, "R22", good_friday), DUE_SEND);
        s->reader.holidays = holidays_find(&h, TEXT("DE"));
        assert_int_equal(fate_of(s, "R22", good_friday), -1);
        assert_int_equal(fate_of(s, "R22", good_friday + 3), -1);       /* Easter Monday */
        assert_int_equal(fate_of(s, "R22", good_friday + 4), DUE_SEND);
}

static void kinds_can_be_left_out_but_not_what_a_gate_hangs_on(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);

        (void)state;
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        at(s, PACK_RHYTHM_SOON, monday);
        at(s, PACK_PLANNED_END, monday + 42);
        s->reader.without = ~0u;
        assert_int_equal(fate_of(s, "R22", monday), -1);
        assert_int_equal(fate_of(s, "R30", monday), DUE_SEND);
        s->reader.without = ~(1u << LETTER_RHYTHM);
        assert_int_equal(fate_of(s, "R22", monday), DUE_SEND);
}

static void little_guidance_spaces_what_may_be_left_out(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        at(s, PACK_WAVE_PULSE, monday);
        assert_int_equal(fate_of(s, "R26", monday), DUE_SEND);
        s->reader.recent = 1;
        assert_int_equal(fate_of(s, "R26", monday), DUE_SEND);          /* two in seven days */
        s->reader.sparing = true;
        assert_int_equal(fate_of(s, "R26", monday), DUE_WAIT);          /* one in seven */
        s->reader.recent = 0;
        assert_int_equal(fate_of(s, "R26", monday), DUE_SEND);
}

static void little_guidance_never_holds_back_what_counts(void **state)
{
        struct stage *s = stage_new(PACK_TO_BOTH, 0);

        (void)state;
        s->reader.sparing = true;
        s->reader.recent = 1;
        at(s, PACK_PLANNED_END, monday + 42);                           /* the wind-down */
        assert_int_equal(fate_of(s, "R30", monday), DUE_SEND);
        s->part.n = 0;
        at(s, PACK_RHYTHM_BROKEN, monday);
        assert_int_equal(fate_of(s, "R23", monday), DUE_SEND);
        s->part.n = 0;
        at(s, PACK_AT_GATHERING, monday + 21);                          /* the invitation: an event */
        assert_int_equal(fate_of(s, "R12-invite", monday), DUE_SEND);
}

static void full_guidance_gets_letters_between(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);

        (void)state;
        at(s, PACK_ACTIVATION, monday - 5);
        assert_int_equal(fate_of(s, "R11-full", monday), -1);           /* the standard has R11 alone */
        s->part.facts = PACK_FACT(PACK_FULL_GUIDANCE);
        assert_int_equal(fate_of(s, "R11-full", monday), DUE_SEND);
        s->reader.recent = 2;                                           /* and never more than two in seven days */
        assert_int_equal(fate_of(s, "R11-full", monday), DUE_WAIT);
        s->reader.recent = 0;
        s->part.facts |= PACK_FACT(PACK_FIRST_MESSAGE_SENT);
        assert_int_equal(fate_of(s, "R11-full", monday), -1);
}

/* What a gate, a decision, a date or the ending hangs on is the same for everybody. */
static void no_milestone_hangs_on_guidance(void **state)
{
        int found = 0;

        (void)state;
        for (size_t i = 0; i < pack->n_reminders; i++)
                for (size_t k = 0; k < pack->reminders[i].n_sends; k++) {
                        if (!(pack->reminders[i].sends[k].only_if & PACK_FACT(PACK_FULL_GUIDANCE)))
                                continue;
                        found++;
                        assert_int_not_equal(journeys_letter_of(pack->reminders[i].anchor), LETTER_KEPT);
                        assert_int_equal(pack->reminders[i].sends[k].class, PACK_PROGRAMME);
                }
        assert_true(found > 0);
}

static void gathered_letters_are_one_of_the_week(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);
        struct journeys_due_list due;
        size_t gathered = 0, waiting = 0;

        (void)state;
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        s->part.facts = PACK_FACT(PACK_MET);
        at(s, PACK_RHYTHM_SOON, monday);
        at(s, PACK_WAVE_PULSE, monday);
        at(s, PACK_SURVEY_MID, monday);
        s->reader.recent = 1;
        journeys_due_plan(arena, pack, &s->reader, monday, &due);
        for (size_t i = 0; i < due.n; i++)
                waiting += due.row[i].fate == DUE_WAIT;
        assert_int_equal(waiting, 2);
        s->reader.tempo = TEMPO_DAILY;
        journeys_due_plan(arena, pack, &s->reader, monday, &due);
        for (size_t i = 0; i < due.n; i++)
                gathered += due.row[i].gathered && due.row[i].fate == DUE_SEND;
        assert_int_equal(gathered, 3);
        s->reader.recent = 2;
        journeys_due_plan(arena, pack, &s->reader, monday, &due);
        for (size_t i = 0; i < due.n; i++)
                assert_int_equal(due.row[i].fate, DUE_WAIT);
}

static void weekly_waits_for_the_first_working_day(void **state)
{
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);

        (void)state;
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        s->reader.tempo = TEMPO_WEEKLY;
        at(s, PACK_RHYTHM_SOON, monday + 1);
        assert_int_equal(fate_of(s, "R22", monday + 1), DUE_WAIT);
        assert_int_equal(fate_of(s, "R22", monday + 4), DUE_WAIT);
        assert_int_equal(fate_of(s, "R22", monday + 7), DUE_SEND);
        s = stage_new(PACK_TO_MENTEE, 0);
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        s->reader.tempo = TEMPO_WEEKLY;
        at(s, PACK_PHASE_CHANGE, monday + 8)->what = "phase";           /* R25, a week before: on Tuesday */
        assert_int_equal(fate_of(s, "R25", monday + 1), DUE_WAIT);
        assert_int_equal(fate_of(s, "R25", monday + 7), DUE_SEND);
        s->occasion[0].day = monday + 10;                               /* on Thursday: said on Monday it is still news */
        assert_int_equal(fate_of(s, "R25", monday + 3), DUE_WAIT);
}

static void what_is_put_off_comes_again_once(void **state)
{
        struct journeys_snoozed off = {TEXT("R22"), TEXT("pair:5"), monday + 9};
        struct stage *s = stage_new(PACK_TO_MENTEE, 0);

        (void)state;
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        at(s, PACK_RHYTHM_SOON, monday);
        assert_int_equal(live_day(s, monday), 1);
        s->reader.snoozed = &off;
        s->reader.n_snoozed = 1;
        assert_int_equal(fate_of(s, "R22", monday + 8), -1);
        assert_int_equal(fate_of(s, "R22", monday + 9), DUE_SEND);
        assert_int_equal(live_day(s, monday + 9), 1);
        assert_string_equal(text_c(arena, s->sent[s->reader.n_sent - 1].anchor), text_format(arena, "pair:5:again:%lld", (long long)monday + 9).p);
        assert_int_equal(live_day(s, monday + 10), 0);
        s = stage_new(PACK_TO_MENTEE, 0);
        s->part.to = 1u << PACK_TO_BOTH | 1u << PACK_TO_MENTEE;
        off = (struct journeys_snoozed) {TEXT(""), TEXT(""), monday + 3};       /* everything that may wait */
        at(s, PACK_RHYTHM_SOON, monday);
        s->reader.snoozed = &off;
        s->reader.n_snoozed = 1;
        assert_int_equal(fate_of(s, "R22", monday), -1);
        assert_int_equal(fate_of(s, "R22", monday + 3), DUE_SEND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(working_days), cmocka_unit_test(a_weekend_moves_to_monday),
                cmocka_unit_test(but_not_past_its_occasion),
                cmocka_unit_test(half_past_nine_everywhere), cmocka_unit_test(stops_when_done),
                cmocka_unit_test(only_if_holds),
                cmocka_unit_test(silence_and_refusal), cmocka_unit_test(after_the_end),
                cmocka_unit_test(never_twice_and_dates_move),
                cmocka_unit_test(a_new_round_is_new), cmocka_unit_test(keys),
                cmocka_unit_test(most_important_first),
                cmocka_unit_test(the_week_rolls), cmocka_unit_test(waits_and_is_dropped),
                cmocka_unit_test(before_is_not_said_after),
                cmocka_unit_test(later_takes_the_place), cmocka_unit_test(events_hang_on_moments),
                cmocka_unit_test(holidays_move_to_the_next_working_day),
                cmocka_unit_test(little_guidance_spaces_what_may_be_left_out),
                cmocka_unit_test(little_guidance_never_holds_back_what_counts),
                cmocka_unit_test(full_guidance_gets_letters_between), cmocka_unit_test(no_milestone_hangs_on_guidance),
                cmocka_unit_test(kinds_can_be_left_out_but_not_what_a_gate_hangs_on),
                cmocka_unit_test(gathered_letters_are_one_of_the_week),
                cmocka_unit_test(weekly_waits_for_the_first_working_day),
                cmocka_unit_test(what_is_put_off_comes_again_once),
                cmocka_unit_test(a_life_keeps_every_promise),
        };

        return cmocka_run_group_tests_name("journeys_due", tests, set_up, tear_down);
}
