-- The two roles and the database of docs/operations.md, for the first start of compose.yaml's PostgreSQL.
\getenv owner OWNER_PASSWORD
\getenv application APPLICATION_PASSWORD
create role gaozhi_owner login password :'owner';
create role gaozhi_app login password :'application';
create database gaozhi owner gaozhi_owner template template0
  encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale 'C.UTF-8';
revoke all on database gaozhi from public;
grant connect on database gaozhi to gaozhi_app;
