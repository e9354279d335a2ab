#!/bin/sh
# Makes the namespace in which programs live, with its search attributes, or brings it up to this.
# Retention is how long histories of runs that have ended are kept, to be looked at: the register has all of it for ever.
set -eu
namespace=$TEMPORAL_NAMESPACE
retention=${RETENTION:-7d}

tries=0
until temporal operator cluster health; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "Temporal at $TEMPORAL_ADDRESS did not become healthy." >&2; exit 1; }
  sleep 2
done

if temporal operator namespace describe --namespace "$namespace" > /dev/null 2>&1; then
  temporal operator namespace update --namespace "$namespace" --retention "$retention"
else
  temporal operator namespace create --namespace "$namespace" --retention "$retention"
fi

# What was just made is known everywhere a moment later.
attributes() { temporal operator search-attribute list --namespace "$namespace" 2> /dev/null; }
tries=0
until attributes > /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "Namespace $namespace is not to be seen." >&2; exit 1; }
  sleep 1
done
while read -r name type; do
  attributes | grep -qw "$name" ||
    temporal operator search-attribute create --namespace "$namespace" --name "$name" --type "$type"
done << 'END'
CertloopPhase Keyword
CertloopStatus Keyword
CertloopOrganization Keyword
CertloopNextDue Datetime
CertloopRehearsal Bool
END
