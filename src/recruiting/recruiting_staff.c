/* Staff hears that an applicant has answered: whoever asked, or who stands in for them; at most one letter in a day, or in a week. */
#include "recruiting/recruiting_parts.h"

#include "base/app.h"
#include "desk/desk.h"
#include "html/letter.h"
#include "journeys/journeys_wish.h"
#include "mail/mail.h"
#include "os/config.h"
#include "people/people.h"
#include "recruiting/recruiting.mail.h"
#include "recruiting/recruiting.sql.h"

/* Of which day, or of which week from its Monday, there is one letter. */
static struct err slot_of(struct tx *tx, const struct people_person *to, struct text *out)
{
        struct journeys_wishes wishes;
        int64_t day = zone_day(to->zone, tx_now(tx));

        TRY(journeys_wishes_of(tx, to->id, &wishes));
        if (wishes.tempo == TEMPO_WEEKLY)
                day -= day_weekday(day) - 1;
        *out = text_format(tx_arena(tx), "answers:%lld", (long long)day);
        return OK;
}

static struct err post(struct tx *tx, const struct programmes_cohort *c, const struct people_person *to, struct text applicant)
{
        struct arena *a = tx_arena(tx);
        struct out out = out_new(a, 1024);
        struct letter_text words;
        struct text slot;
        int64_t id;

        TRY(slot_of(tx, to, &slot));
        recruiting_answered_mail(&(struct page) {.out = &out, .locale = to->locale, .zone = to->zone, .now = tx_now(tx)}, &words,
                                 &(struct recruiting_answered_letter) {to->first_name, applicant, c->name,
                                         text_format(a, "%s/desk/applications", tx_app(tx)->config->base_url)});
        return mail_post(tx, &(struct letter) {
                .to = to->id, .address = to->email, .name = to->first_name, .locale = to->locale, .class = MAIL_STAFF,
                .rule = "application-answer", .anchor = text_format(a, "cohort:%lld:%s", (long long)c->id, slot.p),
                .subject = words.subject, .body = words.body, .cohort = c->id}, &id);
}

struct err recruiting_tell_answer(struct tx *tx, int64_t cohort, int64_t application, int64_t applicant)
{
        struct people_person person, to;
        struct recruiting_asker row;
        struct programmes_cohort c;
        bool found;
        int64_t who;

        TRY(programmes_cohort(tx, cohort, &c));
        TRY(recruiting_asker(tx, application, &found, &row));
        TRY(desk_stand_in(tx, cohort, found && row.by_person ? row.by_person : c.coordinator, &who));
        TRY(people_get(tx, applicant, &person));
        TRY(people_get(tx, who, &to));
        return post(tx, &c, &to, person.first_name);
}
