# make          the program, build/telemachus            make B=DIR     into another build folder
# make check    everything that ./check runs              make quick     lint and unit tests, under two minutes
# make bench    figures (make bench-matching: the solver)  make fuzz      the fuzzers, longer
# make faults   lets every call that can fail do so once, for hours
# Sources are found by their place: src/ROOM/*.c, *.sql, *.html, *.mail; tests are src/*/*_test.c.

B       ?= build
CC      ?= gcc
SAN     ?=
OPT     ?= -O2
PKGS    := libmicrohttpd sqlite3 libpq libcurl gmime-3.0 glib-2.0 libical icu-i18n icu-uc libsodium libfido2 libqrencode yaml-0.1 jansson zlib libzip libbrotlienc libbrotlicommon pangocairo cairo xlsxwriter expat
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wpointer-arith \
           -Wcast-qual -Wwrite-strings -Wundef -Werror
CFLAGS  := -std=gnu2x -g $(OPT) $(SAN) -fno-omit-frame-pointer -fstack-protector-strong -D_FORTIFY_SOURCE=2 \
           -D_GNU_SOURCE $(WARN) -Isrc -I$(B)/gen $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g') $(EXTRA)
LDLIBS  := $(shell pkg-config --libs $(PKGS)) -lmd4c-html -lmd4c -lseccomp -lresolv -lm -pthread
LDFLAGS := $(SAN) -pie -Wl,-z,relro,-z,now

SQL     := $(sort $(wildcard src/*/*.sql))
SCHEMA  := $(sort $(wildcard schema/*.sql))
VIEWS   := $(sort $(wildcard src/*/*.html src/*/*.mail))
PO      := $(sort $(wildcard content/messages/*.po))
SRC     := $(sort $(filter-out %_test.c %_fuzz.c,$(wildcard src/*/*.c)))
TESTS   := $(sort $(wildcard src/*/*_test.c))
FUZZERS := $(sort $(wildcard src/*/*_fuzz.c))
PACKS   := $(sort $(shell find content/packs -type f 2>/dev/null))
SKILLS  := content/skills/skills.txt
HOLIDAYS := $(sort $(wildcard content/holidays/*.txt))
ASSETS  := $(sort $(wildcard $(addprefix src/html/assets/*.,css js svg png)))
BASEOBJ := $(patsubst %.c,$(B)/%.o,$(filter-out %_test.c %_fuzz.c,$(wildcard src/base/*.c)) src/os/zone.c src/os/file.c)

.PHONY: all deb scan quick check clean unit faults fuzz fuzz-programs messages messages-check format room-objects
.SECONDARY:
all: $(B)/telemachus

# ---- the generators, built first ----
# tools/NAME.c and its parts tools/NAME_*.c
.SECONDEXPANSION:
$(B)/tools/%: tools/%.c $$(wildcard tools/$$*_*.c) $$(wildcard tools/$$*.h) $(BASEOBJ)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(filter %.c,$^) $(BASEOBJ) -o $@ $(LDFLAGS) $(LDLIBS)

# sqlgen writes $(B)/gen/ROOM/ROOM.sql.{h,c}, $(B)/gen/db/statements.c and $(B)/gen/db/migrations.c
$(B)/gen/sql.stamp: $(B)/tools/sqlgen $(SQL) $(SCHEMA)
	$(B)/tools/sqlgen --out $(B)/gen --schema schema $(SQL)
	@touch $@

# htmlgen writes $(B)/gen/ROOM/FILE.html.{h,c} for each template, and $(B)/gen/html/catalogue.c from the .po files and the
# sentences in C.  It writes only what differs, so that one new sentence compiles one file again.
HTMLGEN := $(B)/tools/htmlgen --out $(B)/gen --assets src/html/assets $(addprefix --po ,$(PO)) $(addprefix --scan ,$(SRC)) $(VIEWS)
$(B)/gen/html.stamp: $(B)/tools/htmlgen $(VIEWS) $(PO) $(SRC) $(ASSETS)
	$(HTMLGEN)
	@touch $@

# embed writes assets (hashed, pre-compressed) and packs as C arrays
HTMX    := node_modules/htmx.org/dist/htmx.min.js
$(HTMX):
	npm install --ignore-scripts --no-audit --no-fund --no-package-lock
$(B)/gen/embed.stamp: $(B)/tools/embed $(ASSETS) $(PACKS) $(SKILLS) $(HOLIDAYS) $(HTMX)
	$(B)/tools/embed --out $(B)/gen --assets src/html/assets --asset htmx.js=$(HTMX) --packs content/packs --skills $(SKILLS) \
	        --holidays content/holidays
	@touch $@

STAMPS := $(B)/gen/sql.stamp $(B)/gen/html.stamp $(B)/gen/embed.stamp
GENSRC := $(patsubst src/%.sql,$(B)/gen/%.sql.c,$(SQL)) $(patsubst src/%,$(B)/gen/%.c,$(VIEWS)) \
          $(B)/gen/db/statements.c $(B)/gen/db/migrations.c $(B)/gen/html/catalogue.c $(B)/gen/html/assets.c $(B)/gen/content/builtin.c
GENHDR  := $(patsubst src/%.sql,$(B)/gen/%.sql.h,$(SQL)) $(patsubst src/%,$(B)/gen/%.h,$(VIEWS))
$(GENSRC) $(GENHDR): $(STAMPS) ;

OBJ     := $(patsubst src/%.c,$(B)/src/%.o,$(SRC))
GENOBJ  := $(patsubst $(B)/gen/%.c,$(B)/gen/%.o,$(GENSRC))
LIBOBJ  := $(filter-out $(B)/src/main/%,$(OBJ)) $(GENOBJ)

$(filter-out $(BASEOBJ),$(OBJ)): | $(STAMPS)
# Loops over whole matrices: vectors are worth it here.
ifeq ($(OPT),-O2)
$(B)/src/matching/matching_sheet.o $(B)/src/matching/matching_certify_matrix.o $(B)/src/matching/matching_blocking.o: OPT := -O3
endif
$(B)/src/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(B)/gen/%.o: $(B)/gen/%.c | $(STAMPS)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(B)/telemachus: $(OBJ) $(GENOBJ)
	$(CC) $^ -o $@ $(LDFLAGS) $(LDLIBS)

# ---- the Debian package: the same objects, but data and configuration in the system's places ----
PLACES := -DDATA_FOLDER='"/var/lib/telemachus"' -DCONFIG_FILE='"/etc/telemachus/telemachus.yaml"'
$(B)/packaged/main.o: src/main/main.c | $(STAMPS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PLACES) -MMD -MP -c $< -o $@
$(B)/packaged/telemachus: $(B)/packaged/main.o $(filter-out $(B)/src/main/main.o,$(OBJ)) $(GENOBJ)
	$(CC) $^ -o $@ $(LDFLAGS) $(LDLIBS)
deb: $(B)/packaged/telemachus
	BUILD=$(abspath $(B)) debian/rules binary
	tools/sbom.py $< >$(B)/deb/telemachus.cdx.json

# ---- unit tests: one program each, linked with the whole house but main ----
TESTBIN := $(patsubst src/%_test.c,$(B)/test/%_test,$(TESTS))
$(B)/libhouse.a: $(LIBOBJ)
	@rm -f $@; ar rcs $@ $^
$(B)/test/%_test: src/%_test.c $(B)/libhouse.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -MF $@.d -MT $@ $< $(B)/libhouse.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)
# The solver stands on base/ alone: these are its files, and tests and figures of it can do without the rest of the house.
SOLVER  := $(shell grep -LE '"(base/out|db|people|programmes|http|html)|matching/matching(_rules|_dossier|_csv|_files|_web)?\.h' \
           $(filter src/matching/%,$(SRC)))
$(B)/libsolver.a: $(patsubst src/%.c,$(B)/src/%.o,$(SOLVER)) $(BASEOBJ)
	@rm -f $@; ar rcs $@ $^
$(B)/solver/%_test: src/matching/%_test.c $(wildcard src/matching/test/*) $(B)/libsolver.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(filter %.c,$^) $(B)/libsolver.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)
# Its random tests share small problems and brute force.
RANDOM  := $(addprefix $(B)/test/matching/matching_,random_test proof_test session_test threads_test)
$(RANDOM): $(B)/test/matching/%_test: src/matching/%_test.c $(wildcard src/matching/test/*) $(B)/libhouse.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(filter %.c,$^) $(B)/libhouse.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)
# The random problems once more, where every engine begins with the smallest of them: as it is, they are too small for most.
EAGER   := $(B)/eager/matching_block.o $(B)/eager/matching_fast.o
$(EAGER): $(B)/eager/%.o: src/matching/%.c $(wildcard src/matching/*.h)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -DMATCHING_EAGER -c $< -o $@
$(B)/eager/random_test: src/matching/matching_random_test.c $(wildcard src/matching/test/*) $(EAGER) $(B)/libsolver.a
	$(CC) $(CFLAGS) $(filter %.c %.o,$^) $(B)/libsolver.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)

# ---- fuzzers: the house once more, with clang's instruments; FUZZ_SECONDS for each. What they find next to their seeds is kept ----
FUZZ_SECONDS ?= 60
FUZZBIN := $(patsubst src/%_fuzz.c,$(B)/fuzz/%_fuzz,$(FUZZERS))
$(B)/fuzz/%_fuzz: src/%_fuzz.c $(B)/libhouse.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $< $(B)/libhouse.a -o $@ $(LDFLAGS) -fsanitize=fuzzer $(LDLIBS)
fuzz-programs: $(FUZZBIN)
	@for f in $(FUZZBIN); do mkdir -p $$f.corpus && \
		$$f -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -artifact_prefix=$$f. $$f.corpus tests/fuzz/$$(basename $$(dirname $$f)) || exit 1; done
fuzz:
	@ASAN_OPTIONS=detect_leaks=0 $(MAKE) -s B=$(B)/fuzzing CC=clang OPT=-O1 SAN=-fsanitize=address,undefined,fuzzer-no-link fuzz-programs

# Every failure of a walk through the program, in turn; `./check faults` takes a sample.
faults: $(B)/telemachus
	FAULTS=all TELEMACHUS_PROGRAM=$(CURDIR)/$(B)/telemachus node --test --test-reporter=spec tests/e2e/faults.test.mjs tests/e2e/faults-life.test.mjs

unit: $(TESTBIN)
	@for t in $(TESTBIN); do $$t || exit 1; done

# db_test has a schema and statements of its own, made by the same sqlgen
$(B)/gen-test/sql.stamp: $(B)/tools/sqlgen src/db/db.sql $(wildcard src/db/test/*.sql src/db/test/schema/*.sql)
	$(B)/tools/sqlgen --out $(B)/gen-test --schema src/db/test/schema src/db/db.sql src/db/test/test.sql
	@touch $@
DBTESTGEN := $(B)/gen-test/test/test.sql.c $(B)/gen-test/db/statements.c $(B)/gen-test/db/migrations.c
$(B)/test/db/db_test: src/db/db_test.c $(wildcard src/db/test/*.c src/db/test/*.h) $(B)/gen-test/sql.stamp $(B)/libhouse.a
	@mkdir -p $(@D)
	$(CC) -I$(B)/gen-test $(CFLAGS) $(filter %.c,$^) $(DBTESTGEN) $(B)/libhouse.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)

# htmlgen_test compiles templates of its own, made by the same htmlgen with German of their own
GOLDEN  := $(wildcard src/html/test/golden.html src/html/test/golden.mail)
$(B)/gen-test/html.stamp: $(B)/tools/htmlgen $(GOLDEN) src/html/test/de.po
	$(B)/tools/htmlgen --out $(B)/gen-test --assets src/html/assets --po src/html/test/de.po $(GOLDEN)
	@touch $@
$(B)/test/html/htmlgen_test: src/html/htmlgen_test.c src/html/test/golden.h $(B)/gen-test/html.stamp $(B)/libhouse.a
	@mkdir -p $(@D)
	$(CC) -I$(B)/gen-test $(CFLAGS) -DHTMLGEN='"$(B)/tools/htmlgen"' $< $(patsubst src/%,$(B)/gen-test/%.c,$(GOLDEN)) \
		$(B)/libhouse.a -o $@ $(LDFLAGS) -lcmocka $(LDLIBS)

# One room only, for daily work: make room-care compiles its objects and generated code.
room-%: $(STAMPS)
	@$(MAKE) -s $(patsubst src/%.c,$(B)/src/%.o,$(filter src/$*/%,$(SRC))) $(filter $(B)/gen/$*/%,$(GENOBJ))

# Adds what has no translation to content/messages/de.po and takes out what nothing says; messages-check lists both.
messages: $(B)/tools/htmlgen
	$(HTMLGEN) --update
messages-check: $(B)/tools/htmlgen
	$(HTMLGEN) --check

check:
	@./check
quick:
	@./check --quick

clean:
	rm -rf $(B)

-include $(OBJ:.o=.d) $(GENOBJ:.o=.d) $(TESTBIN:=.d)

# ---- figures ----
BENCH := fill bare writes candidates
$(B)/bench/%: bench/%.c $(B)/libhouse.a $(filter-out $(B)/src/main/main.o,$(filter $(B)/src/main/%,$(OBJ)))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $< $(filter-out $(B)/src/main/main.o,$(filter $(B)/src/main/%,$(OBJ))) $(B)/libhouse.a -o $@ $(LDFLAGS) $(LDLIBS)
bench: $(B)/telemachus $(addprefix $(B)/bench/,$(BENCH))
	bench/run.sh $(B)
# The solver beside others: make bench-matching MATCHING="--quick", or build/bench/matching alone
$(B)/bench/matching: $(sort $(wildcard bench/matching*.c)) bench/matching.h $(B)/libsolver.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(filter %.c,$^) $(B)/libsolver.a -o $@ $(LDFLAGS) $(LDLIBS)
bench-matching: $(B)/bench/matching
	bench/matching.sh $(B) $(MATCHING)
# What others notice of slow and hostile clients, as figures
bench-weather: $(B)/telemachus
	@FIGURES=1 TELEMACHUS_PROGRAM=$(abspath $(B))/telemachus node --test --test-reporter=tap tests/weather/weather.test.mjs | sed -n 's/^# .#/#/p'
# wapiti and sqlmap against a demonstration on a loopback port
scan: $(B)/telemachus
	tools/scan.sh $(B)
.PHONY: bench bench-matching bench-weather unit
