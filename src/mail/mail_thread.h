/* The thread that empties the outbox of a serving process, with one kept connection to the mail server. */
#ifndef TELEMACHUS_MAIL_MAIL_THREAD_H
#define TELEMACHUS_MAIL_MAIL_THREAD_H

#include "base/app.h"
#include "base/err.h"

struct mail_thread;
struct err mail_thread_start(struct app *app, struct mail_thread **out);
/* Finishes the mail under way. */
void mail_thread_stop(struct mail_thread *t);

#endif
