#include "os/zone.h"

#include "base/err.h"

#include <glib.h>
#include <pthread.h>
#include <string.h>

struct zone {
        GTimeZone *tz;
        char name[64];
};

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static GHashTable *cache;       /* name -> struct zone *, never shrinks: tzdata has about 600 names */

static struct zone *zone_open(const char *name)
{
        GTimeZone *tz = g_time_zone_new_identifier(name);

        if (!tz)
                return NULL;
        struct zone *z = g_new0(struct zone, 1);
        z->tz = tz;
        g_strlcpy(z->name, name, sizeof z->name);
        return z;
}

/* "Europe/Lisbon" and "UTC", not "+01:00", "EST5EDT" arithmetic or a path. */
static bool is_name(struct text name)
{
        if (name.n == 0 || name.n >= 64 || name.p[0] == '/' || !g_ascii_isalpha(name.p[0]))
                return false;
        for (size_t i = 0; i < name.n; i++)
                if (!g_ascii_isalnum(name.p[i]) && !strchr("/_+-", name.p[i]))
                        return false;
        return true;
}

const struct zone *zone_find(struct text name)
{
        char key[64];

        if (!is_name(name))
                return NULL;
        memcpy(key, name.p, name.n);
        key[name.n] = 0;
        pthread_mutex_lock(&cache_lock);
        if (!cache)
                cache = g_hash_table_new(g_str_hash, g_str_equal);
        struct zone *z = g_hash_table_lookup(cache, key);
        if (!z && (z = zone_open(key)))
                g_hash_table_insert(cache, z->name, z);
        pthread_mutex_unlock(&cache_lock);
        return z;
}

const struct zone *zone_utc(void)
{
        const struct zone *z = zone_find(TEXT("UTC"));

        must(z);
        return z;
}

const char *zone_name(const struct zone *z) { return z->name; }

static int offset_at(const struct zone *z, int64_t t)
{
        return g_time_zone_get_offset(z->tz, g_time_zone_find_interval(z->tz, G_TIME_TYPE_UNIVERSAL, t));
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

struct civil zone_civil(const struct zone *z, int64_t t)
{
        struct civil c = {.offset = offset_at(z, t)};
        int64_t local = t + c.offset;
        int64_t day = floor_div(local, 86400);
        int64_t second = local - day * 86400;

        day_split(day, &c.year, &c.month, &c.day);
        c.weekday = day_weekday(day);
        c.hour = (int)(second / 3600);
        c.minute = (int)(second / 60 % 60);
        c.second = (int)(second % 60);
        return c;
}

int64_t zone_at(const struct zone *z, int64_t day, int hour, int minute)
{
        int64_t local = day * 86400 + hour * 3600 + minute * 60;
        int before = offset_at(z, local - 86400);
        int after = offset_at(z, local + 86400);
        int64_t first = local - before;

        if (before == after || offset_at(z, first) == before)
                return first;
        int64_t second = local - after;
        return offset_at(z, second) == after ? second : first;
}

int64_t zone_day(const struct zone *z, int64_t t) { return floor_div(t + offset_at(z, t), 86400); }

/* Days from civil and back: Howard Hinnant, "chrono-compatible low-level date algorithms". */
int64_t day_of(int year, int month, int day)
{
        int64_t y = year - (month <= 2);
        int64_t era = floor_div(y, 400);
        int64_t yoe = y - era * 400;
        int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

        return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void day_split(int64_t day, int *year, int *month, int *mday)
{
        int64_t z = day + 719468;
        int64_t era = floor_div(z, 146097);
        int64_t doe = z - era * 146097;
        int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
        int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        int64_t mp = (5 * doy + 2) / 153;

        *mday = (int)(doy - (153 * mp + 2) / 5 + 1);
        *month = (int)(mp < 10 ? mp + 3 : mp - 9);
        *year = (int)(yoe + era * 400 + (*month <= 2));
}

int day_weekday(int64_t day) { return (int)(((day + 3) % 7 + 7) % 7) + 1; }

bool day_parse(struct text iso, int64_t *day)
{
        int64_t y, m, d;
        int cy, cm, cd;

        if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-' ||
            !text_int((struct text) {iso.p, 4}, &y) || !text_int((struct text) {iso.p + 5, 2}, &m) ||
            !text_int((struct text) {iso.p + 8, 2}, &d) || y < 1 || m < 1 || m > 12 || d < 1)
                return false;
        *day = day_of((int)y, (int)m, (int)d);
        day_split(*day, &cy, &cm, &cd);
        return cy == y && cm == m && cd == d;
}
