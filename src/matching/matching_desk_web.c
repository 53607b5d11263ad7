/* The coordinator's table: its pages and forms as data. */
#include "matching/matching_desk.h"
#include "matching/matching_web.h"

#define AT(form, member) .name = #member, .offset = offsetof(struct form, member)

static const char *const objectives[] = {"total", "fair", "leximin", NULL};
static const char *const marks[] = {"send", "lock", "unlock", NULL};
static const char *const uses[] = {"use", "run", NULL};

FORM_OF(run_form, struct matching_run_form,
        {AT(matching_run_form, objective), .kind = FIELD_CHOICE, .required = true, .choices = objectives, .label = "What matters most"});

FORM_OF(mark_form, struct matching_mark_form,
        {AT(matching_mark_form, pick), .kind = FIELD_IDS, .label = "Pairs"},
        {AT(matching_mark_form, act), .kind = FIELD_CHOICE, .required = true, .choices = marks, .label = "What to do with them"},
        {AT(matching_mark_form, back), .kind = FIELD_TEXT, .max = 600});

FORM_OF(publish_form, struct matching_publish_form, {AT(matching_publish_form, only), .kind = FIELD_TEXT, .max = 4000});

FORM_OF(edit_form, struct matching_edit_form,
        {AT(matching_edit_form, mentor), .kind = FIELD_ID, .label = "Another mentor"},
        {AT(matching_edit_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why"},
        {AT(matching_edit_form, forbid), .kind = FIELD_BOOL, .label = "Never propose these two again"});

FORM_OF(swap_form, struct matching_swap_form,
        {AT(matching_swap_form, other), .kind = FIELD_ID, .required = true, .label = "Swap mentors with"},
        {AT(matching_swap_form, why), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why"});

FORM_OF(choose_form, struct matching_choose_form,
        {AT(matching_choose_form, mentee), .kind = FIELD_ID, .required = true, .label = "Mentee"},
        {AT(matching_choose_form, mentor), .kind = FIELD_ID, .required = true, .label = "Mentor"},
        {AT(matching_choose_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why"});

#define WEIGHT(at, key) \
        {.name = key, .offset = offsetof(struct matching_weights_form, part) + (at) * sizeof(int64_t), .kind = FIELD_INT, .required = true, .min = 0, .max = 100, \
         .label = "Weight"}
#define LIMIT(member, most, words) \
        {AT(matching_weights_form, member), .kind = FIELD_INT, .required = true, .min = 0, .max = (most), .label = words}
FORM_OF(weights_form, struct matching_weights_form,
        WEIGHT(MATCHING_GOALS, "goals"), WEIGHT(MATCHING_WISHES, "wishes"), WEIGHT(MATCHING_LIKENESS, "likeness"), WEIGHT(MATCHING_TIME, "time"),
        WEIGHT(MATCHING_LEVEL, "level"), WEIGHT(MATCHING_FUNCTION, "function"), WEIGHT(MATCHING_FORMAT, "format"),
        LIMIT(floor_total, 100, "Lowest fit that may be proposed"), LIMIT(floor_goals, 100, "Lowest fit of goals and skills"),
        LIMIT(zone_hours, 26, "Time zones apart at most"), LIMIT(common_hours, 40, "Hours in common that are enough"),
        LIMIT(level_gap, 5, "Least distance in experience"),
        {AT(matching_weights_form, same_team_allowed), .kind = FIELD_BOOL, .label = "The same team is fine"},
        {AT(matching_weights_form, different_function), .kind = FIELD_BOOL, .label = "Only from different fields"},
        {AT(matching_weights_form, objective), .kind = FIELD_CHOICE, .required = true, .choices = objectives, .label = "What matters most"},
        {AT(matching_weights_form, act), .kind = FIELD_CHOICE, .required = true, .choices = uses, .label = "What to do"},
        {AT(matching_weights_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why"});

FORM_OF(ruled_form, struct matching_ruled_form,
        {AT(matching_ruled_form, mentee), .kind = FIELD_ID, .required = true, .label = "Mentee"},
        {AT(matching_ruled_form, mentor), .kind = FIELD_ID, .required = true, .label = "Mentor"},
        {AT(matching_ruled_form, reason), .kind = FIELD_TEXT, .required = true, .max = 300, .label = "Why"});

FORM_OF(allow_form, struct matching_allow_form,
        {AT(matching_allow_form, mentee), .kind = FIELD_ID, .required = true, .label = "Mentee"},
        {AT(matching_allow_form, mentor), .kind = FIELD_ID, .required = true, .label = "Mentor"});

static const struct route rows[] = {
        {.method = GET, .path = "/desk/matching", .who = WHO_STAFF, .handler = matching_table_get},
        {.method = POST, .path = "/desk/matching/run", .who = WHO_STAFF, .handler = matching_run_post, .form = &run_form,
         .back = "/desk/matching", .prepare = matching_run_prepare, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/matching/mark", .who = WHO_STAFF, .handler = matching_mark_post, .form = &mark_form,
         .back = "/desk/matching"},
        {.method = GET, .path = "/desk/matching/send", .who = WHO_STAFF, .handler = matching_send_get},
        {.method = POST, .path = "/desk/matching/publish", .who = WHO_STAFF, .handler = matching_publish_post, .form = &publish_form,
         .back = "/desk/matching/send"},
        {.method = GET, .path = "/desk/matching/why", .who = WHO_STAFF, .handler = matching_why_get, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/matching/why", .who = WHO_STAFF, .handler = matching_why_post, .form = &choose_form,
         .back = "/desk/matching/why", .prepare = matching_why_prepare, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/what-if", .who = WHO_STAFF, .handler = matching_whatif_get, .flags = ROUTE_SLOW},
        {.method = POST, .path = "/desk/matching/what-if", .who = WHO_STAFF, .handler = matching_whatif_post, .form = &weights_form,
         .back = "/desk/matching/what-if", .prepare = matching_whatif_prepare, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/left-out", .who = WHO_STAFF, .handler = matching_left_get, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/fairness", .who = WHO_STAFF, .handler = matching_fairness_get, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/ruled-out", .who = WHO_STAFF, .handler = matching_ruled_out_get},
        {.method = POST, .path = "/desk/matching/ruled-out", .who = WHO_STAFF, .handler = matching_ruled_out_post, .form = &ruled_form,
         .back = "/desk/matching/ruled-out"},
        {.method = POST, .path = "/desk/matching/ruled-out/allow", .who = WHO_STAFF, .handler = matching_allow_post, .form = &allow_form,
         .back = "/desk/matching/ruled-out"},
        {.method = GET, .path = "/desk/matching/runs", .who = WHO_STAFF, .handler = matching_runs_get},
        {.method = GET, .path = "/desk/matching/runs/:run", .who = WHO_STAFF, .handler = matching_run_get, .flags = ROUTE_SLOW},
        {.method = GET, .path = "/desk/matching/:proposal", .who = WHO_STAFF, .handler = matching_one_get},
        {.method = POST, .path = "/desk/matching/:proposal", .who = WHO_STAFF, .handler = matching_edit_post, .form = &edit_form,
         .back = "/desk/matching/:proposal"},
        {.method = POST, .path = "/desk/matching/:proposal/swap", .who = WHO_STAFF, .handler = matching_swap_post, .form = &swap_form,
         .back = "/desk/matching/:proposal"},
        {.method = POST, .path = "/desk/matching/:proposal/lock", .who = WHO_STAFF, .handler = matching_lock_post},
        {.method = POST, .path = "/desk/matching/:proposal/unlock", .who = WHO_STAFF, .handler = matching_unlock_post},
        {.method = POST, .path = "/desk/matching/:proposal/again", .who = WHO_STAFF, .handler = matching_again_post,
         .back = "/desk/matching/:proposal"},
};

const struct route_table matching_desk_routes = ROUTES(rows);
