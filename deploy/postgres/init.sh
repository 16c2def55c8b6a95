#!/usr/bin/env bash
# Run once by the postgres image on an empty data directory: creates the product's roles and database.
# The image's POSTGRES_USER is a superuser and is used for this and for nothing else.
set -euo pipefail

read_secret() {
  tr -d '\r\n' <"/run/secrets/$1"
}

CONGRESS_OWNER_PASSWORD="$(read_secret owner_password)"
CONGRESS_RUNTIME_PASSWORD="$(read_secret runtime_password)"
CONGRESS_BACKUP_PASSWORD="$(read_secret backup_password)"
export CONGRESS_OWNER_PASSWORD CONGRESS_RUNTIME_PASSWORD CONGRESS_BACKUP_PASSWORD

psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -f /etc/congress/roles.sql
