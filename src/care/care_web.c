/* The room's pages and forms as data. A handler that runs has a form that fits and a person with
 * one of the roles. */
#include "care/care_web.h"

#include "care/care_view.h"
#include "care/care_words.h"

#define AT(form, member) .name = #member, .offset = offsetof(struct form, member)

FORM_OF(call_form, struct care_call_form,
        {AT(care_call_form, outcome), .kind = FIELD_CHOICE, .required = true,
         .choices = care_outcomes, .label = "How did it end?"},
        {AT(care_call_form, minutes), .kind = FIELD_INT, .min = 0, .max = 240, .label = "Minutes"},
        {AT(care_call_form, action), .kind = FIELD_TEXT, .max = 300, .label = "What you agreed on"},
        {AT(care_call_form, action_day), .kind = FIELD_DAY, .label = "By when"},
        {AT(care_call_form, team_note), .kind = FIELD_LINES, .max = 2000, .label = "For the team"},
        {AT(care_call_form, private_note), .kind = FIELD_LINES, .max = 2000,
         .label = "For you alone"});

FORM_OF(time_form, struct care_time_form,
        {AT(care_time_form, day), .kind = FIELD_DAY, .required = true, .label = "Day"},
        {AT(care_time_form, clock), .kind = FIELD_CLOCK, .required = true, .label = "Time"});

FORM_OF(close_form, struct care_close_form,
        {AT(care_close_form, why), .kind = FIELD_TEXT, .required = true, .max = 300,
         .label = "Why?"},
        {AT(care_close_form, rest), .kind = FIELD_INT, .required = true, .min = 1, .max = 56,
         .label = "Look again"});

FORM_OF(ring_form, struct care_ring_form,
        {AT(care_ring_form, person), .kind = FIELD_ID, .required = true, .label = "Who"});

FORM_OF(ask_form, struct care_ask_form,
        {AT(care_ask_form, category), .kind = FIELD_CHOICE, .required = true,
         .choices = care_categories, .label = "What is it about?"},
        {AT(care_ask_form, body), .kind = FIELD_LINES, .required = true, .max = 5000,
         .label = "Your question"},
        {AT(care_ask_form, address), .kind = FIELD_EMAIL, .label = "Your mail address"},
        {AT(care_ask_form, page), .kind = FIELD_TEXT, .max = 200, .label = "Page"});

FORM_OF(answer_form, struct care_answer_form,
        {AT(care_answer_form, body), .kind = FIELD_LINES, .max = 5000, .label = "Your answer"},
        {AT(care_answer_form, close), .kind = FIELD_BOOL, .label = "This settles it"});

FORM_OF(concern_form, struct care_concern_form,
        {AT(care_concern_form, level), .kind = FIELD_INT, .required = true, .min = 0,
         .max = CARE_LEVELS - 1, .label = "What is it?"},
        {AT(care_concern_form, body), .kind = FIELD_LINES, .required = true, .max = 10000,
         .label = "What has happened?"},
        {AT(care_concern_form, pair), .kind = FIELD_TEXT, .max = 20, .label = "Is it about one of your pairs, or the other one in it?"},
        {AT(care_concern_form, reach), .kind = FIELD_TEXT, .max = 300,
         .label = "How can we reach you?"},
        {AT(care_concern_form, not_for), .kind = FIELD_ID, .label = "Who may read it?"},
        {AT(care_concern_form, anonymous), .kind = FIELD_BOOL, .label = "Leave my name out"});

FORM_OF(words_form, struct care_words_form,
        {AT(care_words_form, words), .kind = FIELD_LINES, .required = true, .max = 5000, .label = "What would you like to add?"});

FORM_OF(step_form, struct care_step_form,
        {AT(care_step_form, kind), .kind = FIELD_CHOICE, .required = true, .choices = care_step_kinds, .label = "What is it?"},
        {AT(care_step_form, words), .kind = FIELD_LINES, .required = true, .max = 5000, .label = "Words"},
        {AT(care_step_form, due), .kind = FIELD_DAY, .label = "By when?"});

static const char *const pair_choices[] = {"on", "end", NULL};
FORM_OF(pair_form, struct care_pair_form,
        {AT(care_pair_form, choice), .kind = FIELD_CHOICE, .required = true, .choices = pair_choices, .label = "The pair"});

FORM_OF(case_form, struct care_case_form,
        {AT(care_case_form, state), .kind = FIELD_CHOICE, .required = true,
         .choices = care_concern_states, .label = "Where does it stand?"},
        {AT(care_case_form, word), .kind = FIELD_TEXT, .max = 500,
         .label = "A sentence for whoever sent it"});

static const struct route rows[] = {
        {.method = GET, .path = "/desk", .who = WHO_STAFF, .handler = care_desk_get},
        {.method = GET, .path = "/desk/calls", .who = WHO_STAFF, .handler = care_calls_get},
        {.method = GET, .path = "/desk/calls/:call", .who = WHO_STAFF, .handler = care_call_get},
        {.method = POST,
         .path = "/desk/calls/:call",
         .who = WHO_STAFF,
         .handler = care_call_post,
         .form = &call_form,
         .back = "/desk/calls/:call"},
        {.method = POST,
         .path = "/desk/calls/:call/time",
         .who = WHO_STAFF,
         .handler = care_call_time_post,
         .form = &time_form,
         .back = "/desk/calls/:call"},
        {.method = GET, .path = "/desk/flags", .who = WHO_STAFF, .handler = care_flags_get},
        {.method = GET, .path = "/desk/flags/:flag", .who = WHO_STAFF, .handler = care_flag_get},
        {.method = POST,
         .path = "/desk/flags/:flag/close",
         .who = WHO_STAFF,
         .handler = care_flag_close_post,
         .form = &close_form,
         .back = "/desk/flags/:flag"},
        {.method = POST,
         .path = "/desk/flags/:flag/ring",
         .who = WHO_STAFF,
         .handler = care_flag_ring_post,
         .form = &ring_form,
         .back = "/desk/flags/:flag"},
        {.method = GET, .path = "/desk/help", .who = WHO_STAFF, .handler = care_tickets_get},
        {.method = GET, .path = "/desk/help/:ticket", .who = WHO_STAFF, .handler = care_ticket_get},
        {.method = POST,
         .path = "/desk/help/:ticket",
         .who = WHO_STAFF,
         .handler = care_ticket_post,
         .form = &answer_form,
         .back = "/desk/help/:ticket"},
        {.method = GET,
         .path = "/desk/concerns",
         .who = ROLE_CONTACT,
         .handler = care_concerns_get},
        {.method = GET, .path = "/desk/concerns/:concern", .who = ROLE_CONTACT, .handler = care_case_get},
        {.method = GET, .path = "/desk/concerns/:concern/end", .who = ROLE_CONTACT, .handler = care_case_end_get},
        {.method = POST, .path = "/desk/concerns/:concern/state", .who = ROLE_CONTACT, .handler = care_case_state_post,
         .form = &case_form, .back = "/desk/concerns/:concern"},
        {.method = POST, .path = "/desk/concerns/:concern/step", .who = ROLE_CONTACT, .handler = care_case_step_post,
         .form = &step_form, .back = "/desk/concerns/:concern"},
        {.method = POST, .path = "/desk/concerns/:concern/step/:step", .who = ROLE_CONTACT, .handler = care_case_done_post},
        {.method = POST, .path = "/desk/concerns/:concern/pair", .who = ROLE_CONTACT, .handler = care_case_pair_post,
         .form = &pair_form, .back = "/desk/concerns/:concern"},
        {.method = GET, .path = "/help", .who = WHO_ANYONE, .handler = care_help_get},
        {.method = POST,
         .path = "/help",
         .who = WHO_ANYONE,
         .handler = care_help_post,
         .form = &ask_form,
         .back = "/help"},
        {.method = GET, .path = "/help/sent", .who = WHO_ANYONE, .handler = care_help_sent_get},
        {.method = GET, .path = "/concern", .who = WHO_ANYONE, .handler = care_concern_get},
        {.method = POST,
         .path = "/concern",
         .who = WHO_ANYONE,
         .handler = care_concern_post,
         .form = &concern_form,
         .back = "/concern"},
        {.method = GET, .path = "/concern/:code", .who = WHO_ANYONE, .handler = care_code_get},
        {.method = POST, .path = "/concern/:code", .who = WHO_ANYONE, .handler = care_code_post, .form = &words_form,
         .back = "/concern/:code"},
};

const struct route_table care_routes = ROUTES(rows);
