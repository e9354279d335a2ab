#!/bin/sh
# Makes the secrets of docker-compose.yml in ./secrets, and leaves alone what is there. Only whoever owns the folder gets into it; the
# files can be read by the users of the containers, into which each is given by itself.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-secrets}
mkdir -p "$folder"
chmod 700 "$folder"

password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
write() {
  [ -s "$folder/$1" ] && return
  printf '%s\n' "$2" > "$folder/$1"
  chmod 444 "$folder/$1"
  echo "made $folder/$1"
}

for name in postgres certloop temporal; do write "$name-password" "$(password)"; done
certloop=$(cat "$folder/certloop-password")
write database-url "postgres://certloop:$certloop@postgres:5432/certloop"
write scratch-database-url "postgres://certloop:$certloop@postgres:5432/certloop_scratch"
if [ ! -s "$folder/smtp-url" ]; then
  echo "Write the mail server into $folder/smtp-url, such as smtps://user:password@mail.example.org:465, and chmod 444 it."
fi
