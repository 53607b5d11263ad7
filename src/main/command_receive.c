/* One mail from standard input, for the mail server: 0 only after the commit, sysexits otherwise. */
#include "conversations/conversations_mail.h"
#include "mail/mail_receive.h"
#include "main/command.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static struct err file_it(struct tx *tx, void *in) { return conversations_file_mail(tx, in); }

static int status_of(enum err_kind kind)
{
        switch (kind) {
        case ERR_NONE: return EX_OK;
        case ERR_ABSENT: return EX_NOUSER;
        case ERR_INVALID: return EX_DATAERR;
        case ERR_CONFLICT: return EX_UNAVAILABLE;
        case ERR_FORBIDDEN: return EX_NOPERM;
        case ERR_LIMIT: return EX_DATAERR;
        case ERR_BUSY:
        case ERR_UPSTREAM:
        case ERR_BROKEN: return EX_TEMPFAIL;
        }
        must(!"an error kind outside its enum");
}

static struct err receive(struct command_line *line)
{
        struct mail_in mail;
        struct text raw;
        struct app *app;

        TRY(file_read_all(line->arena, STDIN_FILENO, MAIL_IN_BYTES, &raw));
        TRY(mail_read(line->arena, raw, &mail));
        TRY(app_open(line, &app));
        struct err e = db_write(app->db, line->arena, file_it, &mail);
        app_close(app);
        return e;
}

static struct err run(struct command_line *line)
{
        TRY(line_end(line));
        struct err e = receive(line);
        if (failed(e)) {
                fprintf(stderr, "telemachus: %s; %s\n", e.what, e.next ? e.next : "");
                exit(status_of(e.kind));
        }
        return OK;
}

const struct command command_receive = {"receive", "< MAIL", "takes one mail from standard input, for the mail server", run};
