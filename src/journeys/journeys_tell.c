/* Event mails about what the partner has done: they name the person and the fact, never anything that was written. */
#include "journeys/journeys.h"

#include "journeys/journeys_parts.h"
#include "journeys/journeys_tell.h"
#include "journeys/journeys_tell.mail.h"
#include "mail/mail.h"
#include "os/config.h"
#include "people/people.h"

typedef void letter_fn(struct page *pg, struct letter_text *out, const struct journeys_letter *v);

/* rule: what the outbox calls it; page: what the button opens, below /pairs/ID/. */
static const struct { const char *rule, *page; letter_fn *write; bool meeting; } letters[] = {
        [NEWS_BOOKED] = {"meeting-booked", "/meetings", journeys_tell_booked, true},
        [NEWS_MOVED] = {"meeting-moved", "/meetings", journeys_tell_moved, true},
        [NEWS_CANCELLED] = {"meeting-cancelled", "/meetings", journeys_tell_cancelled, false},
        [NEWS_AGREEMENT] = {"agreement-written", "/agreement", journeys_tell_agreement, false},
        [NEWS_AGREED] = {"agreement-signed", "/agreement", journeys_tell_agreed, false},
        [NEWS_PAUSED] = {"paused", "", journeys_tell_paused, false},
        [NEWS_RESUMED] = {"resumed", "/meetings", journeys_tell_resumed, false},
        [NEWS_REVEAL_ASKED] = {"reveal-asked", "/reveal", journeys_tell_reveal_asked, false},
        [NEWS_REVEALED] = {"revealed", "/reveal", journeys_tell_revealed, false},
        [NEWS_CLOSING] = {"closing-begun", "/closing", journeys_tell_closing, false},
        [NEWS_GOES_ON] = {"pair-goes-on", "", journeys_tell_goes_on, false},
        [NEWS_ENDED] = {"pair-ended", "/closing", journeys_tell_ended, false},
        [NEWS_STAFF_CLOSING] = {"closing-begun", "/closing", journeys_tell_staff_closing, false},
        [NEWS_THANKS] = {"thanks", "/closing", journeys_tell_thanks, false},
        [NEWS_EXTENDED] = {"extended", "", journeys_tell_extended, false},
        [NEWS_CARDS] = {"closing-reminder", "/closing", journeys_tell_cards, false},
};

struct news { int64_t pair, cohort, to, about, meeting, at; struct text anchor; };

static struct err move_address(struct tx *tx, const struct news *n, struct text *url)
{
        return journeys_action_url(tx, "move_meeting", n->to, n->pair, n->meeting, n->at, url);
}

static struct err post(struct tx *tx, enum journeys_news kind, const struct news *n)
{
        struct arena *a = tx_arena(tx);
        struct people_person to, about;
        struct programmes_cohort c;
        struct out out = out_new(a, 1024);
        struct letter_text words;
        int64_t id;

        TRY(people_get(tx, n->to, &to));
        TRY(people_get(tx, n->about, &about));
        TRY(programmes_cohort(tx, n->cohort, &c));

        struct journeys_letter v = {
                .first_name = to.first_name, .partner = about.first_name, .programme = c.programme_name,
                .coordinator = c.help_name, .at = n->at,
                .url = text_format(a, "%s/pairs/%lld%s", tx_app(tx)->config->base_url, (long long)n->pair,
                                   letters[kind].page)};
        if (letters[kind].meeting)
                TRY(move_address(tx, n, &v.move_url));
        letters[kind].write(&(struct page) {.out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)}, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = to.id, .address = to.email, .name = to.first_name, .locale = to.locale, .class = MAIL_EVENT,
                .rule = letters[kind].rule, .anchor = n->anchor, .subject = words.subject, .body = words.body,
                .cohort = n->cohort}, &id);
}

/* "meeting:ID:SEQUENCE" -> ID; 0 for other anchors. */
static int64_t meeting_of(struct text anchor)
{
        struct text rest, id;
        int64_t meeting;

        if (!text_is(text_cut(anchor, ':', &rest), "meeting"))
                return 0;
        id = text_cut(rest, ':', &rest);
        return text_int(id, &meeting) ? meeting : 0;
}

struct err journeys_tell(struct tx *tx, const struct journeys_side *side, enum journeys_news news,
                         struct text anchor, int64_t at)
{
        return post(tx, news, &(struct news) {
                .pair = side->pair.id, .cohort = side->pair.cohort, .to = side->partner, .about = side->me,
                .meeting = meeting_of(anchor), .at = at, .anchor = anchor});
}

struct err journeys_tell_one(struct tx *tx, const struct journeys_pair *p, int64_t person, enum journeys_news news, struct text anchor, int64_t at)
{
        return post(tx, news, &(struct news) {.pair = p->id, .cohort = p->cohort, .to = person,
                                              .about = person == p->mentor ? p->mentee : p->mentor, .at = at, .anchor = anchor});
}

struct err journeys_tell_both(struct tx *tx, const struct journeys_pair *p, enum journeys_news news)
{
        struct text anchor = text_format(tx_arena(tx), "pair:%lld", (long long)p->id);
        struct news n = {.pair = p->id, .cohort = p->cohort, .to = p->mentor, .about = p->mentee, .at = tx_now(tx),
                         .anchor = anchor};

        TRY(post(tx, news, &n));
        n.to = p->mentee;
        n.about = p->mentor;
        return post(tx, news, &n);
}
