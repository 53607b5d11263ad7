/* The pages of recruiting. A personal link (/apply/TOKEN) opens one application and signs nobody in. */
#include "recruiting/recruiting_web.h"

#include "recruiting/recruiting_view.h"

#define SEE(path_, who_, handler_)                                                                 \
        {                                                                                          \
                .method = GET, .path = (path_), .who = (who_), .handler = (handler_)               \
        }
#define DO(path_, who_, handler_, form_, back_)                                                    \
        {                                                                                          \
                .method = POST, .path = (path_), .who = (who_), .handler = (handler_),             \
                .form = (form_), .back = (back_)                                                   \
        }

static const struct route rows[] = {
        SEE("/c/:slug", WHO_ANYONE, recruiting_show_landing),
        DO("/c/:slug/apply", WHO_ANYONE, recruiting_post_landing, &recruiting_landing_form, "/c/:slug"),
        SEE("/c/:slug/managers", WHO_ANYONE, recruiting_show_managers),
        SEE("/c/:slug/sent", WHO_ANYONE, recruiting_show_sent),
        SEE("/c/:slug/nominate", WHO_ANYONE, recruiting_show_nominate),
        DO("/c/:slug/nominate", WHO_ANYONE, recruiting_post_nominate, &recruiting_nominate_form, "/c/:slug/nominate"),

        SEE("/apply", WHO_SIGNED_IN, recruiting_show_own),
        SEE("/apply/:token", WHO_ANYONE, recruiting_show_apply),
        SEE("/apply/:token/you", WHO_ANYONE, recruiting_show_you),
        DO("/apply/:token/you", WHO_ANYONE, recruiting_post_you, &recruiting_you_form, "/apply/:token/you"),
        SEE("/apply/:token/what", WHO_ANYONE, recruiting_show_what),
        DO("/apply/:token/what", WHO_ANYONE, recruiting_post_what, &recruiting_what_form, "/apply/:token/what"),
        SEE("/apply/:token/when", WHO_ANYONE, recruiting_show_when),
        DO("/apply/:token/when", WHO_ANYONE, recruiting_post_when, &recruiting_when_form, "/apply/:token/when"),
        SEE("/apply/:token/no", WHO_ANYONE, recruiting_show_no),
        DO("/apply/:token/no", WHO_ANYONE, recruiting_post_no, &recruiting_no_form, "/apply/:token/no"),
        SEE("/apply/:token/withdraw", WHO_ANYONE, recruiting_show_withdraw),
        DO("/apply/:token/withdraw", WHO_ANYONE, recruiting_post_withdraw, NULL, NULL),
        DO("/apply/:token/answer", WHO_ANYONE, recruiting_post_answer, &recruiting_answer_form, "/apply/:token"),
        DO("/apply/:token/manager", WHO_ANYONE, recruiting_post_manager, &recruiting_manager_form, "/apply/:token"),
        SEE("/apply/:token/read/:item", WHO_ANYONE, recruiting_show_reading),

        SEE("/me/leave", WHO_SIGNED_IN, recruiting_show_leave),
        DO("/me/leave/:cohort", WHO_SIGNED_IN, recruiting_post_leave, NULL, "/me/leave"),

        SEE("/desk/applications", WHO_STAFF, recruiting_show_list),
        SEE("/desk/applications/invite", WHO_STAFF, recruiting_show_invite),
        DO("/desk/applications/invite", WHO_STAFF, recruiting_post_invite, &recruiting_invite_form, "/desk/applications/invite"),
        DO("/desk/applications/people", WHO_STAFF, recruiting_post_people, &recruiting_people_form, "/desk/applications/invite"),
        DO("/desk/applications/alumni", WHO_STAFF, recruiting_post_alumni, &recruiting_alumni_form, "/desk/applications/invite"),
        DO("/desk/applications/nominations/:nomination", WHO_STAFF, recruiting_post_nomination, &recruiting_settle_form, NULL),
        SEE("/desk/applications/page", WHO_STAFF, recruiting_show_page),
        DO("/desk/applications/page", WHO_STAFF, recruiting_post_page, &recruiting_page_form, "/desk/applications/page"),
        SEE("/desk/applications/draws", WHO_STAFF, recruiting_show_draws),
        DO("/desk/applications/draws", WHO_STAFF, recruiting_post_draw, &recruiting_draw_form, "/desk/applications/draws"),
        SEE("/desk/applications/:application", WHO_STAFF, recruiting_show_case),
        DO("/desk/applications/:application/accept", WHO_STAFF, recruiting_post_accept, &recruiting_words_form,
           "/desk/applications/:application"),
        DO("/desk/applications/:application/ask", WHO_STAFF, recruiting_post_ask, &recruiting_question_form,
           "/desk/applications/:application"),
        DO("/desk/applications/:application/wait", WHO_STAFF, recruiting_post_wait, &recruiting_wait_form,
           "/desk/applications/:application"),
        SEE("/desk/applications/:application/refuse", WHO_STAFF, recruiting_show_refuse),
        DO("/desk/applications/:application/refuse", WHO_STAFF, recruiting_post_refuse, &recruiting_refuse_form,
           "/desk/applications/:application/refuse"),
};

const struct route_table recruiting_routes = ROUTES(rows);
