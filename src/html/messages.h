/*
 * The catalogue: every sentence that people read, keyed by its English text (as gettext does),
 * translated in content/messages/de.po.  Templates are translated when they are compiled; sentences
 * in C are marked M_("...") where they are written and looked up with msg().  A third "language",
 * the pseudo-locale, is made from English for the tests.
 *
 * Wrong place? Dates and numbers in words: html/format.h.
 */
#ifndef TELEMACHUS_HTML_MESSAGES_H
#define TELEMACHUS_HTML_MESSAGES_H

#include "base/text.h"

enum locale { LOCALE_EN, LOCALE_DE, LOCALE_PSEUDO, LOCALES };

/* Marks a sentence for extraction; the value is the English text. */
#define M_(sentence) (sentence)

/* The sentence in a language; the English one if it is not in the catalogue (tests find those). */
const char *msg(enum locale l, const char *english);

/* The same with {name} holes filled: pairs of name, value (struct text), ended by NULL. */
struct text msg_with(struct arena *a, enum locale l, const char *english, ...);

/* one and other are the English forms, {n} the number. */
struct text msg_plural(struct arena *a, enum locale l, int64_t n, const char *one,
                       const char *other);

enum locale locale_of(struct text tag, enum locale otherwise);  /* "de-AT" -> LOCALE_DE */
const char *locale_tag(enum locale l);                          /* "en", "de", "en-XA" */
bool msg_known(const char *english);

#endif
