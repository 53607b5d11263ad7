/* What several pages of a pair show: the other person, the agenda, steps of one's own, a meeting, times to choose from. */
#include "journeys/journeys_view.h"

#include "journeys/journeys.sql.h"
#include "learning/learning.h"
#include "people/people.h"

static struct text joined(struct arena *a, struct text x, struct text y)
{
        if (text_empty(x) || text_empty(y))
                return text_empty(x) ? y : x;
        return text_format(a, "%.*s, %.*s", (int)x.n, x.p, (int)y.n, y.p);
}

/* May this page show status? Only when both have said yes, or the cohort never hid it. */
bool journeys_shows_status(const struct journeys_side *s)
{
        return journeys_revealed(&s->pair) || !s->cohort.status_blind;
}

struct err journeys_write_person(struct request *rq, const struct journeys_side *side,
                                 struct journeys_person_view *out)
{
        struct people_card card;
        struct arena *a = rq->arena;

        TRY(people_card(rq->tx, side->partner, journeys_shows_status(side), &card));
        *out = (struct journeys_person_view) {
                .pair = side->pair.id, .first_name = card.first_name, .initial = text_first_chars(card.first_name, 1),
                .city = format_city(a, rq->page.locale, side->partner_zone), .zone = side->partner_zone,
                .their_time = format_time(a, rq->page.locale, side->partner_zone, rq->page.now), .mentor = !side->mentor,
                .status = joined(a, card.title, card.organisation)};
        return OK;
}

struct err journeys_write_agenda(struct request *rq, const struct journeys_side *side,
                                 struct text key, struct journeys_agenda_view *out)
{
        const struct pack_text *t =
                text_empty(key) ? NULL : pack_agenda_text(side->cohort.pack, key, rq->page.locale);

        struct people_person me;

        TRY(people_get(rq->tx, side->me, &me));
        *out = (struct journeys_agenda_view) {.there = t != NULL, .partner = side->partner_first_name};
        if (!t)
                return OK;
        out->title = t->title;
        out->body = html_markdown(rq->arena, pack_agenda_detail(rq->arena, t->body, (enum pack_detail)me.structure), 3);
        TRY(learning_commitment(rq->tx, side->cohort.id, side->me, &out->my_commitment));
        return learning_commitment(rq->tx, side->cohort.id, side->partner, &out->their_commitment);
}

/* ---- steps that only the person can tick ---- */

static bool has_done(const struct journeys_ticked_list *ticked, struct text key)
{
        for (size_t i = 0; i < ticked->n; i++)
                if (text_equal(ticked->row[i].key, key))
                        return true;
        return false;
}

static bool is_now(const struct pack_phase *phase, const struct pack_days *days, int64_t today)
{
        return phase && pack_day(phase->from, days) <= today &&
               today < pack_day(phase->until, days);
}

/* Those of the phases of today that are not done yet. */
struct err journeys_write_own_steps(struct request *rq, const struct journeys_side *side,
                                    size_t most, enum pack_detail detail, struct journeys_own_steps *out)
{
        const struct pack *pack = side->cohort.pack;
        struct pack_days days = pack_days_of(pack, side->cohort.launch_day);
        int64_t today = zone_day(side->cohort.zone, rq->page.now);
        struct journeys_ticked_list ticked;

        *out = (struct journeys_own_steps) {.row = arena_array(rq->arena, struct journeys_own_step, pack->n_steps)};
        TRY(journeys_ticked(rq->tx, side->pair.id, side->me, &ticked));
        for (size_t i = 0; i < pack->n_steps && out->n < most; i++) {
                const struct pack_step *s = &pack->steps[i];

                if (s->done_when != PACK_FACT_NEVER || !is_now(s->phase, &days, today) ||
                    has_done(&ticked, s->key) ||
                    !pack_side_has(s->who, side->mentor ? PACK_MENTOR : PACK_MENTEE))
                        continue;
                out->row[out->n++] = (struct journeys_own_step) {
                        .pair = side->pair.id, .key = s->key, .title = s->title.in[rq->page.locale],
                        .why = s->why.in[rq->page.locale], .minutes = s->minutes};
                if (detail < PACK_ALL)
                        out->row[out->n - 1].why = pack_first_sentence(out->row[out->n - 1].why);
        }
        return OK;
}

/* ---- meetings ---- */

static int meeting_state(const struct journeys_meeting *m, int64_t now)
{
        if (text_is(m->state, "held"))
                return MEETING_WAS_HELD;
        if (text_is(m->state, "missed"))
                return MEETING_WAS_MISSED;
        if (text_is(m->state, "moved"))
                return MEETING_WAS_MOVED;
        if (text_is(m->state, "cancelled"))
                return MEETING_WAS_CANCELLED;
        return m->starts_at + 60 * m->minutes > now ? MEETING_AHEAD : MEETING_OVER;
}

void journeys_write_meeting(struct request *rq, const struct journeys_side *side,
                            const struct journeys_meeting *m, int number,
                            struct journeys_meeting_view *out)
{
        static const char *const names[] = {M_("First conversation"), M_("Second conversation"),
                                            M_("Third conversation")};
        enum locale l = rq->page.locale;

        *out = (struct journeys_meeting_view) {
                .id = m->id, .pair = m->pair, .starts_at = m->starts_at, .minutes = m->minutes, .channel = m->channel,
                .place = m->place, .when = format_moment(rq->arena, l, rq->page.zone, m->starts_at), .their_time = format_moment(rq->arena, l, side->partner_zone, m->starts_at),
                .title = number < 3 ? text_of(msg(l, names[number])) : text_of(msg(l, M_("Conversation")))};
        out->state = meeting_state(m, rq->page.now);
        out->odd = out->state == MEETING_AHEAD &&
                   journeys_check_time(m->starts_at, m->minutes, m->starts_at, m->starts_at,
                                       rq->page.zone, side->partner_zone) == TIME_ODD_FOR_PARTNER;
}

static struct err free_of(struct tx *tx, int64_t person, const struct zone *z,
                          struct journeys_free *out)
{
        struct people_card card;

        TRY(people_card(tx, person, false, &card));
        journeys_read_availability(card.availability, z, out);
        return OK;
}

/* Not before tomorrow, and no later than the day on which the rhythm would break, unless that leaves less than ten days. */
static void window(const struct journeys_pair *p, int64_t now, int64_t *from, int64_t *until)
{
        int64_t soon = journeys_soon_at(p) - 3 * JOURNEYS_DAY, quiet = journeys_quiet_at(p);

        *from = now + 18 * 3600;
        if (p->first_met_at.has && soon > *from)
                *from = soon;
        *until = quiet > *from + 10 * JOURNEYS_DAY ? quiet : *from + 10 * JOURNEYS_DAY;
}

struct err journeys_time_options(struct request *rq, const struct journeys_side *side,
                                 int64_t minutes, struct html_options *out)
{
        struct journeys_free mine, theirs;
        struct journeys_times times;
        int64_t from, until;
        struct arena *a = rq->arena;

        TRY(free_of(rq->tx, side->me, rq->page.zone, &mine));
        TRY(free_of(rq->tx, side->partner, side->partner_zone, &theirs));
        window(&side->pair, rq->page.now, &from, &until);
        journeys_suggest(&mine, &theirs, from, until, minutes, &times);
        *out = (struct html_options) {.row = arena_array(a, struct html_option, times.n)};
        for (size_t i = 0; i < times.n; i++)
                out->row[out->n++] = (struct html_option){
                        .value = text_format(a, "%lld", (long long)times.at[i]),
                        .checked = i == 0,
                        .label = format_moment(a, rq->page.locale, rq->page.zone, times.at[i]),
                        .hint = msg_with(
                                a, rq->page.locale, M_("{time} for {partner}"), "time",
                                format_moment(a, rq->page.locale, side->partner_zone, times.at[i]),
                                "partner", side->partner_first_name, NULL)};
        return OK;
}

void journeys_write_agreement(struct request *rq, const struct journeys_side *side,
                              const struct journeys_agreement *a,
                              struct journeys_agreement_view *out)
{
        *out = (struct journeys_agreement_view) {
                .written = a->written, .mine = journeys_signed_by(a, side->mentor), .theirs = journeys_signed_by(a, !side->mentor),
                .rhythm = journeys_rhythm_words(&rq->page, a->written ? a->cadence_days : side->pair.cadence_days),
                .channel = journeys_say(&rq->page, journeys_channel_words(a->channel)), .quiet = a->quiet,
                .boundaries = a->boundaries};
}
