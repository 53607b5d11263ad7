/* Calendars: libical writes and folds the lines. */
#include "gatherings/gatherings_view.h"

#include <libical/ical.h>

static void put(struct arena *a, icalcomponent *to, struct text value,
                icalproperty *(*make)(const char *))
{
        if (!text_empty(value))
                icalcomponent_add_property(to, make(text_c(a, value)));
}

static icaltimetype utc(int64_t t)
{
        return icaltime_from_timet_with_zone((time_t)t, 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *event_of(struct arena *a, const struct gatherings_event *e, int64_t now)
{
        icalcomponent *v = icalcomponent_new(ICAL_VEVENT_COMPONENT);

        put(a, v, e->uid, icalproperty_new_uid);
        icalcomponent_add_property(v, icalproperty_new_dtstamp(utc(now)));
        icalcomponent_add_property(v, icalproperty_new_dtstart(utc(e->starts_at)));
        icalcomponent_add_property(v, icalproperty_new_dtend(utc(e->starts_at + e->minutes * 60)));
        icalcomponent_add_property(v, icalproperty_new_sequence((int)e->sequence));
        icalcomponent_add_property(v,
                                   icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED
                                                                        : ICAL_STATUS_CONFIRMED));
        put(a, v, e->summary, icalproperty_new_summary);
        put(a, v, e->description, icalproperty_new_description);
        put(a, v, e->location, icalproperty_new_location);
        put(a, v, e->url, icalproperty_new_url);
        return v;
}

struct text gatherings_ics(struct arena *a, const struct gatherings_events *events,
                           struct text name, int64_t now)
{
        icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

        icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
        icalcomponent_add_property(calendar,
                                   icalproperty_new_prodid("-//Telemachus//Telemachus//EN"));
        icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
        icalproperty *title = icalproperty_new_x(text_c(a, name));
        icalproperty_set_x_name(title, "X-WR-CALNAME");
        icalcomponent_add_property(calendar, title);
        for (size_t i = 0; i < events->n; i++)
                icalcomponent_add_component(calendar, event_of(a, &events->row[i], now));
        char *written = icalcomponent_as_ical_string_r(calendar);
        struct text out = text_copy(a, text_of(written));
        icalmemory_free_buffer(written);
        icalcomponent_free(calendar);
        return out;
}
