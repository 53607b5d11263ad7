/* The material that invented people are made of. Wrong place? Who gets what: rehearsal_people.c. */
#ifndef TELEMACHUS_REHEARSAL_REHEARSAL_WORDS_H
#define TELEMACHUS_REHEARSAL_REHEARSAL_WORDS_H

enum {
        REHEARSAL_TONGUES = 18,
        REHEARSAL_NAMES = 8,
        REHEARSAL_THEMES = 6,
        REHEARSAL_GOALS = 3,
        REHEARSAL_INTERESTS = 12,
        REHEARSAL_HOURS = 5,
        REHEARSAL_EMPLOYERS = 7,
        REHEARSAL_SAYINGS = 6,
};

struct rehearsal_tongue {
        const char *zone, *city, *languages;
        const char *first[REHEARSAL_NAMES], *last[REHEARSAL_NAMES];
};

struct rehearsal_theme {
        const char *skill[3];
        const char *goal[REHEARSAL_GOALS];
        const char *department, *mentor_title, *mentee_title, *mentor_story, *mentee_story;
};

extern const struct rehearsal_tongue rehearsal_tongues[REHEARSAL_TONGUES];
extern const struct rehearsal_theme rehearsal_themes[REHEARSAL_THEMES];
extern const char *const rehearsal_interests[REHEARSAL_INTERESTS];
extern const char *const rehearsal_hours[REHEARSAL_HOURS];
extern const char *const rehearsal_employers[REHEARSAL_EMPLOYERS];
extern const char *const rehearsal_first_messages[REHEARSAL_SAYINGS],
        *const rehearsal_first_replies[REHEARSAL_SAYINGS];
extern const char *const rehearsal_mentee_says[REHEARSAL_SAYINGS],
        *const rehearsal_mentor_says[REHEARSAL_SAYINGS];
extern const char *const rehearsal_help[REHEARSAL_SAYINGS];

#endif
