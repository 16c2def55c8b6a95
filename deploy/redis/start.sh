#!/bin/sh
# Starts Redis with its password from a secret file; the password appears in no command line.
set -eu
{
  cat /etc/congress/redis.conf
  printf 'requirepass %s\n' "$(cat /run/secrets/redis_password)"
} | exec redis-server -
