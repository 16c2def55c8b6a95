-- The three roles of the product and its database. Run by psql as a superuser; may be run again at any time.
-- Passwords come from the environment, so that they appear in no command line and no file.
--   app_owner   owns the tables and migrates; nothing that serves requests logs in as this role
--   app_rt      serves requests: no superuser, no owner, bound by every row-level policy
--   app_backup  reads everything past the policies, for pg_dump only
\set ON_ERROR_STOP on
\getenv owner_password CONGRESS_OWNER_PASSWORD
\getenv runtime_password CONGRESS_RUNTIME_PASSWORD
\getenv backup_password CONGRESS_BACKUP_PASSWORD

SELECT format('CREATE ROLE %I', name)
FROM (VALUES ('app_owner'), ('app_rt'), ('app_backup')) AS wanted (name)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE app_owner WITH LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE app_rt WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'runtime_password';
ALTER ROLE app_backup WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO app_backup;

SELECT 'CREATE DATABASE congress OWNER app_owner TEMPLATE template0 ENCODING ''UTF8'' '
       'LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'congress')
\gexec

REVOKE ALL ON DATABASE congress FROM PUBLIC;
-- No TEMPORARY: a temporary table of the same name would stand before a real one.
REVOKE TEMPORARY ON DATABASE congress FROM app_rt;
GRANT CONNECT ON DATABASE congress TO app_rt;
GRANT CONNECT ON DATABASE congress TO app_backup;

\connect congress
GRANT USAGE ON SCHEMA public TO app_rt;
-- DELETE is granted table by table where the product needs it (sessions, lock-outs): records are never deleted.
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO app_rt;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app_rt;
