-- Passwords come by the environment and not by arguments, which everybody sees, and are not written into the server's log.
\getenv certloop_password CERTLOOP_ROLE_PASSWORD
\getenv temporal_password TEMPORAL_ROLE_PASSWORD
set log_statement = 'none';
set log_min_error_statement = 'panic';

select format('create role %I', name) from unnest(array['certloop', 'temporal']) name
where not exists (select from pg_roles where rolname = name)
\gexec
alter role certloop login nosuperuser nocreatedb nocreaterole noreplication password :'certloop_password';
alter role temporal login nosuperuser nocreatedb nocreaterole noreplication password :'temporal_password';

-- Sorting is the database's own; the characters must be all there are. The scratch one is where backups are tried.
select format('create database %I owner %I encoding ''UTF8'' template template0', name, owner)
from (values ('certloop', 'certloop'), ('certloop_scratch', 'certloop'), ('temporal', 'temporal'), ('temporal_visibility', 'temporal'))
  as wanted (name, owner)
where not exists (select from pg_database where datname = name)
\gexec
-- Neither gets into the other's.
select format('revoke all on database %I from public', name)
from unnest(array['certloop', 'certloop_scratch', 'temporal', 'temporal_visibility', 'postgres']) name
\gexec
