/* Twelve decisions: which they are, which are made, and what we would suggest. */
#include "base/out.h"
#include "html/format.h"
#include "html/messages.h"
#include "programmes/programmes_design.h"
#include "programmes/programmes_rules.h"

#include <string.h>

enum { USUAL_PAIRS = 30, DAYS_AHEAD = 100, TUESDAY = 2 };

static const struct programmes_decision_row decisions[PROGRAMMES_DECISIONS] = {
        [DECIDE_PURPOSE] = {"purpose", M_("What is it for?")},
        [DECIDE_SUCCESS] = {"success", M_("What will success mean?")},
        [DECIDE_AUDIENCE] = {"audience", M_("Whom is it for?")},
        [DECIDE_LENGTH] = {"pack", M_("How long does it last?")},
        [DECIDE_LAUNCH] = {"launch_day", M_("When is the launch?")},
        [DECIDE_SIZE] = {"size", M_("How many pairs do you expect?")},
        [DECIDE_TOUCH] = {"touch", M_("How closely do you call people?")},
        [DECIDE_HOURS] = {"staff_hours", M_("How many hours a week does the staff really have?")},
        [DECIDE_BUDGET] = {"budget", M_("What may it cost, and who pays?")},
        [DECIDE_SPONSOR] = {"sponsor_name", M_("Who is the sponsor?")},
        [DECIDE_RISKS] = {"risks", M_("What could go wrong, and what do you do about it?")},
        [DECIDE_PRIVACY] = {"basis", M_("On what legal ground are people's data used?")},
};

const struct programmes_decision_row *programmes_decision_row(enum programmes_decision d) { return &decisions[d]; }

bool programmes_decided(enum programmes_decision decision, const struct programmes_design *d)
{
        switch (decision) {
        case DECIDE_PURPOSE: return !text_empty(d->purpose);
        case DECIDE_SUCCESS: return !text_empty(d->success);
        case DECIDE_AUDIENCE: return !text_empty(d->audience);
        case DECIDE_LENGTH: return !text_empty(d->pack);
        case DECIDE_LAUNCH: return d->launch_day > 0;
        case DECIDE_SIZE: return d->size > 0;
        case DECIDE_TOUCH: return !text_empty(d->touch);
        case DECIDE_HOURS: return d->staff_hours > 0;
        case DECIDE_BUDGET: return !text_empty(d->budget);
        case DECIDE_SPONSOR: return !text_empty(d->sponsor_name) && !text_empty(d->sponsor_email);
        case DECIDE_RISKS: return !text_empty(d->risks);
        case DECIDE_PRIVACY: return !text_empty(d->basis);
        case PROGRAMMES_DECISIONS: break;
        }
        must(!"a decision outside its enum");
}

int programmes_decisions_made(const struct programmes_design *d)
{
        int n = 0;

        for (enum programmes_decision k = 0; k < PROGRAMMES_DECISIONS; k++)
                n += programmes_decided(k, d);
        return n;
}

static const struct programmes_target_row targets[PROGRAMMES_TARGETS] = {
        {"training", M_("Core training done in time"), M_("Nobody is paired untrained."), 100},
        {"first-meeting-soon", M_("Met within 14 days"), M_("A first meeting that waits is the earliest sign of trouble."), 80},
        {"on-cadence", M_("In rhythm"), M_("A steady rhythm matters more than many meetings."), 75},
        {"attendance-any", M_("Came or saw the recording"), M_("Six in ten come live; the recording reaches the others."), 80},
        {"response", M_("Answered when asked"), M_("Below this, figures speak for a minority."), 60},
        {"completion", M_("Completed"), M_("Enough conversations and a proper ending."), 75},
};

const struct programmes_target_row *programmes_target_row(int i) { return &targets[i]; }

/* ---- suggestions ---- */

static const struct pack *usual_pack(const struct packs *packs)
{
        const struct pack *nine = packs_find(packs, TEXT("nine-months"));

        return nine || packs->n == 0 ? nine : packs->pack[0];
}

struct programmes_suggestion programmes_suggest(const struct programmes_design *d, const struct packs *packs, int64_t today)
{
        struct programmes_suggestion s = {.launch_day = today + DAYS_AHEAD, .size = USUAL_PAIRS, .touch = TEXT("high")};
        const struct pack *pack = packs_find(packs, d->pack);

        pack = pack ? pack : usual_pack(packs);
        while (day_weekday(s.launch_day) != TUESDAY)
                s.launch_day++;
        s.pack = pack ? pack->name : TEXT("");
        s.launch_day = d->launch_day ? d->launch_day : s.launch_day;
        s.size = d->size ? d->size : s.size;
        s.touch = text_empty(d->touch) ? s.touch : d->touch;
        s.staff_hours = d->staff_hours;
        if (!s.staff_hours && pack)
                s.staff_hours = (int64_t)(programmes_load(pack, s.launch_day, s.size, s.touch, 1).peak + 0.999);
        return s;
}

struct text programmes_usual_risks(struct arena *a, enum locale l)
{
        static const char *const lines[] = {
                M_("Too few mentors: invite them a week before the mentees, and ask people personally."),
                M_("Only the usual people apply: have managers name others, with an easy no."),
                M_("Contact fades: a rhythm that is agreed, a reminder when it breaks, then a call."),
                M_("Staff has too little time: calls planned by week before anybody is invited."),
                M_("Something hurtful happens: a designated contact, and a way to say so without signing in."),
                M_("Trust breaks: nobody but the two reads what they write; figures only over five people."),
        };
        struct out o = out_new(a, 600);

        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
                out_c(&o, i ? "\n" : "");
                out_c(&o, msg(l, lines[i]));
        }
        return out_get(&o);
}

struct text programmes_usual_name(struct arena *a, enum locale l, const struct pack *pack, int64_t launch_day)
{
        struct text month;

        text_cut(format_day_year(a, l, launch_day), ' ', &month);       /* without the day */
        return text_format(a, "%s, %s", pack->title.in[l].p, month.p);
}
