-- Accounts of a production installation: who may sign in, kept apart from what the programme says of people.
-- The tables and their column names are those that better-auth expects.
create schema identity;

create table identity."user" (
  "id" text primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null default false,
  "image" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table identity."session" (
  "id" text primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references identity."user" on delete cascade
);
create index session_by_user on identity."session" ("userId");
create table identity."account" (
  "id" text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references identity."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  -- a salted hash, never the password
  "password" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_by_user on identity."account" ("userId");
create table identity."verification" (
  "id" text primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_by_identifier on identity."verification" ("identifier");

-- Whose account it is. One account for a person, one person for an account.
create table identity.account_person (
  user_id text primary key references identity."user" on delete cascade,
  person_id uuid not null unique references public.person,
  linked_at timestamptz not null default now()
);

-- Sessions end and passwords change: this is not the programme's memory. The reader's role has no business here.
grant usage on schema identity to zeren_app;
grant select, insert, update, delete on all tables in schema identity to zeren_app;
