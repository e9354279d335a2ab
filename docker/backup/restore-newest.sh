#!/bin/sh
# Restores the newest backup into the scratch database, where `certloop verify` looks at it next. What was there is gone.
set -eu
backups=${BACKUPS:-/backups}
PGPASSWORD=$(cat "${SECRETS:-/run/secrets}/certloop-password")
export PGPASSWORD
[ "$PGDATABASE" = certloop_scratch ] || { echo "$PGDATABASE is not the scratch database: nothing was touched." >&2; exit 1; }
newest=$(ls -1 "$backups"/certloop-*.dump 2> /dev/null | sort | tail -n 1)
[ -n "$newest" ] || { echo "There is no backup in $backups." >&2; exit 1; }
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --command 'drop schema public cascade' --command 'create schema public'
pg_restore --exit-on-error --no-owner --no-privileges --dbname "$PGDATABASE" "$newest"
echo "$newest is restored into the scratch database"
