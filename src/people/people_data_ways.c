/* What is held so that a person can sign in. Never a secret, nor the hash of one. */
#include "html/messages.h"
#include "people/people_data_parts.h"
#include "people/people_ways.sql.h"
#include "people/people_ways_parts.h"

static struct err addresses(struct people_held_work *w)
{
        struct people_address_list_list list;

        TRY(people_address_list(w->tx, w->person, &list));
        people_held_section(w, "addresses", M_("Other mail addresses"));
        for (size_t i = 0; i < list.n; i++) {
                people_held_record(w);
                people_held_words(w, "email", M_("Mail address"), list.row[i].email);
                people_held_moment(w, "added_at", M_("Added"), list.row[i].added_at);
                people_held_moment_if(w, "confirmed_at", M_("Confirmed"), list.row[i].confirmed_at);
        }
        return OK;
}

struct err people_held_signing_in(struct people_held_work *w)
{
        struct people_password_row password;
        struct people_authenticator_row app;
        struct people_passkey_list_list keys;
        bool has_password, has_app;

        TRY(addresses(w));
        TRY(people_password_row(w->tx, w->person, &has_password, &password));
        TRY(people_authenticator_row(w->tx, w->person, &has_app, &app));
        TRY(people_passkey_list(w->tx, w->person, &keys));
        people_held_section(w, "signing_in", M_("How you sign in"));
        if (has_password || has_app)
                people_held_record(w);
        if (has_password)
                people_held_moment(w, "password_set_at", M_("Password set"), password.set_at);
        if (has_app)
                people_held_moment(w, "app_since", M_("Codes from an app since"), app.added_at);
        for (size_t i = 0; i < keys.n; i++) {
                people_held_record(w);
                people_held_words(w, "passkey", M_("Passkey"), keys.row[i].name);
                people_held_moment(w, "added_at", M_("Added"), keys.row[i].added_at);
                people_held_moment_if(w, "used_at", M_("Last used"), keys.row[i].used_at);
        }
        return OK;
}
