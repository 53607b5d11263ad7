/* What is held about a person at the desk: their wishes about reminders, mail that fails, what staff did about them. */
#include "people/people_data_parts.h"

#include "html/messages.h"
#include "people/people_data.sql.h"

static struct text clock_of(struct people_held_work *w, int64_t minute)
{
        return text_format(tx_arena(w->tx), "%02lld:%02lld", (long long)(minute / 60), (long long)(minute % 60));
}

static struct err reminders(struct people_held_work *w)
{
        struct people_held_reminders_list wishes;
        struct people_held_quiet_list quiet;
        struct people_held_snoozes_list off;

        TRY(people_held_reminders(w->tx, w->person, &wishes));
        people_held_section(w, "reminders", M_("How you want to be reminded"));
        for (size_t i = 0; i < wishes.n; i++) {
                people_held_record(w);
                people_held_words(w, "without", M_("Left out"), wishes.row[i].without);
                people_held_words(w, "tempo", M_("How often"), wishes.row[i].tempo);
                people_held_words(w, "country", M_("Holidays of"), wishes.row[i].country);
        }
        TRY(people_held_quiet(w->tx, w->person, &quiet));
        people_held_section(w, "quiet_hours", M_("Quiet hours"));
        for (size_t i = 0; i < quiet.n; i++) {
                people_held_record(w);
                people_held_words(w, "from", M_("Quiet from"), clock_of(w, quiet.row[i].from_minute));
                people_held_words(w, "until", M_("Until"), clock_of(w, quiet.row[i].until_minute));
                people_held_words(w, "zone", M_("Time zone"), quiet.row[i].zone);
        }
        TRY(people_held_snoozes(w->tx, w->person, &off));
        people_held_section(w, "put_off", M_("Reminders you put off"));
        for (size_t i = 0; i < off.n; i++) {
                people_held_record(w);
                people_held_words(w, "rule", M_("Which ones"), off.row[i].rule);
                people_held_moment(w, "at", M_("When"), off.row[i].offered_at);
        }
        return OK;
}

static struct err failures(struct people_held_work *w)
{
        struct people_held_trouble_list rows;

        TRY(people_held_trouble(w->tx, w->person, &rows));
        people_held_section(w, "mail_trouble", M_("Mail that does not reach you"));
        for (size_t i = 0; i < rows.n; i++) {
                people_held_record(w);
                people_held_words(w, "address", M_("Mail address"), rows.row[i].address);
                people_held_words(w, "kind", M_("Kind"), rows.row[i].kind);
                people_held_words(w, "said", M_("What the mail server says"), rows.row[i].said);
                people_held_moment(w, "since", M_("Since"), rows.row[i].since);
        }
        return OK;
}

struct err people_held_desk(struct people_held_work *w)
{
        struct people_held_desk_acts_list acts;
        struct people_held_views_list views;

        TRY(reminders(w));
        TRY(failures(w));
        TRY(people_held_desk_acts(w->tx, w->person, &acts));
        people_held_section(w, "desk_acts", M_("What the coordinators did about you or in your name"));
        for (size_t i = 0; i < acts.n; i++) {
                people_held_record(w);
                people_held_moment(w, "at", M_("When"), acts.row[i].at);
                people_held_words(w, "kind", M_("Kind"), acts.row[i].kind);
                people_held_words(w, "reason", M_("Why"), acts.row[i].reason);
                people_held_moment_if(w, "undone_at", M_("Undone"), acts.row[i].undone_at);
                people_held_moment_if(w, "objected_at", M_("You objected"), acts.row[i].objected_at);
        }
        TRY(people_held_views(w->tx, w->person, &views));
        people_held_section(w, "filters", M_("Kept filters"));
        for (size_t i = 0; i < views.n; i++) {
                people_held_record(w);
                people_held_words(w, "name", M_("Name"), views.row[i].name);
                people_held_words(w, "filter", M_("Filter"), views.row[i].filter);
        }
        return OK;
}
