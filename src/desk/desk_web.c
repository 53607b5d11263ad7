/* The room's pages and forms as data. */
#include "desk/desk_web.h"

#include "desk/desk_view.h"

#define AT(form, member) .name = #member, .offset = offsetof(struct form, member)

static const char *const kinds[] = {"video", "phone", "in-person", "other", "mail", NULL};

FORM_OF(contact_form, struct desk_contact_form,
        {AT(desk_contact_form, kind), .kind = FIELD_CHOICE, .required = true, .choices = kinds, .label = "How they spoke"},
        {AT(desk_contact_form, day), .kind = FIELD_DAY, .required = true, .label = "The day"},
        {AT(desk_contact_form, minutes), .kind = FIELD_INT, .max = 600, .label = "The minutes"},
        {AT(desk_contact_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why you write it down for them"});

FORM_OF(meeting_form, struct desk_meeting_form,
        {AT(desk_meeting_form, day), .kind = FIELD_DAY, .required = true, .label = "The day"},
        {AT(desk_meeting_form, clock), .kind = FIELD_CLOCK, .required = true, .label = "The time"},
        {AT(desk_meeting_form, minutes), .kind = FIELD_INT, .required = true, .min = 10, .max = 180, .label = "The minutes"},
        {AT(desk_meeting_form, channel), .kind = FIELD_TEXT, .required = true, .label = "How"},
        {AT(desk_meeting_form, place), .kind = FIELD_TEXT, .max = 300, .label = "Where"},
        {AT(desk_meeting_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why you write it down for them"});

FORM_OF(agreement_form, struct desk_agreement_form,
        {AT(desk_agreement_form, cadence), .kind = FIELD_INT, .required = true, .min = 1, .max = 60, .label = "The rhythm"},
        {AT(desk_agreement_form, channel), .kind = FIELD_TEXT, .required = true, .label = "How"},
        {AT(desk_agreement_form, quiet), .kind = FIELD_LINES, .required = true, .max = 1000, .label = "If one of them goes quiet"},
        {AT(desk_agreement_form, boundaries), .kind = FIELD_LINES, .max = 2000, .label = "What they leave out"},
        {AT(desk_agreement_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why you write it down for them"});

#define FOR "/desk/pairs/:pair/for/:person"

static const struct route rows[] = {
        {.method = GET, .path = "/desk/acts", .who = WHO_STAFF, .handler = desk_get_acts},
        {.method = POST, .path = "/desk/acts/:act/undo", .who = WHO_STAFF, .handler = desk_post_undo, .back = "/desk/acts"},
        {.method = GET, .path = "/desk/keys", .who = WHO_STAFF, .handler = desk_get_keys},
        {.method = GET, .path = FOR, .who = WHO_STAFF, .handler = desk_get_for},
        {.method = POST, .path = FOR "/contact", .who = WHO_STAFF, .handler = desk_post_contact, .form = &contact_form, .back = FOR},
        {.method = POST, .path = FOR "/meeting", .who = WHO_STAFF, .handler = desk_post_meeting, .form = &meeting_form, .back = FOR},
        {.method = POST, .path = FOR "/agreement", .who = WHO_STAFF, .handler = desk_post_agreement, .form = &agreement_form, .back = FOR},
};

const struct route_table desk_routes = ROUTES(rows);
