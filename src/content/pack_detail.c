/* One text in three degrees of detail: for people who want a word, and for people who want all of it. */
#include "content/pack.h"

#include "base/out.h"

/* Where the first sentence, or the words before its colon, end; the whole line if it is one. */
static size_t first_part(struct text t, bool at_colon)
{
        for (size_t i = 0; i < t.n; i++) {
                bool last = i + 1 == t.n || t.p[i + 1] == ' ';

                if (last && (t.p[i] == '?' || t.p[i] == '!'))
                        return i + 1;
                if (last && (t.p[i] == '.' || (at_colon && t.p[i] == ':')))
                        return i;
        }
        return t.n;
}

struct text pack_first_sentence(struct text t)
{
        size_t n = first_part(t, false);

        return (struct text) {t.p, n < t.n && t.p[n] == '.' ? n + 1 : n};
}

/* "10 min: Stories, not careers. Each tells ..." behind its bullet. */
static void put_item(struct out *o, struct text item, enum pack_detail detail)
{
        size_t digits = 0;
        struct text words = item;

        while (digits < item.n && item.p[digits] >= '0' && item.p[digits] <= '9')
                digits++;
        if (digits > 0 && text_starts((struct text) {item.p + digits, item.n - digits}, " min: "))
                words = (struct text) {item.p + digits + 6, item.n - digits - 6};
        out_c(o, "- ");
        if (detail == PACK_TIMES)
                out_text(o, (struct text) {item.p, item.n - words.n});
        out_text(o, (struct text) {words.p, first_part(words, true)});
        out_char(o, '\n');
}

struct text pack_agenda_detail(struct arena *a, struct text body, enum pack_detail detail)
{
        struct out o = out_new(a, body.n + 16);
        struct text rest = body;
        bool items = false;

        if (detail == PACK_ALL)
                return body;
        while (rest.p != NULL && rest.n > 0) {
                struct text line = text_trim(text_cut(rest, '\n', &rest));

                if (text_starts(line, "- ")) {
                        put_item(&o, (struct text) {line.p + 2, line.n - 2}, detail);
                        items = true;
                } else if (detail == PACK_TIMES && !items && line.n > 0) {
                        out_text(&o, pack_first_sentence(line));        /* what it is for, above the topics */
                        out_c(&o, "\n\n");
                }
        }
        return items ? out_get(&o) : body;
}
