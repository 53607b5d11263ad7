/* What comes next, on Today: facts collected, lines written. */
#include "care/care_view.h"

#include "care/care_next.h"
#include "gatherings/gatherings.h"
#include "html/format.h"
#include "journeys/journeys.h"
#include "matching/matching.h"
#include "recruiting/recruiting.h"

static bool has_place(const struct programmes_participant *p)
{
        return text_is(p->state, "accepted") || text_is(p->state, "ready") || text_is(p->state, "matched");
}

static bool seeks(const struct programmes_participant *p)
{
        return !p->mentor && (text_is(p->state, "accepted") || text_is(p->state, "ready"));
}

static struct err facts_of_people(struct tx *tx, const struct programmes_cohort *c, struct care_next_facts *f)
{
        struct programmes_participant_list people;
        struct journeys_rematch_list rematches;
        struct journeys_pair_list pairs;
        struct matching_counts counts;

        TRY(programmes_participants(tx, c->id, &people));
        TRY(journeys_pairs(tx, c->id, &pairs));
        TRY(matching_counts(tx, c->id, &counts));
        for (size_t i = 0; i < people.n; i++) {
                f->people += has_place(&people.row[i]);
                f->alone += seeks(&people.row[i]);
        }
        for (size_t i = 0; i < pairs.n; i++)
                f->open_pairs += !text_is(pairs.row[i].state, "closed");
        TRY(journeys_rematches(tx, c->id, &rematches));
        for (size_t i = 0; i < rematches.n; i++)
                f->rematch += rematches.row[i].now;
        f->pairs = (int64_t)pairs.n;
        f->drafts = counts.draft;
        f->proposals = counts.draft + counts.open + counts.accepted + counts.declined + counts.expired;
        int64_t waiting = counts.accepted > f->pairs ? counts.accepted - f->pairs : 0;
        f->alone -= counts.draft + counts.open + waiting;
        return OK;
}

static struct err facts_of(struct request *rq, const struct programmes_cohort *c, bool launch_ready, struct care_next_facts *f)
{
        struct programmes_phase_list phases;

        *f = (struct care_next_facts) {
                .opened = c->opened_at.has, .launched = c->launched_at.has, .closed = text_is(c->state, "closed"),
                .launch_ready = launch_ready, .today = zone_day(c->zone, rq->page.now), .launch_day = c->launch_day,
                .end_day = c->end_day, .train_day = c->launch_day, .match_day = c->launch_day};
        TRY(recruiting_waiting(rq->tx, c->id, &f->applications));
        TRY(programmes_phases(rq->tx, c, &phases));
        for (size_t i = 0; i < phases.n; i++) {
                if (text_is(phases.row[i].pack->key, "train"))
                        f->train_day = phases.row[i].from_day;
                if (text_is(phases.row[i].pack->key, "match"))
                        f->match_day = phases.row[i].from_day;
        }
        return facts_of_people(rq->tx, c, f);
}

static struct text day_in(struct request *rq, const char *english, int64_t day)
{
        return msg_with(rq->arena, rq->page.locale, english, "day", format_day_week(rq->arena, rq->page.locale, day), NULL);
}

/* A sentence: as it stands, with its {day}, or, with a number, said by say(). */
enum hole { NO_HOLE, N_APPLICATIONS, N_DRAFTS, N_ALONE, N_REMATCH, N_CLOSING, N_OVERDUE, TRAIN_DAY, MATCH_DAY, LAUNCH_DAY, END_DAY };

struct words { const char *english; enum hole hole; };

struct row { struct words title, why; const char *path, *button, *also_path, *also; };

enum { BEFORE_TRAINING = CARE_NEXTS, LAUNCH_NOW, ROWS };

static const struct row rows[ROWS] = {
        [CARE_NEXT_APPLICATIONS] = {{.hole = N_APPLICATIONS},
                {.english = M_("Each gets an answer from you; the program never decides.")}, .path = "/desk/applications", .button = M_("Read them")},
        [CARE_NEXT_PEOPLE] = {{.english = M_("Bring your people")},
                {.english = M_("Upload the list that you have, invite people by name, or pass on the address of the public page.")},
                .path = "/desk/people/import", .button = M_("Import a list"), .also_path = "/desk/applications/invite", .also = M_("Invite people")},
        [CARE_NEXT_DRAFTS] = {{.hole = N_DRAFTS},
                {.english = M_("Nobody knows of them before you send them.")}, .path = "/desk/matching", .button = M_("Read them")},
        [CARE_NEXT_ALONE] = {{.hole = N_ALONE},
                {.english = M_("Who can have a mentor now; for the others, which rule stands in the way and what would help.")},
                .path = "/desk/matching/left-out", .button = M_("See what would help")},
        [BEFORE_TRAINING] = {{M_("People begin to prepare on {day}"), TRAIN_DAY},
                {M_("The letter about it goes out by itself that morning. Pairs are proposed from {day} on."), MATCH_DAY},
                .path = "/desk/applications", .button = M_("Who else shall come?")},
        [CARE_NEXT_WAIT] = {{M_("Pairs are proposed from {day} on"), MATCH_DAY},
                {.english = M_("Until then everybody prepares; whoever has not begun is reminded twice, then stands on your list.")},
                .path = "/desk/training", .button = M_("Who has not begun?")},
        [CARE_NEXT_MATCH] = {{.english = M_("Propose pairs")},
                {M_("People have five days to answer, and a no needs another round: begin early enough before {day}."), LAUNCH_DAY},
                .path = "/desk/matching", .button = M_("To the matching")},
        [CARE_NEXT_LAUNCH] = {{.english = M_("Launch the cohort")},
                {M_("Everything is ready. The clocks of the pairs start on {day}, also if you launch sooner."), LAUNCH_DAY},
                .path = "/desk/cohort/gates", .button = M_("To the launch")},
        [LAUNCH_NOW] = {{.english = M_("Launch the cohort")}, {.english = M_("Everything is ready, and the day is here.")},
                .path = "/desk/cohort/gates", .button = M_("To the launch")},
        [CARE_NEXT_REMATCH] = {{.hole = N_REMATCH},
                {.english = M_("Their pair ended two weeks ago or more. If you know why, look for somebody new.")},
                .path = "/desk/closing", .button = M_("See who")},
        [CARE_NEXT_CLOSING] = {{.hole = N_CLOSING},
                {M_("Their five cards are open. The planned end is {day}."), END_DAY}, .path = "/desk/closing", .button = M_("See who has closed")},
        [CARE_NEXT_OVERDUE] = {{.hole = N_OVERDUE},
                {.english = M_("Their cards lie untouched for two weeks. Ring once more, then complete the ending on the pair's page.")},
                .path = "/desk/closing", .button = M_("Which ones")},
        [CARE_NEXT_REPORT] = {{.english = M_("Read the report, and pass it on")},
                {.english = M_("Every pair has its ending. The figures, the definitions and what success was to mean, on a page to print or send.")},
                .path = "/desk/figures/report", .button = M_("Open the report")},
        [CARE_NEXT_CLOSE] = {{.english = M_("Close the cohort")},
                {.english = M_("It moves to the past ones. The questions after half a year and the deletions go on as planned.")},
                .path = "/desk/cohort/close", .button = M_("Close it")},
};

static struct text say(struct request *rq, const struct care_next_facts *f, const struct words *w)
{
        struct arena *a = rq->arena;
        enum locale l = rq->page.locale;

        switch (w->hole) {
        case NO_HOLE: return text_of(msg(l, w->english));
        case N_APPLICATIONS: return msg_plural(a, l, f->applications, "One application to read", "{n} applications to read");
        case N_DRAFTS: return msg_plural(a, l, f->drafts, "One proposal to read and send", "{n} proposals to read and send");
        case N_ALONE: return msg_plural(a, l, f->alone, "One mentee has no partner", "{n} mentees have no partner");
        case N_REMATCH: return msg_plural(a, l, f->rematch, "One person would like another partner", "{n} people would like another partner");
        case N_CLOSING: return msg_plural(a, l, f->open_pairs, "One pair has not closed yet", "{n} pairs have not closed yet");
        case N_OVERDUE: return msg_plural(a, l, f->open_pairs, "Bring one pair to an end", "Bring {n} pairs to an end");
        case TRAIN_DAY: return day_in(rq, w->english, f->train_day);
        case MATCH_DAY: return day_in(rq, w->english, f->match_day);
        case LAUNCH_DAY: return day_in(rq, w->english, f->launch_day);
        case END_DAY: return day_in(rq, w->english, f->end_day);
        }
        must(!"a hole outside its enum");
}

/* Two steps read otherwise on one side of their day. */
static const struct row *row_of(const struct care_next_facts *f, enum care_next step)
{
        if (step == CARE_NEXT_WAIT && f->today < f->train_day)
                return &rows[BEFORE_TRAINING];
        if (step == CARE_NEXT_LAUNCH && f->today >= f->launch_day)
                return &rows[LAUNCH_NOW];
        return &rows[step];
}

static struct care_next_line line_of(struct request *rq, const struct care_next_facts *f, enum care_next step)
{
        const struct row *r = row_of(f, step);

        return (struct care_next_line) {
                .title = say(rq, f, &r->title), .why = say(rq, f, &r->why), .path = text_of(r->path), .button = r->button,
                .also_path = r->also_path ? text_of(r->also_path) : TEXT_ABSENT, .also = r->also};
}

/* Sittings first: they have an hour. */
static struct err add_sittings(struct request *rq, const struct programmes_cohort *c, struct care_next_line_list *out)
{
        struct gatherings_due_list due;

        TRY(gatherings_due(rq->tx, c, (int)rq->page.locale, &due));
        out->row = arena_array(rq->arena, struct care_next_line, due.n + CARE_NEXTS);
        for (size_t i = 0; i < due.n; i++) {
                const struct gatherings_due *d = &due.row[i];
                struct text path = text_format(rq->arena, "/desk/gatherings/%lld/%lld", (long long)d->gathering, (long long)d->sitting);
                struct text at = format_moment(rq->arena, rq->page.locale, rq->page.zone, d->starts_at);
                out->row[out->n++] = (struct care_next_line) {
                        .title = d->over ? msg_with(rq->arena, rq->page.locale, "Who came: {title}?", "title", d->title, NULL) : d->title,
                        .why = d->over ? msg_with(rq->arena, rq->page.locale,
                                                  "It was on {at}. Until somebody is ticked, nobody gets a letter about it and nobody counts as absent.",
                                                  "at", at, NULL)
                                : msg_with(rq->arena, rq->page.locale, "{at}, {n} people", "at", at, "n",
                                           format_count(rq->arena, rq->page.locale, d->seats), NULL),
                        .path = path, .button = d->over ? M_("Tick who came") : M_("To the sitting")};
        }
        return OK;
}

struct err care_next_fill(struct request *rq, const struct programmes_cohort *c, bool launch_ready, struct care_next_line_list *out)
{
        struct care_next_facts f;
        struct care_nexts steps;

        *out = (struct care_next_line_list) {0};
        TRY(add_sittings(rq, c, out));
        TRY(facts_of(rq, c, launch_ready, &f));
        care_decide_next(&f, &steps);
        for (size_t i = 0; i < steps.n; i++)
                out->row[out->n++] = line_of(rq, &f, steps.of[i]);
        return OK;
}
