#ifndef TELEMACHUS_CONVERSATIONS_CONVERSATIONS_MAIL_H
#define TELEMACHUS_CONVERSATIONS_CONVERSATIONS_MAIL_H

#include "db/db.h"
#include "mail/mail_receive.h"

/*
 * Files an answer by mail in its thread, once: the same Message-ID again changes nothing.  Absent: no thread of ours (an unknown or
 * forged reply address). Invalid: an empty answer. An automatic mail is let go without a word. A mail from another address than
 * the person's becomes a ticket for the coordinator, not a message.
 */
struct err conversations_file_mail(struct tx *tx, const struct mail_in *mail);

#endif
