#include "base/json.h"

void json_string(struct out *o, struct text t)
{
        out_char(o, '"');
        for (size_t i = 0; i < t.n; i++) {
                unsigned char c = (unsigned char)t.p[i];
                if (c == '"' || c == '\\')
                        out_format(o, "\\%c", c);
                else if (c < 0x20)
                        out_format(o, "\\u%04x", c);
                else
                        out_char(o, (char)c);
        }
        out_char(o, '"');
}

static int characters(struct text t)
{
        int n = 0;

        for (size_t i = 0; i < t.n; i++)
                n += ((unsigned char)t.p[i] & 0xc0) != 0x80;
        return n;
}

void json_or_plain(struct out *o, bool json, struct text t, int width)
{
        if (json) {
                json_string(o, t);
                return;
        }
        out_text(o, t);
        for (int n = characters(t); n < width; n++)
                out_char(o, ' ');
}
