/* What is held, as a file to take along. */
#include "os/zip.h"
#include "people/people_data.h"
#include "people/people_file.html.h"
#include "people/people_view.h"

struct text people_held_html(struct arena *a, const struct page *reader, const struct people_held *held, struct text name)
{
        struct out o = out_new(a, 32 * 1024);

        people_file(&(struct page) {.out = &o, .locale = reader->locale, .zone = reader->zone, .now = reader->now},
                    &(struct people_file_view) {.held = held, .name = name});
        return out_get(&o);
}

struct err people_held_zip(struct arena *a, const struct page *reader, const struct people_held *held, struct text name,
                           struct text *out)
{
        const struct zip_part parts[] = {
                {"my-data.html", people_held_html(a, reader, held, name)},
                {"my-data.json", people_held_json(a, held)},
        };

        return zip_pack(a, parts, sizeof parts / sizeof parts[0], out);
}
