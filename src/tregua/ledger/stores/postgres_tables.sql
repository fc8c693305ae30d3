-- The tables of a tregua ledger in PostgreSQL 15 or later, one ledger to a database.
-- Run it once, as a superuser, in a new database. It sets up two roles that cannot log in:
--   tregua_owner  owns the tables; nobody is a member of it
--   tregua_app    may read, append, and destroy one header of a body at a time; give it to the
--                 role under which the centre logs in:
--                 CREATE ROLE centre LOGIN IN ROLE tregua_app;
BEGIN;

DO $$
DECLARE wanted name;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['tregua_owner', 'tregua_app'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname IN ('tregua_owner', 'tregua_app')
      AND (rolcanlogin OR rolsuper OR rolbypassrls)) THEN
    RAISE EXCEPTION 'tregua_owner and tregua_app must be plain roles that cannot log in';
  END IF;
END $$;

CREATE SCHEMA led AUTHORIZATION tregua_owner;
COMMENT ON SCHEMA led IS 'tregua ledger, form 2';
GRANT USAGE ON SCHEMA led TO tregua_app;
SET LOCAL ROLE tregua_owner;

-- The record. idx is the size of the record before the entry, given by its one writer: a sequence
-- would leave a gap at each batch that is taken back.
CREATE TABLE led.entries (
  idx bigint PRIMARY KEY CHECK (idx >= 0),
  bytes bytea NOT NULL CHECK (length(bytes) >= 1 AND length(bytes) <= 16384),
  leaf bytea NOT NULL CHECK (length(leaf) = 32)
);
CREATE TABLE led.checkpoints (
  size bigint PRIMARY KEY CHECK (size > 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  at bigint NOT NULL
);

-- Guards against a mistake. Whoever owns the server can take them away; the audit says so.
CREATE FUNCTION led.entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE low bigint; high bigint; many bigint;
BEGIN
  SELECT min(idx), max(idx), count(*) INTO low, high, many FROM fresh;
  -- No number twice (the key), none left out inside the batch, none between it and the last one.
  IF many > 0 AND (high - low + 1 <> many
      OR (low > 0 AND NOT EXISTS (SELECT FROM led.entries WHERE idx = low - 1))) THEN
    RAISE EXCEPTION 'entries are only appended';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION led.checkpoints_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <> (SELECT coalesce(max(idx) + 1, 0) FROM led.entries)
      OR NEW.size <= (SELECT coalesce(max(size), 0) FROM led.checkpoints) THEN
    RAISE EXCEPTION 'checkpoints are only appended';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION led.no_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this table is only appended to';
END $$;
CREATE TRIGGER entries_follow AFTER INSERT ON led.entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION led.entries_follow();
CREATE TRIGGER checkpoints_follow BEFORE INSERT ON led.checkpoints
  FOR EACH ROW EXECUTE FUNCTION led.checkpoints_follow();
CREATE TRIGGER entries_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON led.entries
  FOR EACH STATEMENT EXECUTE FUNCTION led.no_change();
CREATE TRIGGER checkpoints_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON led.checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION led.no_change();

-- What stands behind the digests of entries, sealed to the keeper of the record (age), and who may
-- see it: a second lock behind the one door that shows anything. Here lies the payload of the age
-- file, which opens nothing by itself. A body that tells more than an earlier one is a new version.
-- Every key holds the party, so that a refusal never tells of a row of somebody else.
CREATE TABLE led.entry_view (
  entry_hash bytea NOT NULL CHECK (length(entry_hash) = 32),
  party text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  rel text[] NOT NULL CHECK (cardinality(rel) > 0),
  body bytea NOT NULL,
  PRIMARY KEY (party, entry_hash, version)
);
CREATE INDEX entry_view_rel ON led.entry_view USING gin (rel);

-- Counting under the policy looks at every row; so each statement that adds rows also adds, for
-- each marking among them, how many. "first" and "version" are those of the least of those rows.
CREATE TABLE led.entry_count (
  party text NOT NULL,
  first bytea NOT NULL,
  version integer NOT NULL,
  rel text[] NOT NULL CHECK (cardinality(rel) > 0),
  entries bigint NOT NULL CHECK (entries > 0),
  PRIMARY KEY (party, first, version, rel)
);
CREATE FUNCTION led.entry_view_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO led.entry_count (party, first, version, rel, entries)
    SELECT party, (array_agg(entry_hash ORDER BY entry_hash, version))[1],
      (array_agg(version ORDER BY entry_hash, version))[1], rel, count(*)
    FROM fresh GROUP BY party, rel;
  INSERT INTO led.audience SELECT DISTINCT unnest(rel) FROM fresh ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_view_counts AFTER INSERT ON led.entry_view
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION led.entry_view_counts();

-- The headers of those age files: each wraps the key of one payload to the keeper's own. An erasure
-- destroys the header, and the payload is noise from then on. "keeper" is the public part.
CREATE TABLE led.vault (
  entry_hash bytea NOT NULL CHECK (length(entry_hash) = 32),
  party text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  keeper text NOT NULL,
  header bytea NOT NULL CHECK (length(header) <= 4096),
  PRIMARY KEY (party, entry_hash)
);

-- Every label that a row of entry_view bears; the open part of the entries tells them too.
CREATE TABLE led.audience (label text PRIMARY KEY);

-- After a reset the context is '' and not NULL: without nullif it would name one empty audience.
ALTER TABLE led.entry_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE led.entry_view FORCE ROW LEVEL SECURITY;
ALTER TABLE led.entry_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE led.entry_count FORCE ROW LEVEL SECURITY;
CREATE POLICY see ON led.entry_view FOR SELECT TO tregua_app
  USING (rel && string_to_array(nullif(current_setting('tregua.audience', true), ''), ','));
CREATE POLICY see ON led.entry_count FOR SELECT TO tregua_app
  USING (rel && string_to_array(nullif(current_setting('tregua.audience', true), ''), ','));
CREATE POLICY add ON led.entry_view FOR INSERT TO tregua_app
  WITH CHECK (party = nullif(current_setting('tregua.party', true), ''));
CREATE POLICY add ON led.entry_count FOR INSERT TO tregua_app
  WITH CHECK (party = nullif(current_setting('tregua.party', true), ''));

-- Who read which entries, and when: roles and ids, nothing of what entries tell. It is only added
-- to, and the server shows it for one owner (who signed the entries) at a time.
CREATE TABLE led.access (
  id bytea NOT NULL CHECK (length(id) = 16),
  at bigint NOT NULL,
  reader text NOT NULL,
  how text NOT NULL,
  owner text NOT NULL,
  entries bytea NOT NULL,
  PRIMARY KEY (owner, id)
);
ALTER TABLE led.access ENABLE ROW LEVEL SECURITY;
ALTER TABLE led.access FORCE ROW LEVEL SECURITY;
CREATE POLICY see ON led.access FOR SELECT TO tregua_app
  USING (owner = nullif(current_setting('tregua.party', true), ''));
CREATE POLICY add ON led.access FOR INSERT TO tregua_app
  WITH CHECK (owner = nullif(current_setting('tregua.party', true), ''));

-- A header opens nothing without the keeper's key, so all may be read. Only the one that an erasure
-- names can be destroyed: not all of them by a mistake.
ALTER TABLE led.vault ENABLE ROW LEVEL SECURITY;
ALTER TABLE led.vault FORCE ROW LEVEL SECURITY;
CREATE POLICY see ON led.vault FOR SELECT TO tregua_app USING (true);
CREATE POLICY add ON led.vault FOR INSERT TO tregua_app
  WITH CHECK (party = nullif(current_setting('tregua.party', true), ''));
CREATE POLICY erase ON led.vault FOR DELETE TO tregua_app
  USING (party = nullif(current_setting('tregua.party', true), '')
    AND encode(entry_hash, 'hex') = current_setting('tregua.erasing', true));

GRANT SELECT, INSERT ON led.entries, led.checkpoints, led.entry_view, led.entry_count, led.audience,
  led.access TO tregua_app;
GRANT SELECT, INSERT, DELETE ON led.vault TO tregua_app;
COMMIT;
