/* A circle that is confirmed is told to its members: with whom, and where. */
#include "gatherings/gatherings_parts.h"

#include "base/app.h"
#include "gatherings/gatherings_circles.mail.h"
#include "gatherings/gatherings_letter.h"
#include "html/letter.h"
#include "mail/mail.h"
#include "os/config.h"
#include "people/people.h"

/* "Ana, Tom and Raj": the others of the circle, in the reader's language. */
static struct text others(struct arena *a, enum locale l, const struct people_person *p, size_t n, size_t me)
{
        struct out o = out_new(a, 64);
        size_t last = me == n - 1 ? n - 2 : n - 1, said = 0;

        for (size_t i = 0; i < n; i++) {
                if (i == me || i == last)
                        continue;
                out_c(&o, said++ ? ", " : "");
                out_text(&o, p[i].first_name);
        }
        if (!said)
                return p[last].first_name;
        return msg_with(a, l, "{names} and {last}", "names", text_copy(a, out_get(&o)), "last", p[last].first_name, NULL);
}

static struct err tell_one(struct tx *tx, const struct programmes_cohort *c, const struct gatherings_circle *circle,
                           const struct people_person *p, size_t me, struct text coordinator)
{
        struct arena *a = tx_arena(tx);
        struct out out = out_new(a, 1024);
        struct letter_text words;
        int64_t id;

        gatherings_circle_mail(&(struct page) {.out = &out, .locale = p[me].locale, .zone = p[me].zone, .now = tx_now(tx)}, &words,
                               &(struct gatherings_circle_letter) {
                .first_name = p[me].first_name, .names = others(a, p[me].locale, p, circle->n, me), .place = circle->place,
                .url = text_format(a, "%s/gatherings", tx_app(tx)->config->base_url), .coordinator = coordinator});
        return mail_post(tx, &(struct letter) {
                .to = p[me].id, .address = p[me].email, .name = p[me].first_name, .locale = p[me].locale, .class = MAIL_EVENT,
                .rule = "circle", .anchor = text_format(a, "circle:%lld", (long long)circle->id), .subject = words.subject,
                .body = words.body, .from_name = coordinator, .reply_to = c->help_email, .cohort = c->id}, &id);
}

struct err gatherings_tell_circle(struct tx *tx, const struct gatherings_circle *circle)
{
        struct people_person *p = arena_array(tx_arena(tx), struct people_person, circle->n + 1), staff;
        struct programmes_cohort c;

        if (circle->n < 2)
                return OK;
        TRY(programmes_cohort(tx, circle->cohort, &c));
        TRY(people_get(tx, c.coordinator, &staff));
        for (size_t i = 0; i < circle->n; i++)
                TRY(people_get(tx, circle->member[i].person, &p[i]));
        for (size_t i = 0; i < circle->n; i++)
                TRY(tell_one(tx, &c, circle, p, i, staff.first_name));
        return OK;
}
