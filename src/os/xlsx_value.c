/* What stands in a cell, as text. Pure. */
#include "os/xlsx.h"

#include "os/zone.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DAY_S = 86400, LAST_COLUMN = 16384, LAST_LINE = 1048576 };

int64_t xlsx_column(const char *cell, int64_t *line)
{
        int64_t column = 0, row = 0;
        const char *p = cell;

        for (; *p >= 'A' && *p <= 'Z' && column <= LAST_COLUMN; p++)
                column = column * 26 + (*p - 'A' + 1);
        for (; *p >= '0' && *p <= '9' && row <= LAST_LINE; p++)
                row = row * 10 + (*p - '0');
        if (*p || column < 1 || column > LAST_COLUMN || row < 1 || row > LAST_LINE)
                return -1;
        if (line)
                *line = row;
        return column - 1;
}

struct text xlsx_column_name(struct arena *a, size_t column)
{
        char name[16];
        size_t at = sizeof name;

        for (size_t n = column + 1; n && at; n = (n - 1) / 26)
                name[--at] = (char)('A' + (n - 1) % 26);
        return text_copy(a, (struct text) {name + at, sizeof name - at});
}

/* ---- dates ---- */

/* Letters of dates outside of quotation marks and brackets, in what is shown of positive numbers. [h] counts hours on. */
static enum xlsx_shown code_shows(const char *code)
{
        for (const char *p = code; *p && *p != ';'; p++) {
                if (*p == '"') {
                        p = strchr(p + 1, '"');
                } else if (*p == '[') {
                        if (strchr("hHmMsS", p[1]) && p[1] && (p[2] == ']' || p[2] == p[1]))
                                return XLSX_HOURS;
                        p = strchr(p, ']');
                } else if (*p == '\\' || *p == '_' || *p == '*') {
                        p = p[1] ? p + 1 : NULL;
                } else if (strncasecmp(p, "general", 7) == 0) {
                        p += 6;
                } else if (strchr("dDmMyYhHsS", *p)) {
                        return XLSX_DATE;
                }
                if (!p)
                        return XLSX_NUMBER;
        }
        return XLSX_NUMBER;
}

enum xlsx_shown xlsx_shown(int64_t format, const char *code)
{
        bool date;

        if (code)
                return code_shows(code);
        date = (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
               (format >= 50 && format <= 58);
        return format == 46 ? XLSX_HOURS : date ? XLSX_DATE : XLSX_NUMBER;
}

/* A leap day that never was, 29 February 1900, is counted: before it the days are one less. */
static int64_t day_from(int64_t count, bool from_1904)
{
        if (from_1904)
                return day_of(1904, 1, 1) + count;
        return day_of(1899, 12, 30) + count + (count < 60);
}

static void write_clock(struct out *o, int64_t seconds)
{
        out_format(o, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
        if (seconds % 60)
                out_format(o, ":%02d", (int)(seconds % 60));
}

struct text xlsx_date(struct arena *a, double serial, bool from_1904)
{
        struct out o = out_new(a, 32);
        int year, month, mday;

        if (!(serial >= 0 && serial < 2958466))         /* after 9999, or no number */
                return text_format(a, "%.15g", serial);
        int64_t count = (int64_t)floor(serial);
        int64_t seconds = llround((serial - (double)count) * DAY_S);
        count += seconds / DAY_S;
        seconds %= DAY_S;
        if (count == 0 && (seconds || !from_1904)) {
                write_clock(&o, seconds);
                return text_copy(a, out_get(&o));
        }
        day_split(day_from(count, from_1904), &year, &month, &mday);
        out_format(&o, "%04d-%02d-%02d", year, month, mday);
        if (seconds) {
                out_char(&o, ' ');
                write_clock(&o, seconds);
        }
        return text_copy(a, out_get(&o));
}

struct text xlsx_hours(struct arena *a, double days)
{
        struct out o = out_new(a, 32);

        if (!(days >= 0 && days < 2958466))
                return text_format(a, "%.15g", days);
        write_clock(&o, llround(days * DAY_S));
        return text_copy(a, out_get(&o));
}

/* ---- numbers and text ---- */

struct text xlsx_number(struct arena *a, const char *digits)
{
        char *end;
        double v = strtod(digits, &end);

        if (end == digits || *end || !isfinite(v))
                return text_copy(a, text_of(digits));
        if (fabs(v) < 1e18 && v == floor(v))
                return text_format(a, "%.0f", v);
        struct text t = text_format(a, "%.15g", v);
        return memchr(t.p, 'e', t.n) && fabs(v) < 1 ? text_format(a, "%.20f", v) : t;
}

static int hex(char c)
{
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What "_x000D_" at p stands for, one that XML cannot hold or the underscore of such a word; -1 when it is plain text. */
static int escaped(const char *p, size_t n)
{
        int v = 0;

        if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
                return -1;
        for (int i = 2; i < 6; i++) {
                if (hex(p[i]) < 0)
                        return -1;
                v = v * 16 + hex(p[i]);
        }
        return v < ' ' || v == '_' ? v : -1;
}

struct text xlsx_plain(struct arena *a, struct text t)
{
        struct out o = out_new(a, t.n + 1);

        for (size_t i = 0; i < t.n; i++) {
                int c = escaped(t.p + i, t.n - i);
                if (c < 0) {
                        out_char(&o, t.p[i]);
                        continue;
                }
                i += 6;
                if (c == '\n' || c == '\t' || c == '_')
                        out_char(&o, (char)c);
        }
        return out_get(&o);
}
