/* Whom to ring, when, and in which order. */
#include "care/care_rules.h"

enum {
        DUE_SOON_DAYS = 2,
        SAMPLE = 20,
        MORNING_FROM = 10 * 60,
        MORNING_UNTIL = 12 * 60,
        AFTERNOON_FROM = 14 * 60,
        AFTERNOON_UNTIL = 17 * 60,
        STAFF_FROM = 8 * 60,
        STAFF_EARLY = 7 * 60,
        STAFF_LATE = 21 * 60,
        EARLY = 8 * 60,
        LATE = 20 * 60,
        STAFF_UNTIL = 18 * 60,
        SEARCH_DAYS = 8,
};

enum care_touch care_touch_of(struct text word)
{
        return text_is(word, "light")      ? CARE_LIGHT
               : text_is(word, "standard") ? CARE_STANDARD
                                           : CARE_HIGH;
}

/* ---- by lot ---- */

static uint64_t mix(uint64_t x)
{
        x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
        return x ^ (x >> 31);
}

static uint64_t draw(int64_t person, int64_t pair, struct text call)
{
        uint64_t x = mix((uint64_t)person + UINT64_C(0x9e3779b97f4a7c15));

        x = mix(x ^ (uint64_t)pair);
        for (size_t i = 0; i < call.n; i++)
                x = mix(x ^ (unsigned char)call.p[i]);
        return x;
}

int care_lot(int64_t person, int64_t pair, struct text call)
{
        return (int)(draw(person, pair, call) % 100);
}

/* ---- days ---- */

static bool is_working(int64_t day) { return day_weekday(day) <= 5; }

int64_t care_working_days(int64_t from_day, int n)
{
        while (n > 0)
                n -= is_working(++from_day);
        return from_day;
}

/* A working day of the window: the day itself, else the next one, else the one before. */
static int64_t working_within(int64_t day, int64_t from, int64_t until)
{
        int64_t d = day;

        while (d <= until && !is_working(d))
                d++;
        if (d <= until)
                return d;
        for (d = day; d > from && !is_working(d); d--)
                ;
        return d;
}

/* ---- windows ---- */

/* A pair that began late has its first calls later by as much; its own end counts, not the
 * cohort's. */
static int64_t day_for(struct pack_date date, const struct pack_days *days,
                       const struct care_caller *who, int64_t red_day)
{
        struct pack_days own = *days;

        if (who->clock_day > own.launch && date.base == PACK_BASE_LAUNCH)
                return who->clock_day + date.days;
        if (who->end_day)
                own.end = who->end_day;
        own.closed = who->closed_day;
        if (date.base == PACK_BASE_RED)
                return care_working_days(red_day, date.days);
        return pack_day(date, &own);
}

static bool drawn(const struct pack_call *call, int percent, const struct care_caller *who)
{
        return care_lot(who->person, who->pair, call->key) < percent;
}

/* High: the pack as it is. Standard: everybody once, after the launch, then risk and a fifth.
 * Light: risk alone. */
static bool concerns_active(const struct pack_call *call, enum care_touch touch,
                            const struct care_caller *who, enum care_why *why)
{
        bool first = call->from.base == PACK_BASE_LAUNCH;
        bool everyone = call->who == PACK_CALL_EVERYONE &&
                        (touch == CARE_HIGH || (touch == CARE_STANDARD && first));
        int percent = touch == CARE_LIGHT ? 0 : call->sample ? call->sample : SAMPLE;

        if (!who->active)
                return false;
        *why = everyone ? CARE_WHY_PLAN : who->flagged ? CARE_WHY_RISK : CARE_WHY_LOT;
        return everyone || who->flagged || drawn(call, percent, who);
}

static bool concerns(const struct pack_call *call, enum care_touch touch,
                     const struct care_caller *who, enum care_why *why)
{
        switch (call->who) {
        case PACK_CALL_EVERYONE: case PACK_CALL_RISK: return concerns_active(call, touch, who, why);
        case PACK_CALL_FLAGGED: *why = CARE_WHY_INTAKE; return who->intake;
        case PACK_CALL_CLOSERS: *why = CARE_WHY_ENDED; return who->closed_day != 0;
        case PACK_CALL_RED: *why = CARE_WHY_RED; return who->red_at != 0;
        case PACK_CALL_NOSHOW: *why = CARE_WHY_MISSED; return who->active && who->missed_launch;
        case PACK_CALL_WHOS: break;
        }
        must(!"a kind of call outside its enum");
}

struct care_window care_plan_call(const struct pack_call *call, const struct pack_days *days,
                                  enum care_touch touch, const struct care_caller *who,
                                  int64_t today)
{
        struct care_window w = {0};

        if (!concerns(call, touch, who, &w.why))
                return w;
        w.from_day = day_for(call->from, days, who, today);
        w.until_day = day_for(call->until, days, who, today);
        w.wanted = today >= w.from_day && today <= w.until_day;
        if (w.why == CARE_WHY_PLAN || w.why == CARE_WHY_LOT) {
                int64_t half = (w.from_day + w.until_day) / 2;
                int64_t from = call->mentor_first && !who->mentor ? half + 1 : w.from_day;
                int64_t until = call->mentor_first && who->mentor ? half : w.until_day;
                uint64_t span = (uint64_t)(until - from + 1);
                int64_t day =
                        from + (int64_t)(draw(who->person, who->pair, call->key) / 100 % span);
                w.from_day = working_within(day, from, until);
        } else {
                w.from_day = working_within(today > w.from_day ? today : w.from_day, w.from_day,
                                            w.until_day);
        }
        return w;
}

/* ---- hours ---- */

struct span { int64_t from, until; };

static bool overlap(struct span a, struct span b, struct span *out)
{
        *out = (struct span) {a.from > b.from ? a.from : b.from,
                             a.until < b.until ? a.until : b.until};
        return out->from < out->until;
}

static struct span hours_on(const struct zone *z, int64_t day, int64_t from, int64_t until)
{
        return (struct span) {zone_at(z, day, (int)(from / 60), (int)(from % 60)),
                             zone_at(z, day, (int)(until / 60), (int)(until % 60))};
}

/* How far both sides stretch: the staff's day, and whether they are rung outside the usual hours too (unless they named their own). */
struct reach { int from, until; bool early_and_late; };

/* What is left of their hours on one day of theirs after now, within the staff's day. */
static bool free_on(struct span theirs, const struct zone *staff, const struct reach *r, int64_t now, struct span *out)
{
        struct span left;

        if (!overlap(theirs, (struct span) {now, INT64_MAX}, &left))
                return false;
        for (int64_t day = zone_day(staff, left.from); day <= zone_day(staff, left.until); day++)
                if (is_working(day) && overlap(left, hours_on(staff, day, r->from, r->until), out))
                        return true;
        return false;
}

static bool search(const struct care_hours *h, const struct zone *staff, const struct reach *r, int64_t now, struct span *out)
{
        bool own = h->from.has && h->until.has && h->from.v < h->until.v;
        int64_t today = zone_day(h->zone, now);

        for (int64_t day = today; day < today + SEARCH_DAYS; day++) {
                if (!is_working(day))
                        continue;
                if (own && free_on(hours_on(h->zone, day, h->from.v, h->until.v), staff, r, now, out))
                        return true;
                if (!own && r->early_and_late && free_on(hours_on(h->zone, day, EARLY, LATE), staff, r, now, out))
                        return true;
                if (!own && free_on(hours_on(h->zone, day, MORNING_FROM, MORNING_UNTIL), staff, r, now, out))
                        return true;
                if (!own && free_on(hours_on(h->zone, day, AFTERNOON_FROM, AFTERNOON_UNTIL), staff, r, now, out))
                        return true;
        }
        return false;
}

/* Further and further, where the world lies between the two; at last theirs count, on a day on which the staff works. */
int64_t care_best_at(const struct care_hours *theirs, const struct zone *staff, int64_t now,
                     bool *good_now)
{
        static const struct reach reaches[] = {{STAFF_FROM, STAFF_UNTIL, false}, {STAFF_EARLY, STAFF_LATE, false},
                                               {STAFF_EARLY, STAFF_LATE, true}, {0, 24 * 60, false}};
        struct span s = {now, now};
        size_t i = 0;

        while (i < sizeof reaches / sizeof reaches[0] && !search(theirs, staff, &reaches[i], now, &s))
                i++;
        must(i < sizeof reaches / sizeof reaches[0]);
        *good_now = s.from == now;
        return s.from;
}

int care_urgency(bool red, int64_t until_at, int64_t now)
{
        if (red || now > until_at)
                return 2;
        return until_at - now <= DUE_SOON_DAYS * (int64_t)CARE_DAY;
}
