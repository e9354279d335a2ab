#!/bin/sh
# Backs the register and the files of evidence up, again and again; `backup.sh once` does it once, and `backup.sh check` fails while the
# newest backup is older than 26 hours.
set -eu
umask 077
backups=${BACKUPS:-/backups}

# A dump has its name only once it is whole. Files never change, since each is named by its hash: what is there needs no copy.
back_up() {
  PGPASSWORD=$(cat "${SECRETS:-/run/secrets}/certloop-password") || return 1
  export PGPASSWORD
  name=certloop-$(date -u +%Y%m%dT%H%M%SZ).dump
  pg_dump --format custom --no-owner --no-privileges --file "$backups/$name.part" || return 1
  mkdir -p "$backups/files" || return 1
  if [ -d "${FILES:-/data/files}" ]; then cp -Rn "${FILES:-/data/files}/." "$backups/files/" || return 1; fi
  mv "$backups/$name.part" "$backups/$name" || return 1
  ls -1 "$backups"/certloop-*.dump | sort -r | tail -n "+$((${KEEP:-14} + 1))" | xargs -r rm --
  rm -f "$backups"/*.part
  echo "$backups/$name: $(wc -c < "$backups/$name") bytes, $(ls -1 "$backups"/certloop-*.dump | wc -l) kept"
}

case ${1:-for-ever} in
  once) back_up ;;
  check)
    [ -n "$(find "$backups" -maxdepth 1 -name 'certloop-*.dump' -mmin -1560)" ] || { echo "No backup of the last 26 hours."; exit 1; } ;;
  for-ever)
    trap 'exit 0' TERM INT
    while :; do
      if back_up; then pause=${EVERY_SECONDS:-86400}; else
        echo "The backup FAILED; it is tried again in ten minutes." >&2
        pause=600
      fi
      sleep "$pause" & wait $!
    done ;;
esac
