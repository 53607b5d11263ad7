/* cairo 1.16 writes a classic cross-reference table and a catalogue without a language: a new catalogue goes behind the end. */
#include "print/print_pdf.h"

#include "base/out.h"

#include <string.h>

static struct err broken(void) { return FAIL(ERR_BROKEN, "The certificate came out wrong", "Tell the people who run the site"); }

/* The last place where a word stands; NULL if it does not. */
static const char *last(struct text t, const char *word)
{
        size_t n = strlen(word);

        for (size_t i = t.n < n ? 0 : t.n - n + 1; i-- > 0;)
                if (memcmp(t.p + i, word, n) == 0)
                        return t.p + i;
        return NULL;
}

static struct text from(struct text t, const char *p) { return (struct text) {p, t.n - (size_t)(p - t.p)}; }

/* The number behind a word at its last place. */
static bool number_after(struct text t, const char *word, int64_t *out)
{
        const char *p = last(t, word);
        int64_t v = 0;
        size_t digits = 0;

        if (!p)
                return false;
        p += strlen(word);
        while (p < t.p + t.n && (*p == ' ' || *p == '\n' || *p == '\r'))
                p++;
        for (; p < t.p + t.n && *p >= '0' && *p <= '9' && digits < 12; p++, digits++)
                v = v * 10 + (*p - '0');
        *out = v;
        return digits > 0;
}

/* What stands between the << and >> of an object. */
static struct text dictionary(struct text pdf, int64_t object, struct arena *a)
{
        struct text head = text_format(a, "\n%lld 0 obj\n<<", (long long)object);
        const char *p = last(pdf, head.p), *end;

        if (!p)
                return TEXT_ABSENT;
        struct text rest = from(pdf, p + head.n);
        end = memmem(rest.p, rest.n, "\n>>\nendobj", 10);
        return end ? (struct text) {rest.p, (size_t)(end - rest.p)} : TEXT_ABSENT;
}

struct err print_pdf_language(struct arena *a, struct text pdf, const char *language, struct text *out)
{
        struct out o = out_new(a, pdf.n + 2048);
        int64_t table, root, size, info;

        if (!number_after(pdf, "startxref", &table) || !number_after(pdf, "/Root", &root) || !number_after(pdf, "/Size", &size) ||
            !number_after(pdf, "/Info", &info))
                return broken();
        struct text catalogue = dictionary(pdf, root, a);
        if (!catalogue.p)
                return broken();
        out_text(&o, pdf);
        if (pdf.n && pdf.p[pdf.n - 1] != '\n')
                out_c(&o, "\n");
        size_t at = o.n;
        out_format(&o, "%lld 0 obj\n<<", (long long)root);
        out_text(&o, catalogue);
        out_format(&o, "\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n", language);
        size_t xref = o.n;
        out_format(&o, "xref\n%lld 1\n%010zu 00000 n \ntrailer\n<< /Size %lld\n   /Root %lld 0 R\n   /Info %lld 0 R\n   /Prev %lld\n>>\nstartxref\n%zu\n%%%%EOF\n",
                   (long long)root, at, (long long)size, (long long)root, (long long)info, (long long)table, xref);
        *out = out_get(&o);
        return OK;
}
