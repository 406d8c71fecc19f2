# Floorline. `make run` and `make test` install what they need on a fresh Debian machine with Go and Node.
SHELL := /bin/bash
export CGO_ENABLED = 0
BIN := bin/floorline
DATA ?= data/demo
HTTP ?= 127.0.0.1:8080
TESTFLAGS ?=

.PHONY: help build web run test bench bench-labels soak demo-sheet clean tools vet test-go test-web test-browser

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

# Not `npm ci`: it wants optional packages of every platform in the lock file, and a registry may not have them.
static/node_modules/.done: static/package.json static/package-lock.json
	cd static && npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

web: static/node_modules/.done ## build the screens into static/dist
	cd static && npm run --silent build

build: web ## build bin/floorline with its screens
	go build -o $(BIN) ./cmd/floorline

run: build ## serve the demo warehouse
	$(BIN) serve --data $(DATA) --http $(HTTP) --demo

tools: # what the tests decode, rasterise and browse with
	@missing=""; \
	command -v zbarimg >/dev/null || missing="$$missing zbar-tools"; \
	command -v dmtxread >/dev/null || missing="$$missing dmtx-utils"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	PATH=$$PATH:/usr/sbin; command -v ippeveprinter >/dev/null || missing="$$missing cups-ipp-utils"; \
	command -v avahi-daemon >/dev/null || missing="$$missing avahi-daemon dbus iproute2"; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	command -v hb-shape >/dev/null || missing="$$missing libharfbuzz-bin"; \
	if [ -n "$$missing" ]; then \
		sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; \
	fi

	@test -n "$$FLOORLINE_FONTS" || $(MAKE) --no-print-directory bin/fonts/.done

# Fonts for the tests of labels in all scripts. They are laid beside the build and not installed: screens are measured with
# the fonts that a machine has. 14 MB.
bin/fonts/.done:
	@rm -rf bin/fonts && mkdir -p bin/fonts
	@cd bin/fonts && get="apt-get -o APT::Sandbox::User=root download -qq fonts-noto-core fonts-wqy-microhei"; \
	$$get 2>/dev/null || { apt-get update -qq && $$get; }; \
	for f in *.deb; do dpkg -x $$f . && rm $$f || exit 1; done
	@touch $@

vet: # what must hold before any test
	@test -z "$$(gofmt -l cmd floor labels devices store static/*.go)" || { echo "gofmt these:"; gofmt -l cmd floor labels devices store static/*.go; exit 1; }
	go vet ./...

test-go: # unit, story, property and crash tests, with the race detector
	CGO_ENABLED=1 go test -race -timeout 12m $(TESTFLAGS) ./...

test-web: static/node_modules/.done # the screens' own tests
	cd static && npm run --silent check && npm test

test-browser: build # real keystrokes into real pages
	cd static && npm run --silent test:browser

test: tools vet build test-go test-web test-browser ## everything, under 15 minutes

# What labels are measured against: no part of the program, so it has its own package.json.
static/tests/bench/labels/node_modules/.done: static/tests/bench/labels/package.json
	cd static/tests/bench/labels && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

bench-labels: static/tests/bench/labels/node_modules/.done # labels a second, against pdfkit + bwip-js and reportlab
	@/usr/bin/python3 -c 'import reportlab' 2>/dev/null || { sudo=""; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get install -y -qq --no-install-recommends python3-reportlab; }
	FLOORLINE_BENCH=1 GOMAXPROCS=1 go test -count=1 -v -timeout 30m -exec 'taskset -c 0' -run TestBenchLabels ./labels

bench: build bench-labels ## measurements, as ratios within one run
	go test -run '^$$' -bench . -benchtime 2s -cpu 1 ./labels
	go test -run '^$$' -bench . -benchtime 2s ./floor/...
	FLOORLINE_BENCH=1 go test -count=1 -v -run 'TestBench|TestPublishedOrders' ./floor/carton
	FLOORLINE_BENCH=1 go test -count=1 -v -timeout 60m -run TestBench ./floor ./floor/route ./floor/batch ./floor/witness
	FLOORLINE_BENCH=1 go test -count=1 -v -timeout 30m -run TestBench ./store ./cmd/floorline
	cd static && npm run --silent bench:feel

soak: tools build ## long hunts: many seeds, many crashes, fuzzing
	go test ./floor -run SimulatedDays -days 20000 -timeout 60m
	FLOORLINE_SOAK=1 go test -count=1 -v -timeout 90m -run 'Crash' ./cmd/floorline/... # 2,000 sockets over TLS among them
	FLOORLINE_SOAK=1 go test -count=1 -timeout 60m -run Damage ./store
	cd static && SOAK=20000 npx vitest run tests/unit/disconnects.test.ts
	FLOORLINE_SOAK=1 go test -count=1 -timeout 60m -run 'Reads|Scans?$$' ./labels
	for room in $$(grep -rlE --include='*_test.go' '^func Fuzz' floor labels store devices cmd | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -hoE 'func (Fuzz[A-Za-z0-9]+)' $$room/*_test.go | awk '{print $$2}'); do \
			go test ./$$room -run '^$$' -fuzz "^$$f$$" -fuzztime 60s || exit 1; \
		done; \
	done

demo-sheet: build ## the printable sheet of codes of the demo warehouse, as demo-sheet.pdf
	$(BIN) demo-sheet --data $(DATA) > demo-sheet.pdf && echo "demo-sheet.pdf"

clean: ## remove what was built
	rm -rf bin static/dist static/node_modules demo-sheet.pdf
