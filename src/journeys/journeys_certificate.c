/* Certificates: what stands on them is written down when somebody has closed, with a code by which anybody can check it. */
#include "journeys/journeys_parts.h"

#include "evaluation/evaluation.h"
#include "journeys/journeys.sql.h"
#include "journeys/journeys_rules.h"
#include "os/random.h"
#include "people/people.h"

enum { CODE_HALF = 5 };

/* Without what is read wrongly: 0 O, 1 I L. 31^10 codes: nobody comes by one by trying. */
static struct text new_code(struct arena *a)
{
        static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
        char code[2 * CODE_HALF + 2] = {0};

        for (int i = 0; i < 2 * CODE_HALF + 1; i++)
                code[i] = i == CODE_HALF ? '-' : letters[random_below(sizeof letters - 1)];
        return text_copy(a, text_of(code));
}

#define FROM_ROW(row) \
        (struct journeys_certificate) { \
                .code = (row)->code, .name = (row)->name, .programme = (row)->programme, .cohort = (row)->cohort, .signer = (row)->signer, \
                .sponsor = (row)->sponsor, .mentor = (row)->mentor, .from_day = (row)->from_day, .until_day = (row)->until_day, \
                .months = (row)->months, .meetings = (row)->meetings, .issued_day = (row)->issued_day, .minutes = (row)->minutes}

struct err journeys_certificate(struct tx *tx, const struct who *who, int64_t pair, bool *found, struct journeys_certificate *out)
{
        struct journeys_side side;
        struct journeys_find_certificate row;

        TRY(journeys_side(tx, who, pair, &side));
        TRY(journeys_find_certificate(tx, pair, who->person, found, &row));
        *out = *found ? FROM_ROW(&row) : (struct journeys_certificate) {0};
        return OK;
}

struct err journeys_certificate_of_code(struct tx *tx, struct text code, struct journeys_certificate *out)
{
        struct journeys_certificate_by_code row;
        bool found;

        TRY(journeys_certificate_by_code(tx, code, &found, &row));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no certificate with this code", "Compare it with the sheet: two groups of five letters and digits");
        *out = FROM_ROW(&row);
        return OK;
}

/* Hours are named only if both have said so. */
static struct err minutes_of(struct tx *tx, int64_t pair, struct opt *out)
{
        struct journeys_cards_list cards;
        struct journeys_minutes_together row;
        size_t n = 0;

        TRY(journeys_cards(tx, pair, &cards));
        for (size_t i = 0; i < cards.n; i++)
                n += cards.row[i].hours && cards.row[i].done_at.has;
        TRY(journeys_minutes_together(tx, pair, &row));
        *out = (struct opt) {n == 2 && row.minutes >= 60, row.minutes};
        return OK;
}

static struct err sign(struct tx *tx, const struct programmes_cohort *c, struct text *signer, struct text *sponsor)
{
        struct evaluation_sponsor s;
        struct people_person p;
        bool found;

        TRY(people_get(tx, c->coordinator, &p));
        TRY(evaluation_sponsor(tx, c->id, &found, &s));
        *signer = text_format(tx_arena(tx), "%s %s", text_c(tx_arena(tx), p.first_name), text_c(tx_arena(tx), p.last_name));
        *sponsor = found ? s.name : TEXT_ABSENT;
        return OK;
}

struct err journeys_issue_certificate(struct tx *tx, const struct journeys_pair *p, int64_t person)
{
        struct arena *a = tx_arena(tx);
        struct journeys_save_certificate_in in = {.code = new_code(a), .pair = p->id, .person = person, .mentor = person == p->mentor};
        struct programmes_cohort c;
        struct people_person who;
        int64_t end = p->closed_at.has ? p->closed_at.v : p->planned_end < tx_now(tx) ? p->planned_end : tx_now(tx);

        if (p->n_met == 0 || text_is(p->state, "suspended"))
                return OK;
        TRY(programmes_cohort(tx, p->cohort, &c));
        TRY(people_get(tx, person, &who));
        TRY(sign(tx, &c, &in.signer, &in.sponsor));
        TRY(minutes_of(tx, p->id, &in.minutes));
        in.name = text_trim(text_format(a, "%s %s", text_c(a, who.first_name), text_c(a, who.last_name)));
        in.programme = c.programme_name;
        in.cohort = c.name;
        in.from_day = zone_day(c.zone, p->clock_start < end ? p->clock_start : p->activated_at);
        in.until_day = zone_day(c.zone, end);
        in.months = journeys_months(in.from_day, in.until_day);
        in.meetings = p->n_met;
        in.issued_day = zone_day(c.zone, tx_now(tx));
        return journeys_save_certificate(tx, &in);
}

static struct err has_closed(struct tx *tx, const struct journeys_side *side, bool *closed)
{
        struct journeys_cards_list cards;

        *closed = text_is(side->pair.state, "closed");
        TRY(journeys_cards(tx, side->pair.id, &cards));
        for (size_t i = 0; i < cards.n; i++)
                *closed |= cards.row[i].person == side->me && cards.row[i].done_at.has;
        return OK;
}

struct err journeys_make_certificate(struct tx *tx, const struct who *who, int64_t pair)
{
        struct journeys_side side;
        bool closed;

        TRY(journeys_side(tx, who, pair, &side));
        TRY(has_closed(tx, &side, &closed));
        if (!closed)
                return FAIL(ERR_CONFLICT, "Your certificate is made when your closing cards are done", "Five cards, about twelve minutes");
        if (side.pair.n_met == 0)
                return FAIL(ERR_CONFLICT, "There is nothing to certify: no conversation was noted", "Tell your coordinator if you did speak");
        if (text_is(side.pair.state, "suspended"))
                return FAIL(ERR_CONFLICT, "This pair is on hold", "Ask your coordinator");
        return journeys_issue_certificate(tx, &side.pair, who->person);
}
