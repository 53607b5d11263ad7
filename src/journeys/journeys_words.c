/* Every next step in words: what to do, why, how long, and where. Home, the pair's page and the desk say the same. */
#include "journeys/journeys_view.h"

#include <string.h>

enum where { AT_HOME, AT_LEARN, AT_PROFILE, AT_PROPOSAL, AT_PAIR, AT_MESSAGES, AT_MEETINGS, AT_MEETING, AT_AGREEMENT, AT_GOALS,
             AT_REVIEW, AT_CLOSING, AT_PAUSE, AT_PULSE, AT_SPOKE, AT_LIBRARY, AT_HELP, AT_SHORTLIST, AT_APPLY, AT_CERTIFICATE, NOWHERE };

struct row { const char *title, *why, *button; int minutes; enum where at; const char *other; enum where other_at; };

static const struct row first_training = {
        M_("Begin with your training"),
        M_("It prepares you for a relationship at a distance, and you are matched once it is done. You can stop anywhere and go on later."),
        M_("Open the first module"), 10, AT_LEARN, NULL, NOWHERE};

static const struct row rows[NEXT_STEPS] = {
        [NEXT_NOTHING] = {M_("Nothing is waiting for you"),
                M_("We write to you when it is time for the next step. The library is open meanwhile."),
                M_("Look around the library"), 0, AT_LIBRARY, NULL, NOWHERE},
        [NEXT_SAY_YES] = {M_("Say whether you would like to take part in {programme}"),
                M_("You have been invited. Three short screens are all that is needed, and some of it is there already."),
                M_("Go to my application"), 10, AT_APPLY, M_("Ask a question first"), AT_HELP},
        [NEXT_AWAIT_DECISION] = {M_("Nothing is waiting for you"),
                M_("{coordinator} reads every application and writes to you. You need nothing before then."),
                M_("Look at my application"), 0, AT_APPLY, NULL, NOWHERE},
        [NEXT_TRAIN] = {M_("Do the next part of your training"),
                M_("It prepares you for a relationship at a distance, and you are matched once it is done. You can stop anywhere and go on later."),
                M_("Go on with the training"), 10, AT_LEARN, NULL, NOWHERE},
        [NEXT_CONFIRM_PROFILE] = {M_("Look over your profile and confirm it"),
                M_("It is what your partner reads before you first speak, and what the match is made from."),
                M_("Look at my profile"), 5, AT_PROFILE, NULL, NOWHERE},
        [NEXT_RANK] = {M_("Say whom you would like to learn from"),
                M_("A few mentors could suit you. Put them in the order you prefer, or leave it to {coordinator}; it is open until {until}."),
                M_("Look at the mentors"), 5, AT_SHORTLIST, NULL, NOWHERE},
        [NEXT_MARK] = {M_("Say whom you would like to work with"),
                M_("A few mentees could suit you. Mark those you would like, or leave it to {coordinator}; it is open until {until}."),
                M_("Look at the mentees"), 5, AT_SHORTLIST, NULL, NOWHERE},
        [NEXT_ANSWER_PROPOSAL] = {M_("Say yes or no to {partner}"),
                M_("We think you two could work well together, and say why. Your answer is private. Please give it by {until}."),
                M_("Read the proposal"), 5, AT_PROPOSAL, NULL, NOWHERE},
        [NEXT_AWAIT_ANSWER] = {M_("Nothing is waiting for you"),
                M_("You have said yes. You hear from us as soon as both answers are in, by {until} at the latest."),
                M_("Read the proposal again"), 0, AT_PROPOSAL, NULL, NOWHERE},
        [NEXT_AWAIT_MATCH] = {M_("Nothing is waiting for you"),
                M_("You are ready. {coordinator} is now putting the pairs together and writes to you with a proposal."),
                M_("Look around the library"), 0, AT_LIBRARY, NULL, NOWHERE},
        [NEXT_AWAIT_REMATCH] = {M_("Nothing is waiting for you"),
                M_("{coordinator} knows that you would like another partner, and tells you what is possible. Two weeks lie between one pair and the next."),
                M_("Look around the library"), 0, AT_LIBRARY, NULL, NOWHERE},
        [NEXT_CLOSING_CARDS] = {M_("Close your time with {partner} well"),
                M_("Five short cards: what you learned, a thank-you, your goals, what comes next, what happens to what you wrote. You can do them by yourself."),
                M_("Do the next card"), 10, AT_CLOSING, M_("Write to {partner}"), AT_MESSAGES},
        [NEXT_AWAIT_CLOSING] = {M_("You have closed your side; thank you"),
                M_("{partner} has two weeks for the same five cards. There is nothing more to do for you."),
                M_("Look at my cards"), 0, AT_CLOSING, M_("Write to {partner}"), AT_MESSAGES},
        [NEXT_CARDS_DONE] = {M_("Your cards are done; thank you"),
                M_("You two are together until {until}: speak and write until then as you like."),
                M_("My certificate"), 0, AT_CERTIFICATE, M_("Write to {partner}"), AT_MESSAGES},
        [NEXT_PAUSED] = {M_("You two are taking a break until {until}"),
                M_("We send you nothing until then. You can still write to each other, or come back sooner."),
                M_("Come back sooner"), 0, AT_PAUSE, M_("Write to {partner}"), AT_MESSAGES},
        [NEXT_SUSPENDED] = {M_("Your pair is on hold"),
                M_("Messages and meetings are stopped for now. {coordinator} speaks with each of you. You need do nothing."),
                M_("Ask for help"), 0, AT_HELP, NULL, NOWHERE},
        [NEXT_DID_YOU_MEET] = {M_("Did you and {partner} meet?"),
                M_("You had planned to speak on {when}. One press, and it counts."),
                M_("Say what became of it"), 1, AT_MEETING, NULL, NOWHERE},
        [NEXT_MEETING_SOON] = {M_("You speak with {partner} on {when}"),
                M_("The agenda is ready. A few minutes with it make the conversation better."),
                M_("Open the agenda"), 5, AT_MEETING, M_("Move it"), AT_MEETING},
        [NEXT_ANSWER_PARTNER] = {M_("{partner} has written to you"),
                M_("A short answer soon is worth more than a long one later."),
                M_("Read and answer"), 5, AT_MESSAGES, NULL, NOWHERE},
        [NEXT_WRITE_FIRST] = {M_("Write your first message to {partner}"),
                M_("Mentees write first. Three or four sentences are plenty, and there is help with the beginning."),
                M_("Write to {partner}"), 10, AT_MESSAGES, M_("We have spoken already"), AT_SPOKE},
        [NEXT_AWAIT_FIRST] = {M_("{partner} will write to you first"),
                M_("Mentees usually begin. If you would like to write the first lines yourself, that is just as welcome."),
                M_("Write to {partner}"), 0, AT_MESSAGES, M_("We have spoken already"), AT_SPOKE},
        [NEXT_BOOK_FIRST] = {M_("Choose a time for your first conversation with {partner}"),
                M_("We have looked for times that suit you both. An hour in the first two weeks is the best start there is."),
                M_("See the times"), 2, AT_MEETINGS, M_("We have spoken already"), AT_SPOKE},
        [NEXT_RECONNECT] = {M_("Find a time with {partner}, or tell us how it stands"),
                M_("You two have not spoken for a while. That happens. A short call is enough to find the thread again."),
                M_("See the times"), 2, AT_MEETINGS, M_("We have spoken"), AT_SPOKE},
        [NEXT_PULSE] = {M_("Say how it is going"),
                M_("A few questions. Beside each stands who reads the answer; {partner} never does."),
                M_("Answer now"), 1, AT_PULSE, NULL, NOWHERE},
        [NEXT_SIGN_AGREEMENT] = {M_("Agree how you and {partner} will work"),
                M_("How often, by which channel, and what to do if one of you goes quiet. It holds once both have signed."),
                M_("Go to the agreement"), 5, AT_AGREEMENT, NULL, NOWHERE},
        [NEXT_SET_GOAL] = {M_("Write down one goal"),
                M_("After two conversations a rough sentence is enough. It gives the next ones a direction."),
                M_("Write a goal"), 5, AT_GOALS, NULL, NOWHERE},
        [NEXT_REVIEW] = {M_("Look back on the first half with {partner}"),
                M_("Twenty minutes with three questions: go on as you are, change something, or end here."),
                M_("Open the review"), 20, AT_REVIEW, NULL, NOWHERE},
        [NEXT_BOOK_NEXT] = {M_("Choose a time for your next conversation with {partner}"),
                M_("Your rhythm is {cadence}, and nothing is booked yet. We have looked for times that suit you both."),
                M_("See the times"), 2, AT_MEETINGS, M_("We have spoken already"), AT_SPOKE},
        [NEXT_WIND_DOWN] = {M_("Get ready for a good ending with {partner}"),
                M_("Your time together ends on {until}. Conversations left by your rhythm: {left}. Five short cards help you both to close it well."),
                M_("See the cards"), 10, AT_CLOSING, M_("Book the last conversation"), AT_MEETINGS},
        [NEXT_PREPARE_MEETING] = {M_("Your next conversation with {partner} is on {when}"),
                M_("Nothing else is waiting for you. The agenda is there if you would like to look ahead."),
                M_("Open the agenda"), 5, AT_MEETING, M_("We have spoken already"), AT_SPOKE},
        [NEXT_LEFT] = {M_("Your time in {programme} is over"),
                M_("Thank you for taking part. If there is something you would still like to say, write to {coordinator}."),
                M_("Write to {coordinator}"), 0, AT_HELP, NULL, NOWHERE},
        [NEXT_DONE] = {M_("You have brought it to a good end"),
                M_("Thank you. You now belong to the alumni of {programme}. The library stays open for you, and {coordinator} is glad to hear from you."),
                M_("Fetch my certificate"), 0, AT_CERTIFICATE, M_("Look around the library"), AT_LIBRARY},
};

static struct text path_of(struct arena *a, enum where at, const struct journeys_words *w)
{
        static const char *const below_pair[] = {
                [AT_PAIR] = "", [AT_MESSAGES] = "/messages", [AT_MEETINGS] = "/meetings", [AT_AGREEMENT] = "/agreement",
                [AT_GOALS] = "/goals", [AT_REVIEW] = "/review", [AT_CLOSING] = "/closing", [AT_PAUSE] = "/pause",
                [AT_SPOKE] = "/spoke", [AT_CERTIFICATE] = "/certificate"};

        switch (at) {
        case AT_HOME: return TEXT("/home");
        case AT_LEARN: return w->module.n ? text_format(a, "/learn/%s", text_c(a, w->module)) : TEXT("/learn");
        case AT_PROFILE: return TEXT("/me/profile");
        case AT_LIBRARY: return TEXT("/library");
        case AT_HELP: return TEXT("/help");
        case AT_SHORTLIST: return TEXT("/shortlist");
        case AT_APPLY: return TEXT("/apply");
        case AT_PROPOSAL: return text_format(a, "/proposals/%lld", (long long)w->proposal);
        case AT_PULSE: return text_format(a, "/pulse/%lld", (long long)w->wave);
        case AT_MEETING: return text_format(a, "/pairs/%lld/meetings/%lld", (long long)w->pair, (long long)w->meeting);
        case AT_PAIR: case AT_MESSAGES: case AT_MEETINGS: case AT_AGREEMENT: case AT_GOALS: case AT_REVIEW: case AT_CLOSING:
        case AT_PAUSE: case AT_SPOKE: case AT_CERTIFICATE:
                return text_format(a, "/pairs/%lld%s", (long long)w->pair, below_pair[at]);
        case NOWHERE: return TEXT_ABSENT;
        }
        must(!"a place outside its enum");
}

static struct text sentence(const struct page *pg, const char *english, const struct journeys_words *w, struct text cadence)
{
        struct arena *a = page_arena(pg);
        struct text when = w->meeting_at.has ? format_moment(a, pg->locale, pg->zone, w->meeting_at.v) : TEXT("");
        struct text until = w->until.has ? format_day_week(a, pg->locale, zone_day(pg->zone, w->until.v)) : TEXT("");

        return msg_with(a, pg->locale, english, "partner", w->partner, "coordinator", w->coordinator, "programme", w->programme,
                        "when", when, "until", until, "cadence", cadence, "left", format_count(a, pg->locale, w->left), NULL);
}

void journeys_write_step(const struct page *pg, enum journeys_next step, const struct journeys_words *words, struct journeys_step_view *out)
{
        struct journeys_words with = *words, *w = &with;
        const struct row *r = &rows[step];
        struct arena *a = page_arena(pg);

        if (step == NEXT_RANK || step == NEXT_MARK)
                with.until = words->list_until;
        if (step == NEXT_ANSWER_PROPOSAL || step == NEXT_AWAIT_ANSWER) {
                with.partner = words->proposed;
                with.until = words->proposal_until;
        }
        if (step == NEXT_TRAIN && !w->training_begun)
                r = &first_training;
        *out = (struct journeys_step_view) {
                .step = step, .minutes = step == NEXT_TRAIN && w->minutes_left ? w->minutes_left : r->minutes,
                .title = sentence(pg, r->title, w, w->cadence), .why = sentence(pg, r->why, w, w->cadence),
                .button = sentence(pg, r->button, w, w->cadence), .path = path_of(a, r->at, w)};
        if (words->detail == PACK_TOPICS)
                out->why = pack_first_sentence(out->why);
        out->phase = words->detail == PACK_ALL ? words->phase : TEXT_ABSENT;
        if (r->other) {
                out->other = sentence(pg, r->other, w, w->cadence);
                out->other_path = path_of(a, r->other_at, w);
        }
}

/* ---- words that several pages share ---- */

struct text journeys_say(const struct page *pg, const char *english) { return text_of(msg(pg->locale, english)); }

struct text journeys_say_partner(const struct page *pg, const char *english, struct text partner)
{
        return msg_with(page_arena(pg), pg->locale, english, "partner", partner, NULL);
}

struct text journeys_rhythm_words(const struct page *pg, int64_t cadence_days)
{
        switch (cadence_days) {
        case 7: return journeys_say(pg, M_("every week"));
        case 14: return journeys_say(pg, M_("every two weeks"));
        case 21: return journeys_say(pg, M_("every three weeks"));
        case 28: return journeys_say(pg, M_("every four weeks"));
        }
        return msg_plural(page_arena(pg), pg->locale, cadence_days, M_("every day"), M_("every {n} days"));
}

const char *journeys_channel_words(struct text channel)
{
        static const struct { const char *key, *words; } of[] = {
                {"video", M_("by video")}, {"phone", M_("by telephone")}, {"in-person", M_("in person")},
                {"message", M_("by message")}, {"mail", M_("by mail")}, {"other", M_("in another way")}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(channel, of[i].key))
                        return of[i].words;
        return M_("in another way");
}

void journeys_options(const struct page *pg, const struct journeys_option *from, size_t n, struct html_options *out)
{
        out->n = n;
        out->row = arena_array(page_arena(pg), struct html_option, n);
        for (size_t i = 0; i < n; i++)
                out->row[i] = (struct html_option) {
                        .value = text_of(from[i].key), .label = journeys_say(pg, from[i].words),
                        .hint = from[i].hint ? journeys_say(pg, from[i].hint) : TEXT_ABSENT};
}
