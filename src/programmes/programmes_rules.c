#include "programmes/programmes_rules.h"

#include "html/messages.h"

#include <string.h>

enum {
        CALL_MINUTES = 20,
        WEEKS_BEFORE = 20,
        MOST_WEEKS = 120,
        PAIRS_PER_DAY = 100,
        HOURS_PER_DAY = 8
};

/*
 * The part of all people that a call is for: everybody, or those a rule names (three in ten when
 * watched closely).
 */
static double share_of(const struct pack_call *call, struct text touch, bool *first)
{
        double risk = text_is(touch, "high") ? 0.3 : 0.2;
        bool everybody = text_is(touch, "high") || (text_is(touch, "standard") && *first);

        switch (call->who) {
        case PACK_CALL_EVERYONE: *first = false; return everybody ? 1 : risk;
        case PACK_CALL_RISK: return risk;
        case PACK_CALL_FLAGGED:
        case PACK_CALL_CLOSERS:
        case PACK_CALL_RED:
        case PACK_CALL_NOSHOW:
        case PACK_CALL_WHOS: return 0;
        }
        must(!"a call's people outside their enum");
}

/* Hours spread evenly over the days of the window, collected by week. */
static void spread(double *week, int64_t from, int64_t until, double hours)
{
        int64_t days = until > from ? until - from : 1;

        for (int64_t d = 0; d < days; d++) {
                int64_t at = (from + d + WEEKS_BEFORE * 7) / 7;
                if (from + d + WEEKS_BEFORE * 7 >= 0 && at < MOST_WEEKS)
                        week[at] += hours / (double)days;
        }
}

static void find_peak(const double *week, struct programmes_load *load)
{
        int64_t from = MOST_WEEKS, until = 0;
        double sum = 0;

        for (int64_t i = 0; i < MOST_WEEKS; i++) {
                if (week[i] <= 0)
                        continue;
                from = i < from ? i : from;
                until = i + 1;
                sum += week[i];
                if (week[i] + 1 > load->peak) {
                        load->peak = week[i] + 1;
                        load->peak_week = i - WEEKS_BEFORE;
                }
        }
        load->mean = until > from ? sum / (double)(until - from) + 1 : 1;
        load->peak = load->peak > 1 ? load->peak : 1;
}

/* Letters to the two people of a pair; those to staff and managers are not counted. */
static int64_t letters_of(const struct pack *pack)
{
        int64_t n = 0;

        for (size_t i = 0; i < pack->n_reminders; i++) {
                const struct pack_reminder *r = &pack->reminders[i];
                if (r->to == PACK_TO_BOTH)
                        n += 2 * (int64_t)r->n_sends;
                else if (r->to == PACK_TO_MENTOR || r->to == PACK_TO_MENTEE ||
                         r->to == PACK_TO_GOAL_OWNER)
                        n += (int64_t)r->n_sends;
        }
        return n;
}

struct programmes_load programmes_load(const struct pack *pack, int64_t launch_day, int64_t pairs,
                                       struct text touch, double staff_hours)
{
        struct programmes_load load = {.letters = letters_of(pack) * pairs};
        struct pack_days days = pack_days_of(pack, launch_day);
        double week[MOST_WEEKS] = {0};
        double people = 2.0 * (double)pairs;
        bool first = true;

        for (size_t i = 0; i < pack->n_calls; i++) {
                const struct pack_call *call = &pack->calls[i];
                double share = share_of(call, touch, &first);
                if (share <= 0)
                        continue;
                load.calls += share;
                spread(week, pack_day(call->from, &days) - launch_day,
                       pack_day(call->until, &days) - launch_day,
                       people * share * CALL_MINUTES / 60);
        }
        load.all_calls = (int64_t)(people * load.calls + 0.5);
        find_peak(week, &load);
        load.stretched =
                text_is(touch, "high") &&
                (double)pairs > PAIRS_PER_DAY * (staff_hours > 0 ? staff_hours : 1) / HOURS_PER_DAY;
        return load;
}

/* ---- the gates ---- */

static const struct programmes_need_row rows[NEEDS] = {
        [NEED_PLAN] = {GATE_OPEN, "plan", M_("The plan is complete: a purpose, phases and dates"),
                       M_("Complete the plan"), "/desk/cohort/phases", false},
        [NEED_SUCCESS] = {GATE_OPEN, "success", M_("The sponsor has signed what success means"),
                          M_("Write it and have it signed"), "/desk/cohort/success", false},
        [NEED_GATHERINGS] = {GATE_OPEN, "gatherings",
                             M_("At least three gatherings: one prepares, one connects people by "
                                "day 30, one closes"),
                             M_("Arrange the gatherings"), "/desk/gatherings", true},
        [NEED_MATERIALS] = {GATE_OPEN, "materials",
                            M_("Training and materials are there for both roles"),
                            M_("Choose a template that has them"), "/desk/cohort", false},
        [NEED_REMINDERS] = {GATE_OPEN, "reminders", M_("Reminders are in place at the key points"),
                            M_("Choose a template that has them"), "/desk/cohort", false},
        [NEED_HELP] = {GATE_OPEN, "help", M_("Everybody can see who helps"), M_("Name somebody"),
                       "/desk/cohort/staff", false},
        [NEED_CONTACT] = {GATE_OPEN, "contact", M_("Somebody receives concerns in confidence"),
                          M_("Name a designated contact"), "/desk/cohort/staff", false},
        [NEED_PRIVACY] = {GATE_OPEN, "privacy",
                          M_("Data protection is agreed, or somebody answers for beginning without"),
                          M_("Read and confirm it"), "/desk/cohort/dpia", false},
        [NEED_HOURS] = {GATE_OPEN, "hours",
                        M_("The staff has the hours that the busiest week takes"),
                        M_("Find more hours, or plan fewer calls"), "/desk/cohort/staff", false},
        [NEED_MAIL] = {GATE_OPEN, "mail", M_("Mail from here arrives"),
                       M_("Send yourself a test mail"), "/desk/cohort/gates#mail", false},
        [NEED_OPENED] = {GATE_LAUNCH, "opened", M_("Applications were opened"),
                         M_("See what opening asks for"), "/desk/cohort/gates", false},
        [NEED_SITTINGS] = {GATE_LAUNCH, "sittings",
                           M_("Everybody has a sitting in their waking hours"),
                           M_("Find sittings for everybody"), "/desk/gatherings", true},
        [NEED_LINKS] = {GATE_LAUNCH, "links",
                        M_("The sittings of the first 30 days have a link to join"),
                        M_("Fill in the links"), "/desk/gatherings", true},
        [NEED_PAIRS] = {GATE_LAUNCH, "pairs", M_("The pairs have been accepted by both sides"),
                        M_("Look at the proposals"), "/desk/matching", false},
        [NEED_TRAINED] = {GATE_LAUNCH, "trained", M_("Both roles are trained"),
                          M_("See who is missing what"), "/desk/training", false},
        [NEED_PROFILES] = {GATE_LAUNCH, "profiles",
                           M_("Everybody has confirmed what others read about them"),
                           M_("See who has not"), "/desk/people", false},
};

const struct programmes_need_row *programmes_need_row(enum programmes_need need)
{
        return &rows[need];
}

bool programmes_met(enum programmes_need need, const struct programmes_facts *f)
{
        switch (need) {
        case NEED_PLAN: return f->purpose && f->phases > 0 && f->in_order;
        case NEED_SUCCESS: return f->success_written && f->success_signed;
        case NEED_GATHERINGS:
                return f->gatherings >= 3 && f->prepare > 0 && f->connect_by_30 > 0 && f->close > 0;
        case NEED_MATERIALS:
                return f->mentor_modules > 0 && f->mentee_modules > 0 && f->mentor_pages > 0 &&
                       f->mentee_pages > 0;
        case NEED_REMINDERS: return f->letters > 0;
        case NEED_HELP: return f->help;
        case NEED_CONTACT: return f->contacts > 0;
        case NEED_PRIVACY: return f->assessed || f->answered;
        case NEED_HOURS: return f->staff_hours >= f->peak;
        case NEED_MAIL: return f->mail_proven;
        case NEED_OPENED: return f->opened;
        case NEED_SITTINGS: return f->people > 0 && f->seatless == 0;
        case NEED_LINKS: return f->sittings > 0 && f->linked == f->sittings;
        case NEED_PAIRS: return f->pairs > 0 && f->accepted_waiting == 0 && f->unanswered == 0;
        case NEED_TRAINED: return f->paired > 0 && f->untrained == 0;
        case NEED_PROFILES: return f->paired > 0 && f->unconfirmed == 0;
        case NEEDS: break;
        }
        must(!"a requirement outside its enum");
}

int64_t programmes_late_by(const struct programmes_cohort *c, int64_t now)
{
        int64_t today = zone_day(c->zone, now);

        if (today <= c->launch_day)
                return 0;
        /* the clock time of the launch is today still to come, or it is tomorrow's */
        struct civil at = zone_civil(c->zone, c->launch_at);
        int64_t day = zone_at(c->zone, today, at.hour, at.minute) >= now ? today : today + 1;
        return day - c->launch_day;
}
