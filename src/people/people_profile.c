/*
 * What the other side reads about a person: their own words, and the roster's only with their
 * consent.
 */
#include "os/clock.h"
#include "people/people.sql.h"
#include "people/people_parts.h"
#include "programmes/programmes.h"

static struct text kept(struct text t) { return text_empty(t) ? TEXT_ABSENT : t; }

/*
 * Hours as the roster gave them stay, unless other ones were ticked: they may be finer than the
 * boxes.
 */
static struct text availability(struct arena *a, struct text now, unsigned week)
{
        unsigned parts;

        if (!text_empty(now) && people_week_read(now, &parts) && parts == week)
                return now;
        return people_week_write(a, week);
}

struct err people_save_words(struct tx *tx, const struct who *who,
                             const struct people_profile_words *in)
{
        struct people_profile_row now;
        bool found;

        TRY(people_profile_row(tx, who->person, &found, &now));
        if (!found)
                return FAIL(ERR_ABSENT, "There is no profile to fill in", "Ask your coordinator");
        struct text biography = in->choice == BIOGRAPHY_OUT ? TEXT_ABSENT
                                : in->biography.p           ? kept(in->biography)
                                                            : now.biography;
        bool shown = in->choice == BIOGRAPHY_SHOW && !text_empty(biography);
        return people_save_profile(tx, &(struct people_save_profile_in) {
                .person = who->person, .about = kept(in->about), .offers = kept(in->offers),
                .wants = kept(in->wants),
                .goals = kept(in->goals), .interests = kept(in->interests),
                .languages = kept(people_language_tags(tx_arena(tx), in->languages)),
                .availability = availability(tx_arena(tx), now.availability, in->week),
                .biography = biography,
                .biography_approved_at = {shown, tx_now(tx)}});
}

struct err people_confirm_profile(struct tx *tx, const struct who *who)
{
        struct people_profile_row p;
        bool found;

        TRY(people_profile_row(tx, who->person, &found, &p));
        if (!found || (text_empty(p.about) && text_empty(p.offers) && text_empty(p.wants) &&
                       text_empty(p.goals) &&
                       text_empty(p.interests)))
                return FAIL(ERR_INVALID, "Your profile is still empty",
                            "Write at least one sentence, so that a partner can begin");
        return programmes_confirm_profile(tx, who->person);
}

struct err people_giveaways(struct tx *tx, int64_t person, struct text *row, size_t most, size_t *n)
{
        struct people_profile_row p;
        struct people_status s;
        bool found;

        *n = 0;
        TRY(people_profile_row(tx, person, &found, &p));
        TRY(people_status(tx, person, &s));
        if (!found)
                return OK;
        const struct text values[] = {s.title, s.grade, s.organisation, s.department, s.team};
        const struct text words[] = {p.about, p.offers, p.wants, p.goals, p.interests,
                                     p.biography_approved_at.has ? p.biography : TEXT_ABSENT};
        for (size_t i = 0; i < sizeof values / sizeof values[0] && *n < most; i++) {
                for (size_t k = 0; k < sizeof words / sizeof words[0]; k++) {
                        if (text_empty(values[i]) ||
                            !people_mentions(tx_arena(tx), words[k], values[i]))
                                continue;
                        row[(*n)++] = values[i];
                        break;
                }
        }
        return OK;
}
