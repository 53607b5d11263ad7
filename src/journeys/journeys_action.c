/*
 * One-click addresses: a row that says what may be done, by whom, once; the address carries its
 * signed number.
 */
#include "base/app.h"
#include "journeys/journeys.h"
#include "journeys/journeys_due.sql.h"
#include "os/config.h"
#include "os/keys.h"
#include "os/random.h"

/*
 * The token itself does not run out: the row's time is programme time, the token's would be the
 * machine's.
 */
struct err journeys_action_url(struct tx *tx, const char *action, int64_t person, int64_t pair,
                               int64_t subject, int64_t expires,
                               struct text *url)
{
        int64_t id = random_id();

        TRY(journeys_due_insert_action(tx, &(struct journeys_due_insert_action_in) {
                .id = id, .kind = text_of(action), .person = person, .pair = pair,
                .subject = subject, .now = tx_now(tx),
                .expires = expires}));
        struct text token = token_make(tx_app(tx)->keys, tx_arena(tx), &(struct token) {
                .purpose = TOKEN_ACTION, .a = id, .b = person});
        *url = text_format(tx_arena(tx), "%s/do/%s", tx_app(tx)->config->base_url, token.p);
        return OK;
}
