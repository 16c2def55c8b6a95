# The image of the application: web, worker, scheduler and migrations run from it with different commands.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends nodejs npm fontconfig \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
WORKDIR /srv/congress
# Packages, fonts and browser assets first: they change less often than the code.
COPY requirements.txt package.json package-lock.json ./
COPY script/ script/
COPY static/img/icons.txt static/img/icons.txt
RUN python -m script.build_image parts
COPY . .
RUN python -m script.build_image static && rm -rf node_modules

FROM python:3.11-slim-bookworm
# Backups are dumped by programs of the server's own version, which Debian 12 has not: PostgreSQL's own archive has.
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
 && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
 && apt-get install -y --no-install-recommends postgresql-client-18 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-log-init --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin congress \
 && install -d -o congress -g congress -m 0700 /var/lib/congress /var/lib/congress/keys /var/lib/congress/anchors \
      /var/lib/congress/backups
# Owned by root: the application cannot change its own code.
COPY --from=build /srv/congress /srv/congress
WORKDIR /srv/congress
ENV PATH=/srv/congress/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    FONTCONFIG_FILE=/srv/congress/var/fonts.conf \
    CONGRESS_FONTS_DIR=/srv/congress/var/fonts \
    CONGRESS_STATIC_ROOT=/srv/congress/var/static \
    CONGRESS_VAR_DIR=/var/lib/congress \
    CONGRESS_KEYS_DIR=/var/lib/congress/keys
USER congress
EXPOSE 8000
# Before anything serves: are policies, triggers and keys in the database as they were put there?
ENTRYPOINT ["/srv/congress/script/entry"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "congress.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "congress.arriving.PatientWorker", "--workers", "3", "--threads", "4", \
     "--limit-request-line", "8190", "--timeout", "120", "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--preload", \
     "--access-logfile", "-", "--access-logformat", "%(m)s %(U)s %(s)s %(L)ss"]
