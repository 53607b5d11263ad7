/* The room's pages and forms as data. */
#include "desk/desk_web.h"

#include "desk/desk_view.h"

#define AT(form, member) .name = #member, .offset = offsetof(struct form, member)

static const char *const kinds[] = {"video", "phone", "in-person", "other", "mail", NULL};

FORM_OF(contact_form, struct desk_contact_form,
        {AT(desk_contact_form, kind), .kind = FIELD_CHOICE, .required = true, .choices = kinds, .label = "How they spoke"},
        {AT(desk_contact_form, day), .kind = FIELD_DAY, .required = true, .label = "The day"},
        {AT(desk_contact_form, minutes), .kind = FIELD_INT, .max = 600, .label = "The minutes"},
        {AT(desk_contact_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300,
         .label = "Why you write it down for them"});

FORM_OF(meeting_form, struct desk_meeting_form,
        {.name = "on_day", .offset = offsetof(struct desk_meeting_form, day), .kind = FIELD_DAY, .required = true, .label = "The day"},
        {AT(desk_meeting_form, clock), .kind = FIELD_CLOCK, .required = true, .label = "The time"},
        {.name = "length", .offset = offsetof(struct desk_meeting_form, minutes), .kind = FIELD_INT, .required = true, .min = 10, .max = 180, .label = "The minutes"},
        {AT(desk_meeting_form, channel), .kind = FIELD_TEXT, .required = true, .label = "How"},
        {AT(desk_meeting_form, place), .kind = FIELD_TEXT, .max = 300, .label = "Where"},
        {.name = "time_reason", .offset = offsetof(struct desk_meeting_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300,
         .label = "Why you write it down for them"});

FORM_OF(agreement_form, struct desk_agreement_form,
        {AT(desk_agreement_form, cadence), .kind = FIELD_INT, .required = true, .min = 1, .max = 60, .label = "The rhythm"},
        {.name = "usual", .offset = offsetof(struct desk_agreement_form, channel), .kind = FIELD_TEXT, .required = true, .label = "How"},
        {AT(desk_agreement_form, quiet), .kind = FIELD_LINES, .required = true, .max = 1000, .label = "If one of them goes quiet"},
        {AT(desk_agreement_form, boundaries), .kind = FIELD_LINES, .max = 2000, .label = "What they leave out"},
        {.name = "terms_reason", .offset = offsetof(struct desk_agreement_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300,
         .label = "Why you write it down for them"});

static const char *const whoms[] = {"both", "mentor", "mentee", NULL};

FORM_OF(pick_form, struct desk_pick_form,
        {AT(desk_pick_form, pick), .kind = FIELD_IDS, .label = "Pairs"},
        {AT(desk_pick_form, all), .kind = FIELD_BOOL},
        {AT(desk_pick_form, kind), .kind = FIELD_CHOICE, .required = true, .choices = desk_bulk_words, .label = "What to do with them"},
        {AT(desk_pick_form, filter), .kind = FIELD_TEXT, .max = 600});

FORM_OF(terms_form, struct desk_terms_form,
        {AT(desk_terms_form, whom), .kind = FIELD_CHOICE, .choices = whoms, .label = "To whom"},
        {AT(desk_terms_form, body), .kind = FIELD_LINES, .max = 5000, .label = "The words"},
        {AT(desk_terms_form, day), .kind = FIELD_DAY, .label = "The day"},
        {AT(desk_terms_form, person), .kind = FIELD_ID, .label = "The colleague"});

FORM_OF(keep_form, struct desk_keep_form,
        {AT(desk_keep_form, name), .kind = FIELD_TEXT, .required = true, .max = 60, .label = "What shall it be called?"},
        {AT(desk_keep_form, filter), .kind = FIELD_TEXT, .required = true, .max = 600});

FORM_OF(cover_form, struct desk_cover_form,
        {AT(desk_cover_form, from), .kind = FIELD_ID, .required = true, .label = "Whose pairs"},
        {AT(desk_cover_form, to), .kind = FIELD_ID, .required = true, .label = "Who looks after them"},
        {AT(desk_cover_form, from_day), .kind = FIELD_DAY, .label = "First day"},
        {AT(desk_cover_form, until_day), .kind = FIELD_DAY, .label = "Last day"},
        {AT(desk_cover_form, note), .kind = FIELD_LINES, .max = 2000, .label = "What they should know"},
        {AT(desk_cover_form, tell), .kind = FIELD_BOOL});

static const char *const answers[] = {"yes", "no", NULL};

FORM_OF(answer_form, struct desk_answer_form,
        {AT(desk_answer_form, answer), .kind = FIELD_CHOICE, .required = true, .choices = answers, .label = "The answer"},
        {AT(desk_answer_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why you write it down for them"});

FORM_OF(leave_form, struct desk_leave_form,
        {AT(desk_leave_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why they leave"});

#define LEAVE "/desk/people/:person/leave/:cohort"
#define FOR "/desk/pairs/:pair/for/:person"
#define ANSWER "/desk/matching/:proposal/for/:person"

static const struct route rows[] = {
        {.method = GET, .path = "/desk/acts", .who = WHO_STAFF, .handler = desk_get_acts},
        {.method = POST, .path = "/desk/acts/:act/undo", .who = WHO_STAFF, .handler = desk_post_undo, .back = "/desk/acts"},
        {.method = POST, .path = "/desk/views", .who = WHO_STAFF, .handler = desk_post_view, .form = &keep_form, .back = "/desk/pairs"},
        {.method = POST, .path = "/desk/views/:view/drop", .who = WHO_STAFF, .handler = desk_post_drop_view},
        {.method = POST, .path = "/desk/bulk", .who = WHO_STAFF, .handler = desk_post_bulk, .form = &pick_form, .back = "/desk/pairs"},
        {.method = GET, .path = "/desk/bulk/:bulk", .who = WHO_STAFF, .handler = desk_get_bulk},
        {.method = POST, .path = "/desk/bulk/:bulk", .who = WHO_STAFF, .handler = desk_post_bulk_do},
        {.method = POST, .path = "/desk/bulk/:bulk/terms", .who = WHO_STAFF, .handler = desk_post_terms, .form = &terms_form,
         .back = "/desk/bulk/:bulk"},
        {.method = GET, .path = "/desk/cover", .who = WHO_STAFF, .handler = desk_get_cover},
        {.method = POST, .path = "/desk/cover", .who = WHO_STAFF, .handler = desk_post_cover, .form = &cover_form, .back = "/desk/cover"},
        {.method = POST, .path = "/desk/cover/:cover/end", .who = WHO_STAFF, .handler = desk_post_cover_end},
        {.method = GET, .path = "/desk/keys", .who = WHO_STAFF, .handler = desk_get_keys},
        {.method = GET, .path = ANSWER, .who = WHO_STAFF, .handler = desk_get_answer},
        {.method = POST, .path = ANSWER, .who = WHO_STAFF, .handler = desk_post_answer, .form = &answer_form, .back = ANSWER},
        {.method = GET, .path = LEAVE, .who = WHO_STAFF, .handler = desk_get_leave},
        {.method = POST, .path = LEAVE, .who = WHO_STAFF, .handler = desk_post_leave, .form = &leave_form, .back = LEAVE},
        {.method = GET, .path = FOR, .who = WHO_STAFF, .handler = desk_get_for},
        {.method = POST, .path = FOR "/contact", .who = WHO_STAFF, .handler = desk_post_contact, .form = &contact_form, .back = FOR},
        {.method = POST, .path = FOR "/meeting", .who = WHO_STAFF, .handler = desk_post_meeting, .form = &meeting_form, .back = FOR},
        {.method = POST, .path = FOR "/agreement", .who = WHO_STAFF, .handler = desk_post_agreement, .form = &agreement_form, .back = FOR},
};

const struct route_table desk_routes = ROUTES(rows);
