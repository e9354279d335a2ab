#!/bin/sh
# Makes the roles and databases of Certloop and of Temporal, or brings their passwords up to the secrets. As superuser, and nothing else is.
set -eu
secrets=${SECRETS:-/run/secrets}
PGUSER=${PGUSER:-postgres}
PGPASSWORD=$(cat "$secrets/postgres-password")
CERTLOOP_ROLE_PASSWORD=$(cat "$secrets/certloop-password")
TEMPORAL_ROLE_PASSWORD=$(cat "$secrets/temporal-password")
export PGUSER PGPASSWORD CERTLOOP_ROLE_PASSWORD TEMPORAL_ROLE_PASSWORD
exec psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres --file "$(dirname "$0")/roles.sql"
