#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic int lowest = LOG_INFO;   /* set once at start, read by every thread */
static _Atomic bool priorities;         /* likewise */

static const char *level_name(enum log_level level)
{
        switch (level) {
        case LOG_DEBUG: return "debug";
        case LOG_INFO: return "info";
        case LOG_WARN: return "warn";
        case LOG_ERROR: return "error";
        }
        must(!"a log level outside its enum");
}

/* Syslog's numbers: 7 debug, 6 informational, 4 warning, 3 error. */
static const char *level_mark(enum log_level level)
{
        switch (level) {
        case LOG_DEBUG: return "<7>";
        case LOG_INFO: return "<6>";
        case LOG_WARN: return "<4>";
        case LOG_ERROR: return "<3>";
        }
        must(!"a log level outside its enum");
}

void log_level(enum log_level level) { lowest = (int)level; }
void log_priorities(bool on) { priorities = on; }

void log_write(enum log_level level, const char *format, ...)
{
        char line[2048];
        va_list ap;

        if ((int)level < lowest)
                return;
        int n = snprintf(line, sizeof line, "%s%s ", priorities ? level_mark(level) : "", level_name(level));
        va_start(ap, format);
        int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, format, ap);
        va_end(ap);
        if (m < 0)
                return;
        n += m;
        if ((size_t)n > sizeof line - 2)
                n = (int)sizeof line - 2;
        for (int i = 0; i < n; i++)
                if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
                        line[i] = ' ';
        line[n++] = '\n';
        fwrite(line, 1, (size_t)n, stderr);
}

void log_err(enum log_level level, const char *event, struct err e)
{
        log_write(level, "%s kind=%s what=\"%s\" place=\"%s\" detail=\"%s\" at=%s:%d", event, err_kind_name(e.kind),
                  e.what ? e.what : "", e.place ? e.place : "", e.detail ? e.detail : "", e.file ? e.file : "?", e.line);
}
