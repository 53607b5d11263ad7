/* The agreement of a pair: either writes it, both sign; a change takes both signatures anew. */
#include "journeys/journeys.h"

#include "journeys/journeys.sql.h"
#include "journeys/journeys_parts.h"

const char *const journeys_cadences[] = {"7", "14", "21", "28", NULL};

struct err journeys_agreement(struct tx *tx, int64_t pair, struct journeys_agreement *out)
{
        struct journeys_find_agreement row;

        *out = (struct journeys_agreement) {0};
        TRY(journeys_find_agreement(tx, pair, &out->written, &row));
        if (out->written)
                *out = (struct journeys_agreement) {
                        .written = true, .cadence_days = row.cadence_days, .channel = row.channel, .quiet = row.quiet,
                        .boundaries = row.boundaries, .written_by = row.written_by, .written_at = row.written_at,
                        .mentor_signed_at = row.mentor_signed_at, .mentee_signed_at = row.mentee_signed_at};
        return OK;
}

static bool one_of(struct text word, const char *const *words)
{
        for (size_t i = 0; words[i]; i++)
                if (text_is(word, words[i]))
                        return true;
        return false;
}

static struct err check(struct tx *tx, const struct journeys_side *s, int64_t cadence_days,
                        struct text channel, struct text quiet)
{
        struct text days = text_format(tx_arena(tx), "%lld", (long long)cadence_days);

        if (!one_of(days, journeys_cadences) || cadence_days > s->cohort.pack->cadence.max)
                return FAIL_AT(ERR_INVALID, "How often will you speak?", "cadence",
                               "Choose one of the rhythms");
        if (!one_of(channel, journeys_channels))
                return FAIL_AT(ERR_INVALID, "How will you usually speak?", "channel",
                               "Choose one of the four");
        if (text_empty(quiet))
                return FAIL_AT(ERR_INVALID, "What will you do if one of you goes quiet?", "quiet",
                               "One sentence is enough");
        return OK;
}

static bool same_terms(const struct journeys_agreement *a, int64_t cadence_days,
                       struct text channel, struct text quiet, struct text boundaries)
{
        return a->written && a->cadence_days == cadence_days && text_equal(a->channel, channel) &&
               text_equal(a->quiet, quiet) && text_equal(a->boundaries, boundaries);
}

static struct err both_signed(struct tx *tx, const struct journeys_side *s,
                              const struct journeys_agreement *a)
{
        TRY(journeys_set_agreed(tx, s->pair.id, a->cadence_days, a->channel, tx_now(tx)));
        return journeys_tell(tx, s, NEWS_AGREED,
                             text_format(tx_arena(tx), "pair:%lld:%lld", (long long)s->pair.id,
                                         (long long)a->written_at),
                             tx_now(tx));
}

/* My name under what the other one wrote. */
static struct err countersign(struct tx *tx, const struct journeys_side *s,
                              struct journeys_agreement *a)
{
        struct opt *mine = s->mentor ? &a->mentor_signed_at : &a->mentee_signed_at;

        if (mine->has)
                return OK;
        *mine = (struct opt) {true, tx_now(tx)};
        TRY(journeys_sign(tx, s->pair.id, a->mentor_signed_at, a->mentee_signed_at));
        return a->mentor_signed_at.has && a->mentee_signed_at.has ? both_signed(tx, s, a) : OK;
}

struct err journeys_sign_agreement(struct tx *tx, const struct who *who, int64_t pair,
                                   int64_t cadence_days, struct text channel, struct text quiet,
                                   struct text boundaries)
{
        struct journeys_side side;
        struct journeys_agreement old;
        struct opt now = {true, tx_now(tx)}, not_yet = {0};
        struct text anchor = text_format(tx_arena(tx), "pair:%lld:%lld", (long long)pair, (long long)tx_now(tx));

        boundaries = boundaries.p ? text_trim(boundaries) : TEXT("");
        quiet = text_trim(quiet);
        TRY(journeys_open_side(tx, who, pair, &side));
        TRY(check(tx, &side, cadence_days, channel, quiet));
        TRY(journeys_agreement(tx, pair, &old));
        if (same_terms(&old, cadence_days, channel, quiet, boundaries))
                return countersign(tx, &side, &old);
        TRY(journeys_put_agreement(tx, &(struct journeys_put_agreement_in) {
                .pair = pair, .cadence_days = cadence_days, .channel = channel, .quiet = quiet, .boundaries = boundaries,
                .by_person = who->person, .now = tx_now(tx), .mentor_at = side.mentor ? now : not_yet,
                .mentee_at = side.mentor ? not_yet : now}));
        return journeys_tell(tx, &side, NEWS_AGREEMENT, anchor, tx_now(tx));
}
