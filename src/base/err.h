/*
 * A failure is a value.  What a person did wrong comes back as struct err and one place (http/, main/) turns it
 * into a page, a status and a log line.  What we did wrong is must(): it stops the program and is never compiled out.
 *
 * Wrong place? Log lines: base/log.h.  Sentences people read: they are catalogue keys, see html/messages.h.
 */
#ifndef TELEMACHUS_BASE_ERR_H
#define TELEMACHUS_BASE_ERR_H

#include <stdbool.h>

enum err_kind {
        ERR_NONE,
        ERR_ABSENT,             /* there is no such thing, or you may not know that there is */
        ERR_FORBIDDEN,          /* you may know of it, but not do this */
        ERR_INVALID,            /* what was entered cannot be used; the form comes back filled in */
        ERR_CONFLICT,           /* somebody was faster, or the state has moved on */
        ERR_BUSY,               /* try again in a moment */
        ERR_LIMIT,              /* too many, too large, too often */
        ERR_UPSTREAM,           /* a mail server, a database server: not us */
        ERR_BROKEN,             /* a fault of ours or of the machine */
};

/*
 * what and next are English sentences of the catalogue (static strings); place is data (a field, a file and line) in
 * arena or static storage that outlives the error; detail is for the log only and is never shown.
 */
struct [[nodiscard]] err {
        enum err_kind kind;
        const char *what;
        const char *place;
        const char *next;
        const char *detail;
        const char *file;
        int line;
};

#define OK ((struct err) {0})
#define FAIL(kind_, what_, next_) \
        ((struct err) {.kind = (kind_), .what = (what_), .next = (next_), .file = __FILE__, .line = __LINE__})
#define FAIL_AT(kind_, what_, place_, next_) \
        ((struct err) {.kind = (kind_), .what = (what_), .place = (place_), .next = (next_), .file = __FILE__, \
                       .line = __LINE__})

/* Pass an error on, unchanged: the place where it arose is what the log wants to know. */
#define TRY(expr) \
        do { \
                struct err try_err_ = (expr); \
                if (try_err_.kind != ERR_NONE) \
                        return try_err_; \
        } while (0)

static inline bool err_is(struct err e, enum err_kind kind) { return e.kind == kind; }
static inline bool failed(struct err e) { return e.kind != ERR_NONE; }

/* "absent", "forbidden", ...: static, for logs and JSON. */
const char *err_kind_name(enum err_kind kind);

/* Our own mistake. Prints the condition, file and line on standard error and aborts. */
#define must(cond) ((cond) ? (void)0 : must_fail(#cond, __FILE__, __LINE__))
[[gnu::noreturn]] void must_fail(const char *cond, const char *file, int line);

#endif
