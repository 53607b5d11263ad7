/* The strip and the road, as the templates draw them: positions in per cent and words. */
#include "journeys/journeys_view.h"

static double share(const struct journeys_strip *s, int64_t t)
{
        double x = 100.0 * (double)(t - s->from) / (double)(s->until - s->from);

        return x < 1 ? 1 : x > 99 ? 99 : x;
}

static const char *band_tone(enum journeys_rhythm r)
{
        switch (r) {
        case RHYTHM_SOON: return "soon";
        case RHYTHM_QUIET: return "late";
        case RHYTHM_NOT_STARTED: case RHYTHM_GOOD: case RHYTHM_PAUSED: case RHYTHM_OVER: return "";
        }
        must(!"a rhythm outside its enum");
}

static void draw_dots(const struct page *pg, const struct journeys_strip *s,
                      struct journeys_strip_view *out)
{
        out->dots.row = arena_array(page_arena(pg), struct journeys_dot, s->n);
        for (size_t i = 0; i < s->n; i++)
                if (s->row[i].at >= s->from && s->row[i].at <= s->until)
                        out->dots.row[out->dots.n++] = (struct journeys_dot) {share(s, s->row[i].at), s->row[i].conversation};
}

enum { LABEL_ROOM = 26 };               /* per cent of a strip on a phone that a date takes */

static bool near_another(const struct journeys_labels *l, double x)
{
        for (size_t i = 0; i < l->n; i++)
                if (l->row[i].x - x < LABEL_ROOM && x - l->row[i].x < LABEL_ROOM)
                        return true;
        return false;
}

static void label(const struct page *pg, struct journeys_labels *l, double x, int64_t t)
{
        if (x < 10 || x > 90 || near_another(l, x))
                return;
        l->row[l->n++] = (struct journeys_label) {x, format_day(page_arena(pg), pg->locale, zone_day(pg->zone, t))};
}

/* Today first, then what is booked, the band, and the last conversation, each only where there is room. */
static void draw_labels(const struct page *pg, const struct journeys_strip *s,
                        struct journeys_strip_view *out)
{
        struct journeys_labels *l = &out->labels;

        l->row = arena_array(page_arena(pg), struct journeys_label, 4);
        l->row[l->n++] = (struct journeys_label) {out->today, journeys_say(pg, M_("today"))};
        if (out->booked > 0)
                label(pg, l, out->booked, out->booked_at.v);
        if (out->has_band)
                label(pg, l, out->band + out->width / 2, (s->band_from.v + s->band_until.v) / 2);
        for (size_t i = s->n; i > 0; i--)
                if (s->row[i - 1].conversation && s->row[i - 1].at >= s->from) {
                        label(pg, l, share(s, s->row[i - 1].at), s->row[i - 1].at);
                        return;
                }
}

static struct text in_words(const struct page *pg, const struct journeys_strip *s,
                            const struct journeys_strip_view *v)
{
        struct arena *a = page_arena(pg);
        int64_t talks = 0;
        struct text spoken, next = TEXT("");

        for (size_t i = 0; i < v->dots.n; i++)
                talks += v->dots.row[i].talk;
        spoken = msg_plural(a, pg->locale, talks, M_("One conversation in the time shown."),
                            M_("{n} conversations in the time shown."));
        if (v->booked_at.has)
                next = msg_with(a, pg->locale, M_("The next is booked for {day}."), "day",
                                format_day(a, pg->locale, zone_day(pg->zone, v->booked_at.v)), NULL);
        else if (v->has_band)
                next = msg_with(
                        a, pg->locale, M_("The next is good between {from} and {until}."), "from",
                        format_day(a, pg->locale, zone_day(pg->zone, s->band_from.v)), "until",
                        format_day(a, pg->locale, zone_day(pg->zone, s->band_until.v)), NULL);
        return text_format(a, "%.*s %.*s", (int)spoken.n, spoken.p, (int)next.n, next.p);
}

void journeys_write_strip(const struct page *pg, const struct journeys_pair *p,
                          const struct journeys_strip *s, bool tiny,
                          struct journeys_strip_view *out)
{
        *out = (struct journeys_strip_view) {.today = share(s, s->now), .rhythm = journeys_rhythm(p, s->now),
                                             .last_at = p->last_contact_at};
        out->tone = band_tone(out->rhythm);
        draw_dots(pg, s, out);
        if (s->band_from.has && s->band_from.v < s->until && s->band_until.v > s->from) {
                out->has_band = true;
                out->band = share(s, s->band_from.v);
                out->width = share(s, s->band_until.v) - out->band;
                out->band_from_day = (struct opt) {true, zone_day(pg->zone, s->band_from.v)};
                out->band_until_day = (struct opt) {true, zone_day(pg->zone, s->band_until.v)};
        }
        if (p->next_meeting_at.has && p->next_meeting_at.v > s->now && out->rhythm != RHYTHM_OVER) {
                out->booked_at = p->next_meeting_at;
                out->booked = p->next_meeting_at.v < s->until ? share(s, p->next_meeting_at.v) : 0;
        }
        if (!tiny)
                draw_labels(pg, s, out);
        out->label = in_words(pg, s, out);
}

/* ---- the road ---- */

/* A report and the like come after the end and are the staff's. */
enum { AFTER_END_DAYS = 14, DONE_SHOWN = 2 };

/* A phase in which the pack gives participants nothing to do, such as the design, is the staff's too. */
static bool has_steps(const struct pack *pack, const struct pack_phase *phase)
{
        for (size_t i = 0; i < pack->n_steps; i++)
                if (pack->steps[i].phase == phase)
                        return true;
        return false;
}

static bool is_theirs(const struct programmes_phase *p, const struct programmes_cohort *c,
                      int64_t since_day)
{
        return p->until_day > since_day && p->from_day <= c->end_day + AFTER_END_DAYS &&
               has_steps(c->pack, p->pack);
}

void journeys_write_road(const struct page *pg, const struct programmes_cohort *c,
                         const struct programmes_phase_list *phases, int64_t since_day,
                         struct journeys_road_view *out)
{
        int64_t today = zone_day(pg->zone, pg->now);
        size_t now = 0;

        *out = (struct journeys_road_view) {.weeks = c->pack->weeks, .launch_day = c->launch_day,
                .begun = today >= c->launch_day, .week = (today - c->launch_day) / 7 + 1,
                .row = arena_array(page_arena(pg), struct journeys_phase_view, phases->n)};
        if (out->week > out->weeks)
                out->week = out->weeks;
        for (size_t i = 0; i < phases->n; i++) {
                const struct programmes_phase *p = &phases->row[i];

                if (!is_theirs(p, c, since_day))
                        continue;
                if (p->from_day <= today)
                        now = out->n;
                out->row[out->n++] = (struct journeys_phase_view) {
                        .title = p->pack->title.in[pg->locale], .sentence = p->pack->sentence.in[pg->locale],
                        .gate = p->pack->gate.in[pg->locale], .from_day = p->from_day};
        }
        for (size_t i = 0; i < out->n; i++)
                out->row[i].state = i < now ? PHASE_DONE : i == now ? PHASE_NOW : PHASE_LATER;
        if (now > DONE_SHOWN) {
                out->row += now - DONE_SHOWN;
                out->n -= now - DONE_SHOWN;
        }
}
