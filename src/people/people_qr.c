/* The picture that an app reads, by libqrencode, as SVG: dark on white in every colour scheme, since cameras want it so. */
#include "people/people_view.h"

#include <qrencode.h>

enum { MARGIN = 4 };

static void squares(struct out *o, const QRcode *q)
{
        for (int y = 0; y < q->width; y++)
                for (int x = 0; x < q->width; x++)
                        if (q->data[y * q->width + x] & 1)
                                out_format(o, "M%d %dh1v1h-1z", x + MARGIN, y + MARGIN);
}

struct markup people_qr(struct arena *a, struct text t, const char *label)
{
        struct out o = out_new(a, 8192);
        struct page pg = {.out = &o};
        QRcode *q = QRcode_encodeString8bit(text_c(a, t), 0, QR_ECLEVEL_M);

        must(q);                /* it is an address of ours, a tenth of what fits */
        int size = q->width + 2 * MARGIN;
        out_format(&o, "<svg class=\"qr\" role=\"img\" width=\"240\" height=\"240\" viewBox=\"0 0 %d %d\" aria-label=\"", size, size);
        html_attr(&pg, text_of(label));
        out_format(&o, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"", size, size, size);
        squares(&o, q);
        out_c(&o, "\"/></svg>");
        QRcode_free(q);
        return (struct markup) {out_get(&o)};
}
