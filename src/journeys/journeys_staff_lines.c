/* What stands in the lists of staff letters: names and states, never what people wrote. */
#include "base/app.h"
#include "html/format.h"
#include "html/messages.h"
#include "journeys/journeys.h"
#include "journeys/journeys_staff.h"
#include "os/config.h"

/* A name as Markdown that shows it as it is. */
static const char *plain(struct journeys_staff *s, struct text t)
{
        struct pack_values v = {0};

        v.of[PACK_HOLE_FIRST_NAME] = t.p ? t : TEXT("");
        return text_c(s->a, pack_fill(s->a, TEXT("{first_name}"), &v, true));
}

static struct text full_name(struct journeys_staff *s, struct text first, struct text last)
{
        if (text_empty(first))
                return text_of(msg(s->to.locale, M_("Somebody who is not signed in")));
        return text_format(s->a, "%s %s", plain(s, first), plain(s, last));
}

static struct text link_to(struct journeys_staff *s, struct text words, const char *path,
                           int64_t id)
{
        return text_format(s->a, "[%s](%s%s%lld)", text_c(s->a, words),
                           tx_app(s->tx)->config->base_url, path, (long long)id);
}

static struct text both_names(struct journeys_staff *s, struct text first, struct text last,
                              struct text first2, struct text last2)
{
        return msg_with(s->a, s->to.locale, M_("{one} and {other}"), "one",
                        full_name(s, first, last),
                        "other", full_name(s, first2, last2), NULL);
}

static struct text days_words(struct journeys_staff *s, int64_t days)
{
        return msg_plural(s->a, s->to.locale, days, M_("one day"), M_("{n} days"));
}

static struct text pair_line(struct journeys_staff *s, const struct journeys_due *d)
{
        const struct journeys_due_pairs *p = d->occasion->of;
        struct text names = both_names(s, p->mentor_name, p->mentor_last, p->mentee_name,
                                       p->mentee_last);
        struct text who = link_to(s, names, "/desk/pairs/", p->id);
        int64_t today = zone_day(s->f.cohort.zone, s->f.now);
        int64_t days = today - (d->occasion->anchor == PACK_CLOCK_START ? d->occasion->day
                                : journeys_round(&s->f, p));
        const char *sentence =
                d->occasion->anchor == PACK_CLOCK_START
                        ? p->next_meeting_at.has
                                  ? M_("{names}: {days} since the start, a first meeting is booked")
                                  : M_("{names}: {days} since the start, no meeting booked")
                : p->last_contact_at.has
                        ? M_("{names}: {days} since their last contact, rhythm {cadence}")
                        : M_("{names}: {days} since the start without any contact");

        return msg_with(s->a, s->to.locale, sentence, "names", who, "days", days_words(s, days),
                        "cadence", days_words(s, p->cadence_days), NULL);
}

static struct text lapsed_line(struct journeys_staff *s, const struct journeys_due_lapsed *l)
{
        struct text names = both_names(s, l->mentor_name, l->mentor_last, l->mentee_name,
                                       l->mentee_last);

        struct people_person next;
        bool declined = text_is(l->state, "declined");
        const char *sentence = declined ? M_("{names}: declined") : M_("{names}: not answered in time");
        struct text better = TEXT("");

        if (l->next_id.has && !failed(people_get(s->tx, l->next_id.v, &next))) {
                better = full_name(s, next.first_name, next.last_name);
                sentence = declined ? M_("{names}: declined; the next best is {next}, ready to read")
                                    : M_("{names}: not answered in time; the next best is {next}, ready to read");
        }
        return msg_with(s->a, s->to.locale, sentence, "names", link_to(s, names, "/desk/matching/", l->id),
                        "next", better, NULL);
}

static const char *category_words(struct text key)
{
        static const struct { const char *key, *words; } of[] = {
                {"technical", M_("a technical question")}, {"scheduling", M_("finding a time")},
                {"content", M_("what to do")},
                {"match", M_("the match")}, {"data", M_("personal data")},
                {"accessibility", M_("accessibility")}};

        for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
                if (text_is(key, of[i].key))
                        return of[i].words;
        return M_("something else");
}

/* What was asked stands behind the sign-in; here only what it is about and since when. */
static struct text ticket_line(struct journeys_staff *s, const struct journeys_due_tickets *t)
{
        return msg_with(s->a, s->to.locale, M_("{name}: {category}, asked on {day}"),
                        "name", link_to(s, full_name(s, t->first_name, t->last_name), "/desk/help/",
                                        t->id),
                        "category", text_of(msg(s->to.locale, category_words(t->category))),
                        "day", format_day_week(s->a, s->to.locale,
                                               zone_day(s->to.zone, t->opened_at)), NULL);
}

static struct text call_line(struct journeys_staff *s, const struct journeys_due_calls *c)
{
        const struct pack_call *call = pack_call(s->f.cohort.pack, c->kind);

        return msg_with(s->a, s->to.locale, M_("{name}: {call}, until {day}"),
                        "name", link_to(s, full_name(s, c->first_name, c->last_name),
                                        "/desk/calls/", c->id),
                        "call", call ? call->title.in[s->to.locale] : c->kind,
                        "day", format_day_week(s->a, s->to.locale,
                                               zone_day(s->f.cohort.zone, c->until_at)), NULL);
}

static int modules_left(const struct journeys_staff *s, const struct journeys_due_untrained *u)
{
        const struct pack *pack = s->f.cohort.pack;
        enum pack_side side = text_is(u->role, "mentor") ? PACK_MENTOR : PACK_MENTEE;
        int n = 0;

        for (size_t i = 0; i < pack->n_modules; i++)
                n += pack->modules[i].required && pack_side_has(pack->modules[i].who, side);
        return n - (int)u->done > 0 ? n - (int)u->done : 0;
}

void journeys_staff_untrained(struct journeys_staff *s, struct out *o, int64_t *count)
{
        for (size_t i = 0; i < s->untrained.n; i++) {
                const struct journeys_due_untrained *u = &s->untrained.row[i];
                int left = modules_left(s, u);

                if (left == 0)
                        continue;
                out_c(o, "- ");
                out_text(o, msg_with(s->a, s->to.locale,
                                     u->done ? M_("{name}: {modules} to go")
                                             : M_("{name}: not begun, {modules} to go"),
                                     "name", link_to(s, full_name(s, u->first_name, u->last_name),
                                                     "/desk/people/", u->person),
                                     "modules", msg_plural(s->a, s->to.locale, left,
                                                           M_("one module"), M_("{n} modules")),
                                                           NULL));
                out_c(o, "\n");
                *count += 1;
        }
}

struct text journeys_staff_line(struct journeys_staff *s, const struct journeys_due *d)
{
        switch (d->occasion->anchor) {
        case PACK_CLOCK_START: case PACK_AMBER: case PACK_LAST_CONTACT: return pair_line(s, d);
        case PACK_PROPOSAL_EXPIRY: return lapsed_line(s, d->occasion->of);
        case PACK_TICKET: return ticket_line(s, d->occasion->of);
        case PACK_CALL_DUE: return call_line(s, d->occasion->of);
        case PACK_RECRUIT_OPEN: case PACK_RECRUIT_CLOSE: case PACK_DRAFT_STARTED:
        case PACK_DECISION: case PACK_TRAINING_ASSIGNED:
        case PACK_TRAINING_GATE: case PACK_RANKING_OPEN: case PACK_RANKING_CLOSE:
        case PACK_PROPOSAL: case PACK_ACTIVATION:
        case PACK_FIRST_MESSAGE_DUE: case PACK_AT_GATHERING: case PACK_MEETING:
        case PACK_FIRST_MEETING: case PACK_SECOND_MEETING:
        case PACK_THIRD_MEETING: case PACK_RHYTHM_SOON: case PACK_RHYTHM_BROKEN:
        case PACK_PHASE_CHANGE: case PACK_WAVE_PULSE:
        case PACK_SURVEY_MID: case PACK_MID_GATHERING: case PACK_GOAL_DATE: case PACK_PLANNED_END:
        case PACK_SURVEY_END:
        case PACK_MONDAY: case PACK_LAUNCH: case PACK_CLOSED: case PACK_ANCHORS:
                break;
        }
        return TEXT_ABSENT;
}
