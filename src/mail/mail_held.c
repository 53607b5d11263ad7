/* Letters that wait: for the ten minutes in which an act can be taken back, and for quiet hours to end. */
#include "mail/mail.h"

#include "mail/mail.sql.h"
#include "mail/mail_parts.h"
#include "os/clock.h"
#include "os/zone.h"

struct err mail_act_gone(struct tx *tx, int64_t act, bool *gone)
{
        struct mail_act_letters letters;

        TRY(mail_act_letters(tx, act, clock_seconds(), &letters));
        *gone = letters.gone > 0;
        return OK;
}

struct err mail_drop_act(struct tx *tx, int64_t act) { return mail_forget_act(tx, act); }

struct err mail_set_quiet(struct tx *tx, int64_t person, int64_t from, int64_t until, const struct zone *zone)
{
        if (from == until || from < 0 || until < 0)
                return mail_drop_quiet(tx, person);
        return mail_put_quiet(tx, person, from, until, text_of(zone_name(zone)));
}

struct err mail_quiet_move(struct tx *tx, int64_t person, struct text zone) { return mail_move_quiet(tx, person, zone); }

struct err mail_quiet_of(struct tx *tx, int64_t person, int64_t *from, int64_t *until)
{
        struct mail_quiet_row row;
        bool found;

        *from = *until = -1;
        TRY(mail_quiet_row(tx, person, &found, &row));
        if (found) {
                *from = row.from_minute;
                *until = row.until_minute;
        }
        return OK;
}

/* The end of the quiet hours that now lies in; now if it lies in none. They may go past midnight. */
static int64_t quiet_end(const struct mail_quiet_row *q, int64_t now)
{
        const struct zone *z = zone_find(q->zone);
        struct civil c = zone_civil(z ? z : zone_utc(), now);
        int64_t minute = c.hour * 60 + c.minute, day = zone_day(z ? z : zone_utc(), now);
        bool over_midnight = q->from_minute > q->until_minute;
        bool in = over_midnight ? minute >= q->from_minute || minute < q->until_minute
                                : minute >= q->from_minute && minute < q->until_minute;

        if (!in)
                return now;
        if (over_midnight && minute >= q->from_minute)
                day++;
        return zone_at(z ? z : zone_utc(), day, (int)(q->until_minute / 60), (int)(q->until_minute % 60));
}

struct err mail_held_until(struct tx *tx, const struct letter *l, int64_t *until)
{
        int64_t now = tx_now(tx);
        struct mail_quiet_row row;
        bool found = false;

        *until = tx_act(tx) ? now + MAIL_HELD_S : now;
        if (l->to && !l->at_once && l->class != MAIL_STAFF)
                TRY(mail_quiet_row(tx, l->to, &found, &row));
        if (found) {
                int64_t end = quiet_end(&row, *until);
                *until = end > *until ? end : *until;
        }
        if (*until == now)
                *until = 0;
        return OK;
}
