/* Any bytes as a workbook, and as the sheet of one: it is read or refused in words, rows ascend, cells can be named. */
#include "os/table.h"
#include "os/xlsx.h"
#include "os/zip.h"

#include <setjmp.h>
#include <string.h>

enum { CEILING = 64 << 20, ROWS = 500, COLUMNS = 60 };

#define RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static size_t known(void *ctx, const struct csv_row *row)
{
        (void)ctx;
        return row->n > 2 ? row->n : 0;
}

static void look(struct arena *a, struct text file)
{
        struct table t;
        struct err e = table_read(a, file, &(struct table_wanted) {ROWS, COLUMNS, known, NULL}, &t);

        if (failed(e)) {
                must(e.what && e.next);
                return;
        }
        must(t.csv.n > 0 && t.csv.n <= ROWS);
        for (size_t i = 0; i < t.csv.n; i++) {
                must(t.csv.row[i].n > 0 && t.csv.row[i].line > 0);
                must(i == 0 || t.csv.row[i].line > t.csv.row[i - 1].line);
                for (size_t k = 0; k < t.csv.row[i].n; k++)
                        must(t.csv.row[i].cell[k].p != NULL && text_is_utf8(t.csv.row[i].cell[k]));
        }
        for (size_t i = 0; i < t.n_faults; i++)
                must(table_fault_at(&t, t.fault[i].line, t.fault[i].column).p == t.fault[i].value.p);
}

/* A fuzzer hardly ever makes an archive that holds together: what does not begin as one is a sheet, or styles, of a good one. */
static struct text as_book(struct arena *a, struct text part)
{
        const struct zip_part parts[] = {
                {"_rels/.rels", TEXT("<Relationships><Relationship Id='a' Type='" RELATION "officeDocument' Target='xl/workbook.xml'/></Relationships>")},
                {"xl/workbook.xml", TEXT("<workbook><sheets><sheet name='One' id='s'/></sheets></workbook>")},
                {"xl/_rels/workbook.xml.rels", TEXT("<Relationships><Relationship Id='s' Type='" RELATION "worksheet' Target='one.xml'/>"
                                                    "<Relationship Id='t' Type='" RELATION "styles' Target='styles.xml'/>"
                                                    "<Relationship Id='u' Type='" RELATION "sharedStrings' Target='words.xml'/></Relationships>")},
                {"xl/one.xml", part}, {"xl/styles.xml", TEXT("<s><numFmts><numFmt numFmtId='164' formatCode='[h]:mm'/></numFmts><cellXfs><xf numFmtId='14'/>"
                                                             "<xf numFmtId='164'/></cellXfs></s>")},
                {"xl/words.xml", TEXT("<sst><si><t>email</t></si><si><r><t>a_x000D_</t></r></si></sst>")}};
        struct text out;

        must(!failed(zip_pack(a, parts, sizeof parts / sizeof parts[0], &out)));
        return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct arena *volatile a = arena_new(CEILING);
        jmp_buf full;

        if (setjmp(full) == 0) {
                arena_guard(a, &full);
                struct text bytes = {arena_dup(a, data, n), n};
                look(a, n && bytes.p[0] == '<' ? as_book(a, bytes) : bytes);
        }
        arena_free(a);
        return 0;
}
