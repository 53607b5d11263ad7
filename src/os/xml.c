#include "os/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

/* A tag longer than this is no document's; expat would read it from its beginning at every piece. */
enum { MOST_DEPTH = 64, MOST_TAG = 1 << 20, PIECE = 1 << 16, MOST_ATTRIBUTES = 64 };

static const char SEPARATOR = '\x1f';

struct xml {
        XML_Parser parser;
        const struct xml_hooks *hooks;
        void *ctx;
        size_t fed;
        int depth;
        bool stopped;
};

static const char *bare(const char *name)
{
        const char *at = strrchr(name, SEPARATOR);

        return at ? at + 1 : name;
}

static void on_open(void *data, const char *name, const char **attribute)
{
        const char *plain[2 * MOST_ATTRIBUTES + 1];
        struct xml *x = data;
        size_t n = 0;

        if (++x->depth > MOST_DEPTH) {
                xml_stop(x);
                return;
        }
        for (; n < 2 * MOST_ATTRIBUTES && attribute[n]; n += 2) {
                plain[n] = bare(attribute[n]);
                plain[n + 1] = attribute[n + 1];
        }
        plain[n] = NULL;
        x->hooks->open(x->ctx, bare(name), plain);
}

/* Expat still closes an empty element whose opening has stopped it. */
static void on_close(void *data, const char *name)
{
        struct xml *x = data;

        x->depth--;
        if (!x->stopped)
                x->hooks->close(x->ctx, bare(name));
}

static void on_text(void *data, const char *p, int n)
{
        struct xml *x = data;

        if (!x->stopped && x->hooks->text)
                x->hooks->text(x->ctx, p, (size_t)n);
}

static void on_doctype(void *data, const char *name, const char *system, const char *public, int inside)
{
        (void)name;
        (void)system;
        (void)public;
        (void)inside;
        xml_stop(data);
}

struct xml *xml_new(const struct xml_hooks *hooks, void *ctx)
{
        struct xml *x = calloc(1, sizeof *x);
        XML_Parser parser = x ? XML_ParserCreateNS(NULL, SEPARATOR) : NULL;

        if (!parser) {
                free(x);
                return NULL;
        }
        *x = (struct xml) {.parser = parser, .hooks = hooks, .ctx = ctx};
        XML_SetUserData(parser, x);
        XML_SetElementHandler(parser, on_open, on_close);
        XML_SetCharacterDataHandler(parser, on_text);
        XML_SetStartDoctypeDeclHandler(parser, on_doctype);
        return x;
}

void xml_free(struct xml *x)
{
        if (!x)
                return;
        XML_ParserFree(x->parser);
        free(x);
}

void xml_stop(struct xml *x)
{
        x->stopped = true;
        XML_StopParser(x->parser, XML_FALSE);
}

bool xml_feed(struct xml *x, const char *p, size_t n)
{
        for (size_t at = 0; at < n && !x->stopped; at += PIECE) {
                size_t piece = n - at < PIECE ? n - at : PIECE;
                if (XML_Parse(x->parser, p + at, (int)piece, 0) != XML_STATUS_OK)
                        return false;
                x->fed += piece;
                XML_Index read = XML_GetCurrentByteIndex(x->parser);
                if (read >= 0 && x->fed > (size_t)read && x->fed - (size_t)read > MOST_TAG + PIECE)
                        return false;
        }
        return !x->stopped;
}

bool xml_end(struct xml *x)
{
        return !x->stopped && XML_Parse(x->parser, "", 0, 1) == XML_STATUS_OK;
}

const char *xml_attribute(const char **attribute, const char *name)
{
        for (; *attribute; attribute += 2)
                if (strcmp(attribute[0], name) == 0)
                        return attribute[1];
        return NULL;
}
