/*
 * Ways to sign in, between the files of people/ only: one door (people_enter) behind all of them, passwords, passkeys, second
 * factors, addresses.  Machine time throughout.
 *
 * Wrong place?  The mailed link: people_parts.h.  What a password or a code must be: people_password_rules.h,
 * people_code_rules.h.  What a browser sends about a passkey: people_passkey_rules.h.
 */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_WAYS_PARTS_H
#define TELEMACHUS_PEOPLE_PEOPLE_WAYS_PARTS_H

#include "people/people_parts.h"

enum {
        SESSION_WHOLE_S = 90 * 86400,   /* however much it is used */
        SESSION_STAFF_S = 30 * 86400,   /* the same for those who work at the desk */
        PENDING_S = 10 * 60,            /* to show the second factor */
        FRESH_S = 15 * 60,              /* after signing in, ways to sign in may be changed */
        ADDRESSES_MOST = 5,             /* beside the main one */
        PASSKEYS_MOST = 20,
        RECOVERY_CODES = 10,
};

/* Where a request comes from. session: the hash of the one it carries, absent: none. */
struct people_visit { struct text agent, ip, session; };

/*
 * Lets somebody in who has shown one way (means: link, password, passkey; strong: it counts as two).  The session it comes
 * with is ended.  When a second factor is to be asked, the new session is nobody yet and *where is the page that asks.
 */
struct err people_enter(struct tx *tx, const struct people_visit *from, int64_t person,
                        const char *means, bool strong, struct text next, struct text *secret,
                        struct text *where);

/* Did this session begin a short while ago, so that ways to sign in may be changed with it? */
struct err people_fresh(struct tx *tx, const struct people_visit *from, bool *fresh);
/* Forbidden, with what to do about it, if not. */
struct err people_must_be_fresh(struct tx *tx, const struct people_visit *from);

/*
 * A way to sign in has changed: all other sessions end, it is written down (act, e.g. "password.set"), and the person is told
 * by mail.  what: a sentence of the catalogue that says it to them; address: where the mail goes, absent: the main one.
 */
struct err people_way_changed(struct tx *tx, const struct who *who, const struct people_visit *from,
                              const char *act, const char *what, struct text address);
/* Only the letter. */
struct err people_tell(struct tx *tx, const struct people_person *p, const struct people_visit *from,
                       const char *what, struct text address);

/* 63 random bits, for tokens that must not be met twice. */
int64_t people_nonce(void);

/* ---- counting attempts, outside the transaction that may fail ---- */

struct people_limit { const char *what; struct text whom; int64_t most; };
/* Counts one attempt in each window of a quarter of an hour; limit when one is full (then nothing is written). */
struct err people_count_attempts(struct app *app, struct arena *a, const struct people_limit *limits,
                                 size_t n);
/* It was the right one: it does not count against them. */
struct err people_forgive_attempts(struct tx *tx, const struct people_limit *limits, size_t n);

/* ---- passwords ---- */

/* What the slow part found out; no transaction is open while it hashes. */
struct people_password_try {
        int64_t person;                 /* 0: they do not go together, or there is no such person */
        struct text rehash;             /* to be stored instead; absent: the stored one is good */
        struct people_limit limit[2];
};
/* The same work and the same answer for an address that is not known. Limit by address and by ip. */
struct err people_password_check(struct app *app, struct arena *a, struct text email,
                                 struct text password, struct text ip,
                                 struct people_password_try *out);
struct err people_password_enter(struct tx *tx, const struct people_visit *from,
                                 const struct people_password_try *found, struct text next,
                                 struct text *secret, struct text *where);

/* before: the hash it replaces, absent: there was none */
struct people_password_new { struct text before, hash; };
/* Checks the present one (if there is one) and hashes the new one. Invalid names the field password_now or password. */
struct err people_password_prepare(struct app *app, struct arena *a, int64_t person, struct text now,
                                   struct text password, struct people_password_new *out);
struct err people_password_set(struct tx *tx, const struct who *who, const struct people_visit *from,
                               const struct people_password_new *made);
struct err people_password_remove(struct tx *tx, const struct who *who,
                                  const struct people_visit *from);

/* ---- passkeys ---- */

enum people_ceremony { CEREMONY_ADD = 1, CEREMONY_ENTER = 2, CEREMONY_SECOND = 3 };

/* JSON for navigator.credentials: person 0 for signing in by any passkey. */
struct err people_passkey_options(struct tx *tx, enum people_ceremony what, int64_t person,
                                  struct text *json);

struct people_passkey_new { struct text credential, public_key, challenge; int64_t algorithm,
        sign_count; };
/* What a browser sent when one was made, verified; no transaction is needed. Invalid if it does not hold. */
struct err people_passkey_read(const struct app *app, struct arena *a, int64_t person,
                               struct text client_data, struct text attestation,
                               struct people_passkey_new *out);
struct err people_passkey_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                              const struct people_passkey_new *made, struct text name);
struct err people_passkey_remove(struct tx *tx, const struct who *who,
                                 const struct people_visit *from, int64_t passkey);

struct people_passkey_answer { struct text credential, client_data, authenticator_data, signature,
        user_handle; };
struct people_passkey_shown { int64_t person, passkey, sign_count; struct text challenge; };
/* Verifies the signature of a known passkey. Invalid if it does not hold. Reads for itself. */
struct err people_passkey_verify(struct app *app, struct arena *a, enum people_ceremony what,
                                 const struct people_passkey_answer *answer,
                                 struct people_passkey_shown *out);
/* The challenge and the counter move on. *step false: the counter stood still; the person is told, and nobody gets in. */
struct err people_passkey_use(struct tx *tx, const struct people_visit *from,
                              const struct people_passkey_shown *shown, bool *step);

/* ---- the second factor ---- */

struct people_second {
        bool required;                  /* of this person, by the installation's setting */
        bool app;                       /* has codes from an app */
        int64_t passkeys, codes;        /* codes: for recovery, not used yet */
        bool asked;                     /* is asked for one after a link or a password */
        bool missing;                   /* is required to have one, and has none */
};
struct err people_second_of(struct tx *tx, int64_t person, struct people_second *out);

/* Roles that are held back from a session with one factor, of these roles. */
unsigned people_withheld(struct tx *tx, unsigned roles, bool strong);

/* Setting up: a signed token that stands for a secret nobody has stored yet. */
struct text people_app_token(const struct app *app, struct arena *a, int64_t person);
/* The secret of a token, 20 bytes; invalid if it has run out. */
struct err people_app_secret(const struct app *app, struct arena *a, int64_t person,
                             struct text token, struct text *secret);
/* Turns codes on, and gives the codes for the day the app is lost, shown this once. Invalid names the field code. */
struct err people_app_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                          struct text token, struct text code, struct text codes[RECOVERY_CODES]);
struct err people_app_remove(struct tx *tx, const struct who *who, const struct people_visit *from);
struct err people_recovery_renew(struct tx *tx, const struct who *who,
                                 const struct people_visit *from,
                                 struct text codes[RECOVERY_CODES]);
/* A code from the app or one for recovery; each works once. Invalid names the field code. */
struct err people_second_code(struct tx *tx, const struct people_visit *from, int64_t person,
                              struct text code);
/* The waiting session, or one that lacks the second factor, becomes a whole one with a new secret. */
struct err people_second_done(struct tx *tx, const struct people_visit *from, struct text *secret,
                              struct text *where);
/* Whose session waits, or lacks it; conflict if none does. */
struct err people_second_who(struct tx *tx, const struct people_visit *from, int64_t *person,
                             bool *pending);

/* ---- addresses ---- */

/* Mails a link to it and a word to the main one. The answer is the same if it belongs to somebody else. */
struct err people_address_add(struct tx *tx, const struct who *who, const struct people_visit *from,
                              struct text email);
/* Absent for a link that is not theirs or has run out. use: it is confirmed. */
struct err people_address_open(struct tx *tx, const struct who *who, const struct people_visit *from,
                               struct text secret, bool use, struct text *email);
struct err people_address_main(struct tx *tx, const struct who *who, const struct people_visit *from,
                               int64_t address);
struct err people_address_remove(struct tx *tx, const struct who *who,
                                 const struct people_visit *from, int64_t address);

#endif
