#include "conversations/conversations_mail.h"

#include "base/app.h"
#include "base/log.h"
#include "care/care.h"
#include "conversations/conversations.h"
#include "mail/mail_trouble.h"
#include "os/keys.h"
#include "people/people.h"

struct err conversations_file_mail(struct tx *tx, const struct mail_in *mail)
{
        struct journeys_pair pair;
        struct token token;
        struct who who;
        int64_t id;
        bool theirs;

        if (mail->dsn.n) {
                bool known;
                TRY(mail_file_bounce(tx, &mail->dsn, &known));
                log_write(LOG_INFO, "mail.in.bounce known=%d", known);
                return OK;
        }
        if (mail->automatic) {
                log_write(LOG_INFO, "mail.in.automatic dropped");
                return OK;
        }
        if (text_empty(mail->reply_token))
                return FAIL(ERR_ABSENT, "This address takes no mail", "Answer one of our mails, or write to your coordinator");
        TRY(token_read(tx_app(tx)->keys, mail->reply_token, TOKEN_REPLY, &token));
        TRY(people_has_address(tx, token.b, mail->from, &theirs));
        TRY(people_who(tx, token.b, &who));
        if (text_empty(mail->body))
                return FAIL(ERR_INVALID, "The mail has no text of its own", "Write above the quotation and send it again");
        if (!theirs) {
                TRY(journeys_pair(tx, token.a, &pair));
                return care_ask_help(tx, &(struct who) {.locale = who.locale, .zone = who.zone}, &(struct care_ticket_new) {
                        .cohort = pair.cohort, .category = TEXT("technical"), .address = mail->from, .page = TEXT("mail"),
                        .body = TEXT("An answer came from an address that we do not know for this person. It was not put into the conversation.")},
                        &id);
        }
        return conversations_post(tx, &who, token.a, mail->body, mail->message_id, &id);
}
