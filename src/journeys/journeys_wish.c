#include "journeys/journeys_wish.h"

#include "base/app.h"
#include "base/out.h"
#include "base/who.h"
#include "journeys/journeys_due.sql.h"
#include "mail/mail.h"
#include "os/random.h"
#include "people/people.h"

enum { DAY_S = 86400, OFFERS_KEPT_DAYS = 120 };

static const char *const letters[LETTER_KINDS] = {
        [LETTER_KEPT] = "kept", [LETTER_TRAINING] = "training", [LETTER_STEPS] = "steps", [LETTER_RHYTHM] = "rhythm",
        [LETTER_QUESTIONS] = "questions", [LETTER_TIPS] = "tips"};
static const char *const tempos[] = {[TEMPO_ONCE] = "once", [TEMPO_DAILY] = "daily", [TEMPO_WEEKLY] = "weekly"};

unsigned journeys_letters_read(struct text words)
{
        unsigned bits = 0;

        while (!text_empty(words)) {
                struct text word = text_cut(words, ' ', &words);
                for (int k = LETTER_TRAINING; k < LETTER_KINDS; k++)
                        bits |= text_is(word, letters[k]) ? 1u << k : 0;
        }
        return bits;
}

struct text journeys_letters_write(struct arena *a, unsigned bits)
{
        struct out o = out_new(a, 64);

        for (int k = LETTER_TRAINING; k < LETTER_KINDS; k++)
                if (bits & (1u << k))
                        out_format(&o, "%s%s", o.n ? " " : "", letters[k]);
        return out_get(&o);
}

enum journeys_tempo journeys_tempo_of(struct text word)
{
        return text_is(word, "daily") ? TEMPO_DAILY : text_is(word, "weekly") ? TEMPO_WEEKLY : TEMPO_ONCE;
}

const char *journeys_tempo_word(enum journeys_tempo tempo) { return tempos[tempo]; }

const struct holidays_country *journeys_holidays_of(const struct holidays *h, struct text country, struct text zone,
                                                    const struct zone *cohort)
{
        const struct holidays_country *c = text_empty(country) ? NULL : holidays_find(h, country);

        if (!c)
                c = holidays_of_zone(h, zone);
        return c || !cohort ? c : holidays_of_zone(h, text_of(zone_name(cohort)));
}

struct err journeys_wishes_of(struct tx *tx, int64_t person, struct journeys_wishes *out)
{
        struct journeys_wish row;
        bool found;

        *out = (struct journeys_wishes) {.country = TEXT("")};
        TRY(journeys_wish(tx, person, &found, &row));
        if (found)
                *out = (struct journeys_wishes) {.without = journeys_letters_read(row.without), .tempo = journeys_tempo_of(row.tempo),
                                                 .country = row.country};
        return mail_quiet_of(tx, person, &out->quiet_from, &out->quiet_until);
}

struct err journeys_save_wishes(struct tx *tx, const struct who *who, const struct journeys_wishes *in)
{
        struct people_person p;

        if (in->country.n && !holidays_find(tx_app(tx)->holidays, in->country))
                return FAIL_AT(ERR_INVALID, "This country is not in our table", "country", "Choose one from the list");
        if ((in->quiet_from < 0) != (in->quiet_until < 0))
                return FAIL_AT(ERR_INVALID, "Quiet hours need a beginning and an end", in->quiet_from < 0 ? "quiet_from" : "quiet_until",
                               "Fill in both, or neither");
        TRY(people_get(tx, who->person, &p));
        TRY(mail_set_quiet(tx, who->person, in->quiet_from, in->quiet_until, p.zone));
        return journeys_put_wish(tx, who->person, journeys_letters_write(tx_arena(tx), in->without),
                                 text_of(journeys_tempo_word(in->tempo)), in->country.p ? in->country : TEXT(""));
}

/* ---- not now ---- */

static struct err check_day(int64_t today, int64_t until_day)
{
        return until_day > today + JOURNEYS_REST_DAYS
                ? FAIL_AT(ERR_INVALID, "That is too long", "until", "At most four weeks; a pause of the pair may be longer") : OK;
}

struct err journeys_rest(struct tx *tx, const struct who *who, int64_t until_day)
{
        int64_t today = zone_day(who->zone, tx_now(tx)), id = random_id(), changes;

        TRY(check_day(today, until_day));
        TRY(journeys_wake(tx, who->person));
        if (until_day <= today)
                return OK;
        TRY(journeys_offer_snooze(tx, id, who->person, TEXT(""), TEXT(""), tx_now(tx)));
        return journeys_take_snooze(tx, id, who->person, until_day, &changes);
}

struct err journeys_resting_until(struct tx *tx, int64_t person, int64_t today, int64_t *until_day)
{
        struct journeys_resting row;
        bool found;

        TRY(journeys_resting(tx, person, &found, &row));
        *until_day = found && row.until_day > today ? row.until_day : 0;
        return OK;
}

struct err journeys_snooze(struct tx *tx, const struct who *who, int64_t offer, int64_t until_day)
{
        int64_t changes;

        TRY(check_day(zone_day(who->zone, tx_now(tx)), until_day));
        TRY(journeys_forget_snoozes(tx, tx_now(tx) - OFFERS_KEPT_DAYS * (int64_t)DAY_S));
        TRY(journeys_take_snooze(tx, offer, who->person, until_day, &changes));
        return changes ? OK : FAIL(ERR_ABSENT, "This letter can no longer be put off", "Go to your home page");
}
