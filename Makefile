# sanso: everything that a person or a build does here.  `make help` lists it.
# Needs git, make and Python 3.11 or later with its venv module; no root, nothing outside this folder is changed.

SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
LAB := $(BIN)/python -m sanso.lab
STOP_HOSTS := if [ -d .lab/hosts ]; then ansible-playbook playbooks/lab_hosts_stop.yml; fi
COLLECTIONS := .cache/collections
SITES := 50
SWITCHES := 200
SEGMENTS := 600
ENDPOINTS := 0
# so that ansible, molecule and their children find each other
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The python to make the environment with: python3 when it is new enough, else the newest that is.
USABLE := import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(python) -c '$(USABLE)' 2>/dev/null && command -v $(python)))),\
	$(error Python 3.11 or later with its venv module is needed (Debian and Ubuntu: apt-get install python3-venv)))

##@ Use

site: lab ## set up, start the emulated city and bring it to the inventory (ARGS=… for ansible-playbook)
	ansible-playbook site.yml $(ARGS)

check: lab ## show what differs from the inventory and how to mend it; touch nothing
	ansible-playbook site.yml --check --diff $(ARGS)

drift: lab ## the same, with a failing exit status when anything differs
	ansible-playbook site.yml --check --diff -e sanso_fail_on_drift=true $(ARGS)

endpoints: lab ## bring the licences of the terminals to the inventory (ARGS=… for ansible-playbook)
	ansible-playbook playbooks/endpoints.yml $(ARGS)

fault: lab ## let a device or terminal fail: make fault HOST=hoikusho-east-1 FAULT=drop AT=command:12 (none mends it)
	@$(LAB) fault $(or $(HOST),$(error HOST=… names the device or terminal)) $(or $(FAULT),$(error FAULT=… says what is wrong)) \
		$(if $(AT),--at $(AT))

validate: setup ## check the whole city; contact no device
	ansible-playbook playbooks/validate.yml $(ARGS)

lab: setup ## start the emulated devices and terminals
	@$(LAB) start

lab-stop: setup lab-hosts-stop ## stop them; they keep their configurations and licences
	@$(LAB) stop

lab-reset: setup ## put them back to how they were first (HOST=… for one)
	@$(LAB) reset $(HOST)

lab-hosts: setup ## run the virtualization hosts of the emulated city, in containers, as root (ENGINE=docker or podman, IMAGE=…)
	@ansible-playbook playbooks/lab_hosts.yml $(if $(ENGINE),-e emulated_hosts_engine=$(ENGINE)) \
		$(if $(IMAGE),-e emulated_hosts_image=$(IMAGE))

lab-hosts-stop: setup ## remove them, with their machines
	@$(STOP_HOSTS)

login: lab ## log in to an emulated device by hand: make login HOST=hall-floor-1
	@$(LAB) login $(or $(HOST),$(error HOST=… names the device))

city: setup ## write an inventory of any size: make city SITES=50 SWITCHES=200 SEGMENTS=600 OUT=folder
	@$(BIN)/python -m sanso.generate --sites $(SITES) --switches $(SWITCHES) --segments $(SEGMENTS) \
		--endpoints $(ENDPOINTS) --out $(or $(OUT),$(error OUT=… names the folder))

kerberos: $(VENV)/kerberos ## add Kerberos for terminals (docs/licensing.md tells what has to be there)

setup: $(VENV)/run ## make the environment: what running needs, in .venv

##@ Develop

test: dev collections ## run the tests (ARGS=… for pytest)
	pytest -n auto --dist worksteal $(ARGS)

breaking: dev ## break a small city in hundreds of ways, and count how it ends (CASES=… and SEED=… for other ways)
	pytest -n auto tests/breaking $(ARGS)

lint: lint-ruff lint-format lint-types lint-yaml lint-ansible ## check style, types and playbooks

lint-ruff: dev
	ruff check

lint-format: dev
	ruff format --check

lint-types: dev
	mypy

lint-yaml: dev
	yamllint --strict .

lint-ansible: dev collections
	ANSIBLE_COLLECTIONS_PATH=$(COLLECTIONS) ansible-lint --offline --strict

molecule: dev ## test the roles on emulated devices
	molecule test --scenario-name default

molecule-endpoints: dev ## the same, on emulated terminals
	molecule test --scenario-name endpoint_licensing

molecule-container: dev ## the same, the devices in a container (ENGINE=docker or podman, IMAGE=…)
	$(foreach name,ENGINE IMAGE,$(if $($(name)),MOLECULE_$(name)=$($(name)))) \
		molecule test --scenario-name vlan_segmentation

molecule-access-point: dev ## test Linux access points in containers (ENGINE=docker or podman, IMAGE=…)
	$(foreach name,ENGINE IMAGE,$(if $($(name)),MOLECULE_$(name)=$($(name)))) \
		molecule test --scenario-name access_point

molecule-radius: dev collections ## test FreeRADIUS in a container with systemd (ENGINE=…, IMAGE=…)
	$(foreach name,ENGINE IMAGE,$(if $($(name)),MOLECULE_$(name)=$($(name)))) \
		molecule test --scenario-name radius_server

molecule-virtualization: dev collections ## test virtualization hosts in containers, as root (ENGINE=…, IMAGE=…)
	$(foreach name,ENGINE IMAGE,$(if $($(name)),MOLECULE_$(name)=$($(name)))) \
		molecule test --scenario-name virtualization_host

molecule-maintenance: dev collections ## test moving, backing up and restoring machines in containers, as root (ENGINE=…, IMAGE=…)
	$(foreach name,ENGINE IMAGE,$(if $($(name)),MOLECULE_$(name)=$($(name)))) \
		molecule test --scenario-name virtualization_maintenance

bench: dev collections ## measure, beside Nornir and cisco.ios, and print tables
	python -m bench $(ARGS)

schema: setup ## write the JSON Schema of the inventory, for editors, and the tables of docs/city.md
	$(BIN)/python -m sanso.city.schema
	$(BIN)/python -m sanso.city.reference docs/city.md

lock: $(BIN)/python ## lock the newest versions that pyproject.toml allows
	@requirements/lock

dev: $(VENV)/dev ## make the environment: what tests and linters need, too

collections: $(COLLECTIONS)/.done

clean: ## remove all that make made, reports and the state of the emulated city
	@if [ -x $(BIN)/python ]; then $(LAB) stop; $(STOP_HOSTS); fi
	rm -rf $(VENV) .cache .lab artifacts .*_cache .ansible .hypothesis build *.egg-info

help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {print "\n" substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

.PHONY: site check drift endpoints fault validate lab lab-stop lab-reset lab-hosts lab-hosts-stop login city kerberos setup \
	test breaking lint lint-ruff lint-format lint-types lint-yaml lint-ansible molecule molecule-endpoints molecule-container \
	molecule-access-point molecule-radius molecule-virtualization molecule-maintenance bench schema lock dev collections clean help

# The environment; each stamp says that the locked versions of that file are installed.  What comes as source is built
# with the setuptools that is locked, not with one that pip would fetch for the purpose.
PIP_INSTALL = $(BIN)/python -m pip install --quiet
SOURCES := --use-pep517 --no-build-isolation

$(BIN)/python:
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/%: requirements/%.txt requirements/build.txt pyproject.toml $(BIN)/python
	$(PIP_INSTALL) --require-hashes -r requirements/build.txt
	$(PIP_INSTALL) --require-hashes $(SOURCES) -r $<
	$(PIP_INSTALL) --no-deps --no-index $(SOURCES) -e .
	@touch $@

$(COLLECTIONS)/.done: requirements/collections.txt requirements/unpack_collections.py | $(BIN)/python
	$(BIN)/python -m pip download --quiet --no-deps --require-hashes -d .cache -r $<
	$(BIN)/python requirements/unpack_collections.py .cache/ansible-*.whl $(COLLECTIONS)
	@rm .cache/ansible-*.whl
	@touch $@
