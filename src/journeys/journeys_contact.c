/* The one ledger of contacts. Every channel writes the same kind of row, and the pair's counters follow in the same breath. */
#include "journeys/journeys.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"
#include "journeys/journeys_rules.h"
#include "os/random.h"

enum { LONGEST_MINUTES = 600 };

const char *journeys_kind_word(enum journeys_kind kind)
{
        switch (kind) {
        case CONTACT_MESSAGE: return "message";
        case CONTACT_MAIL: return "mail";
        case CONTACT_VIDEO: return "video";
        case CONTACT_PHONE: return "phone";
        case CONTACT_IN_PERSON: return "in-person";
        case CONTACT_OTHER: return "other";
        }
        must(!"a kind of contact outside its enum");
}

bool journeys_kind_of(struct text word, enum journeys_kind *out)
{
        for (int k = CONTACT_MESSAGE; k <= CONTACT_OTHER; k++)
                if (text_is(word, journeys_kind_word((enum journeys_kind)k))) {
                        *out = (enum journeys_kind)k;
                        return true;
                }
        return false;
}

static bool written(enum journeys_kind kind)
{
        return kind == CONTACT_MESSAGE || kind == CONTACT_MAIL;
}

struct err journeys_contact_add(struct tx *tx, const struct journeys_contact_new *in)
{
        struct journeys_pair p;
        bool conversation = in->two_way && !written(in->kind);

        TRY(journeys_pair(tx, in->pair, &p));
        TRY(journeys_insert_contact(tx, &(struct journeys_insert_contact_in) {
                .pair = in->pair, .id = random_id(), .at = in->at, .kind = text_of(journeys_kind_word(in->kind)),
                .by_person = in->by_person, .two_way = in->two_way, .minutes = in->minutes,
                .source = text_of(in->source), .source_id = in->source_id}));
        return journeys_count_contact(tx, in->pair, in->at, conversation, written(in->kind),
                                      in->two_way || in->by_person == p.mentor,
                                      in->two_way || in->by_person == p.mentee);
}

static struct err check_day(const struct journeys_pair *p, int64_t at, int64_t now)
{
        if (at > now)
                return FAIL_AT(ERR_INVALID, "That is still to come", "day",
                               "Book it as a meeting instead");
        if (at < p->activated_at - JOURNEYS_DAY)
                return FAIL_AT(ERR_INVALID, "You were not a pair yet on that day", "day",
                               "Choose a later day");
        return OK;
}

struct err journeys_log_contact(struct tx *tx, const struct who *who, int64_t pair,
                                enum journeys_kind kind, int64_t at, struct opt minutes)
{
        struct journeys_side side;
        struct journeys_contact_like like;
        bool known;

        TRY(journeys_open_side(tx, who, pair, &side));
        TRY(check_day(&side.pair, at, tx_now(tx)));
        if (minutes.has && (minutes.v < 1 || minutes.v > LONGEST_MINUTES))
                return FAIL_AT(ERR_INVALID, "How long was it, in minutes?", "minutes",
                               "A number from 1 to 600");
        TRY(journeys_contact_like(tx, pair, text_of(journeys_kind_word(kind)), who->person,
                                  at - 6 * 3600, at + 6 * 3600, &known, &like));
        if (known)
                return OK;
        return journeys_contact_add(tx, &(struct journeys_contact_new) {
                .pair = pair, .by_person = who->person, .at = at, .kind = kind, .two_way = !written(kind),
                .minutes = minutes, .source = "logged"});
}

/* ---- the strip ---- */

enum { STRIP_BACK_DAYS = 35, STRIP_MOST_DAYS = 100, STRIP_AHEAD_DAYS = 28, STRIP_EDGE_DAYS = 5 };

/* Five weeks, or back to the last contact where that is longer ago. */
static int64_t strip_back(const struct journeys_pair *p, int64_t now)
{
        int64_t days = p->last_contact_at.has
                               ? (now - p->last_contact_at.v) / JOURNEYS_DAY + STRIP_EDGE_DAYS
                               : STRIP_BACK_DAYS;

        return now - (days < STRIP_BACK_DAYS   ? STRIP_BACK_DAYS
                      : days > STRIP_MOST_DAYS ? STRIP_MOST_DAYS
                                               : days) *
                             JOURNEYS_DAY;
}

/* Nothing is good after the end: what would begin there is good in the last week. */
static void end_band_with_pair(const struct journeys_pair *p, struct journeys_strip *s)
{
        int64_t last_week = p->planned_end - 7 * (int64_t)JOURNEYS_DAY;

        if (p->planned_end <= s->now || s->band_until.v <= p->planned_end)
                return;
        s->band_until.v = p->planned_end;
        if (s->band_from.v > last_week)
                s->band_from.v = last_week > s->now ? last_week : s->now;
}

void journeys_strip_frame(const struct journeys_pair *p, int64_t now, struct journeys_strip *out)
{
        enum journeys_rhythm rhythm = journeys_rhythm(p, now);
        int64_t begun = p->activated_at < p->clock_start ? p->activated_at : p->clock_start;
        int64_t back = strip_back(p, now);

        *out = (struct journeys_strip) {.now = now, .from = back > begun - 3 * JOURNEYS_DAY ? back : begun - 3 * JOURNEYS_DAY,
                                        .until = now + STRIP_AHEAD_DAYS * (int64_t)JOURNEYS_DAY};
        if (rhythm == RHYTHM_OVER || rhythm == RHYTHM_PAUSED)
                return;
        out->band_from = (struct opt) {true, journeys_soon_at(p)};
        out->band_until = (struct opt) {true, journeys_quiet_at(p)};
        end_band_with_pair(p, out);
}

struct err journeys_strip(struct tx *tx, const struct journeys_pair *p, struct journeys_strip *out)
{
        struct journeys_contacts_since_list rows;

        journeys_strip_frame(p, tx_now(tx), out);
        TRY(journeys_contacts_since(tx, p->id, out->from, &rows));
        out->n = rows.n;
        out->row = arena_array(tx_arena(tx), struct journeys_point, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                out->row[i] = (struct journeys_point) {.at = rows.row[i].at, .conversation = rows.row[i].two_way};
        return OK;
}
