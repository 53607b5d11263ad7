/*
 * One line per event on standard error: "level event key=value ...", which journald and people can read.  Never the
 * text of a message, a note, a token or a password: say ids.
 *
 * Wrong place? A failure that a person should see: base/err.h.
 */
#ifndef TELEMACHUS_BASE_LOG_H
#define TELEMACHUS_BASE_LOG_H

#include "base/err.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below the level are not written. Default: LOG_INFO. Thread safe. */
void log_level(enum log_level level);

/* Each line begins with its priority as journald and syslog number them, "<4>warn ...".  Set once at start. */
void log_priorities(bool on);

/* format starts with the event name: log_write(LOG_INFO, "mail.sent id=%lld", ...). */
[[gnu::format(printf, 2, 3)]] void log_write(enum log_level level, const char *format, ...);

/* An error that nobody above will report, with file and line of its origin. */
void log_err(enum log_level level, const char *event, struct err e);

#endif
