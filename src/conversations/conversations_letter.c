#include "conversations/conversations_letter.h"

#include "conversations/conversations_letter.mail.h"
#include "mail/mail.h"
#include "os/config.h"
#include "os/keys.h"
#include "people/people.h"

#include <string.h>

void conversations_split(struct arena *a, struct text body, struct conversations_lines *out)
{
        size_t most = 1;
        struct text rest = body;

        for (size_t i = 0; i < body.n; i++)
                most += body.p[i] == '\n';
        *out = (struct conversations_lines) {.row = arena_array(a, struct text, most)};
        while (!text_empty(rest)) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));

                if (!text_empty(line))
                        out->row[out->n++] = line;
        }
}

/* reply+TOKEN@domain: says which pair and who may write with it, and cannot be made by anybody else. */
static struct text reply_address(struct tx *tx, int64_t pair, int64_t person)
{
        const struct app *app = tx_app(tx);
        const char *at = strrchr(app->config->mail_from, '@');
        const char *domain = *app->config->mail_reply_domain ? app->config->mail_reply_domain
                             : at                            ? at + 1
                                                             : "localhost";
        struct token t = {.purpose = TOKEN_REPLY, .a = pair, .b = person};
        struct text token = token_make_mail(app->keys, tx_arena(tx), &t);

        return text_format(tx_arena(tx), "reply+%.*s@%s", (int)token.n, token.p, domain);
}

struct err conversations_send_letter(struct tx *tx, const struct journeys_side *from,
                                     int64_t message, struct text body)
{
        struct arena *a = tx_arena(tx);
        struct people_person to, me;
        struct conversations_letter_view v = {0};
        struct letter_text words;
        struct out out = out_new(a, 2048);
        int64_t id;

        TRY(people_get(tx, from->partner, &to));
        TRY(people_get(tx, from->me, &me));
        v.partner = me.first_name;
        v.url = text_format(a, "%s/pairs/%lld/messages", tx_app(tx)->config->base_url,
                            (long long)from->pair.id);
        conversations_split(a, body, &v.lines);
        conversations_letter(&(struct page) {.out = &out, .locale = to.locale, .zone = to.zone, .now = tx_now(tx)}, &words, &v);
        return mail_post(tx, &(struct letter) {
                .to = to.id, .address = to.email, .name = to.first_name, .locale = to.locale, .class = MAIL_EVENT,
                .rule = "message", .anchor = text_format(a, "message:%lld", (long long)message), .subject = words.subject,
                .body = words.body, .from_name = me.first_name, .cohort = from->pair.cohort,
                .reply_to = reply_address(tx, from->pair.id, from->partner)}, &id);
}
