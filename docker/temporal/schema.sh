#!/bin/sh
# Brings Temporal's databases to the schema of this version, from whichever they have. The databases are there (postgres/roles.sql).
set -eu
SQL_PASSWORD=$(cat "${SECRETS:-/run/secrets}/temporal-password")
export SQL_PASSWORD
schema=${SCHEMA:-/etc/temporal/schema}/postgresql/v12

bring() {
  temporal-sql-tool --database "$1" setup-schema --version 0.0
  temporal-sql-tool --database "$1" update-schema --schema-dir "$schema/$2/versioned"
}
bring temporal temporal
bring temporal_visibility visibility
