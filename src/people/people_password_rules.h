/* What a password must be. Pure. */
#ifndef TELEMACHUS_PEOPLE_PEOPLE_PASSWORD_RULES_H
#define TELEMACHUS_PEOPLE_PEOPLE_PASSWORD_RULES_H

#include "base/text.h"

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 128 };      /* characters */

/*
 * What is wrong with it, a sentence of the catalogue; NULL: it will do.  known: what others know about the person (address,
 * names, the organisation); a password that is little more than one of these is refused, and so are the frequent ones,
 * repetitions and rows of the keyboard.  No rule about kinds of characters: length is what counts.
 */
const char *people_password_wrong(struct arena *a, struct text password, const struct text *known,
                                  size_t n);

/* One of the words that many people take; folded, zero-terminated. */
bool people_password_word(const char *folded);

#endif
