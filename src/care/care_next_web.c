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

static struct text said(struct request *rq, const char *english)
{
        return text_of(msg(rq->page.locale, english));
}

/* Before people prepare, and while they do. */
static struct care_next_line waiting(struct request *rq, const struct care_next_facts *f)
{
        if (f->today < f->train_day)
                return (struct care_next_line) {
                        .title = day_in(rq, M_("People begin to prepare on {day}"), f->train_day),
                        .why = day_in(rq, M_("The letter about it goes out by itself that morning. Pairs are proposed from {day} on."), f->match_day),
                        .path = text_of("/desk/applications"), .button = M_("Who else shall come?")};
        return (struct care_next_line) {
                .title = day_in(rq, M_("Pairs are proposed from {day} on"), f->match_day),
                .why = said(rq, M_("Until then everybody prepares; whoever has not begun is reminded twice, then stands on your list.")),
                .path = text_of("/desk/training"), .button = M_("Who has not begun?")};
}

static struct care_next_line line_of(struct request *rq, const struct care_next_facts *f, enum care_next step)
{
        enum locale l = rq->page.locale;

        switch (step) {
        case CARE_NEXT_APPLICATIONS:
                return (struct care_next_line) {
                        .title = msg_plural(rq->arena, l, f->applications, "One application to read", "{n} applications to read"),
                        .why = said(rq, M_("Each gets an answer from you; the program never decides.")),
                        .path = text_of("/desk/applications"), .button = M_("Read them")};
        case CARE_NEXT_PEOPLE:
                return (struct care_next_line) {
                        .title = said(rq, M_("Bring your people")),
                        .why = said(rq, M_("Upload the list that you have, invite people by name, or pass on the address of the public page.")),
                        .path = text_of("/desk/people/import"), .button = M_("Import a list"),
                        .also_path = text_of("/desk/applications/invite"), .also = M_("Invite people")};
        case CARE_NEXT_DRAFTS:
                return (struct care_next_line) {
                        .title = msg_plural(rq->arena, l, f->drafts, "One proposal to read and send", "{n} proposals to read and send"),
                        .why = said(rq, M_("Nobody knows of them before you send them.")),
                        .path = text_of("/desk/matching"), .button = M_("Read them")};
        case CARE_NEXT_ALONE:
                return (struct care_next_line) {
                        .title = msg_plural(rq->arena, l, f->alone, "One mentee has no partner", "{n} mentees have no partner"),
                        .why = said(rq, M_("Which rule stands in the way, and the smallest remedies.")),
                        .path = text_of("/desk/matching/left-out"), .button = M_("See what would help")};
        case CARE_NEXT_WAIT: return waiting(rq, f);
        case CARE_NEXT_MATCH:
                return (struct care_next_line) {
                        .title = said(rq, M_("Propose pairs")),
                        .why = day_in(rq, M_("People have five days to answer, and a no needs another round: begin early enough before {day}."), f->launch_day),
                        .path = text_of("/desk/matching"), .button = M_("To the matching")};
        case CARE_NEXT_LAUNCH:
                return (struct care_next_line) {
                        .title = said(rq, M_("Launch the cohort")),
                        .why = f->today < f->launch_day
                                ? day_in(rq, M_("Everything is ready. The clocks of the pairs start on {day}, also if you launch sooner."), f->launch_day)
                                : said(rq, M_("Everything is ready, and the day is here.")),
                        .path = text_of("/desk/cohort/gates"), .button = M_("To the launch")};
        case CARE_NEXT_CLOSING:
                return (struct care_next_line) {
                        .title = msg_plural(rq->arena, l, f->open_pairs, "One pair has not closed yet", "{n} pairs have not closed yet"),
                        .why = day_in(rq, M_("Their five cards are open. The planned end is {day}."), f->end_day),
                        .path = text_of("/desk/closing"), .button = M_("See who has closed")};
        case CARE_NEXT_OVERDUE:
                return (struct care_next_line) {
                        .title = msg_plural(rq->arena, l, f->open_pairs, "Bring one pair to an end", "Bring {n} pairs to an end"),
                        .why = said(rq, M_("Their cards lie untouched for two weeks. Ring once more, then complete the ending on the pair's page.")),
                        .path = text_of("/desk/closing"), .button = M_("Which ones")};
        case CARE_NEXT_REPORT:
                return (struct care_next_line) {
                        .title = said(rq, M_("Read the report, and pass it on")),
                        .why = said(rq, M_("Every pair has its ending. The figures, the definitions and what success was to mean, on a page to print or send.")),
                        .path = text_of("/desk/figures/report"), .button = M_("Open the report")};
        case CARE_NEXT_CLOSE:
                return (struct care_next_line) {
                        .title = said(rq, M_("Close the cohort")),
                        .why = said(rq, M_("It moves to the past ones. The questions after half a year and the deletions go on as planned.")),
                        .path = text_of("/desk/cohort/close"), .button = M_("Close it")};
        case CARE_NEXTS: break;
        }
        must(!"a step outside its enum");
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
