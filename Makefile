# Two commands: `make` sets up what is missing and runs the main job, `make test` sets up and runs the tests.

.PHONY: all setup test check gen sim accuracy ppa bench clean

all: setup
	npm run gen
	npm run sim
	npm run accuracy
	npm run ppa

test: setup
	npm test

# Packages of npm and, where it may, of Debian; each step does nothing when there is nothing to do.
setup: node_modules/.package-lock.json
	@.config/setup-tools

node_modules/.package-lock.json: package.json package-lock.json
	@.config/check-node
	npm ci --ignore-scripts
	@touch $@

gen sim accuracy ppa bench check: setup
	npm run $@

clean:
	rm -rf node_modules .cache
