-- The functions of the locks. Every one names its tables with their schema and fixes its search path; nobody but the
-- owner may execute them or put them on a table, save the two that end with a grant in install.py.

CREATE OR REPLACE FUNCTION public.guard_require_action() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('app.action', true), '') = '' THEN
    RAISE EXCEPTION 'no action is open: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- Whoever writes without counting the version up (UPDATE of many rows at once) has it counted.
CREATE OR REPLACE FUNCTION public.guard_count_up() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

-- What a before-image is sealed by. The salt goes when the row is erased, so that what was erased cannot be guessed back.
CREATE OR REPLACE FUNCTION public.guard_history_digest(h public.congress_rowhistory) RETURNS bytea LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to(concat_ws(E'\x1f', h.id, coalesce(h.salt::text, ''), h.table_name, h.row_id,
    coalesce(h.township_id::text, ''), coalesce(h.action_id::text, ''),
    to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), h.operation, h.before::text), 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION public.guard_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE kept public.congress_rowhistory; row_before jsonb;
BEGIN
  kept.table_name := TG_TABLE_NAME;
  kept.operation := TG_OP;
  kept.action_id := nullif(current_setting('app.action', true), '')::uuid;
  kept.at := clock_timestamp();
  FOR row_before IN SELECT to_jsonb(old_rows) FROM old_rows LOOP
    kept.id := gen_random_uuid();
    kept.salt := gen_random_uuid();
    kept.row_id := row_before ->> 'id';
    kept.township_id := (row_before ->> 'township_id')::int;
    kept.before := row_before - ARRAY['password', 'former_passwords'];
    kept.digest := public.guard_history_digest(kept);
    INSERT INTO public.congress_rowhistory SELECT kept.*;
  END LOOP;
  RETURN NULL;
END $$;

-- Which columns a digest of a row of this table is made over.
CREATE OR REPLACE FUNCTION public.guard_columns(table_ oid) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(attname || ':' || atttypid::regtype, ',' ORDER BY attname) FROM pg_attribute
  WHERE attrelid = table_ AND attnum > 0 AND NOT attisdropped
$$;

-- What the rows of a statement became. The settings make the same row the same text in every session.
CREATE OR REPLACE FUNCTION public.guard_state() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET bytea_output = 'hex' AS $$
BEGIN
  INSERT INTO public.congress_rowstate (table_name, township_id, action_id, columns, rows, salts, digests)
  SELECT TG_TABLE_NAME, (state ->> 'township_id')::int, nullif(current_setting('app.action', true), '')::uuid,
    public.guard_columns(TG_RELID), array_agg(state ->> 'id'), array_agg(salt),
    array_agg(sha256(convert_to(salt::text || E'\x1f' || state::text, 'UTF8')))
  FROM (SELECT to_jsonb(new_rows) AS state, gen_random_uuid() AS salt FROM new_rows) AS written
  GROUP BY 2;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION public.guard_state_digest(s public.congress_rowstate) RETURNS bytea LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(convert_to(concat_ws(E'\x1f', s.id, s.table_name, coalesce(s.township_id::text, ''), s.columns,
      array_to_string(s.rows, ',')), 'UTF8')
    || (SELECT string_agg(digest, ''::bytea ORDER BY place) FROM unnest(s.digests) WITH ORDINALITY AS d (digest, place)))
$$;

CREATE OR REPLACE FUNCTION public.guard_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- guard_erase_history alone: nobody else has the right to update these tables.
  IF TG_OP = 'UPDATE' AND TG_RELID IN ('public.congress_rowhistory'::regclass, 'public.congress_rowstate'::regclass)
     AND current_setting('app.erasing', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is refused on %: rows are only added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Events written before history was sealed have none, and concat_ws passes over what is null.
CREATE OR REPLACE FUNCTION public.guard_event_hash(prev bytea, e public.congress_auditevent) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(prev || convert_to(concat_ws(E'\x1f', e.id, e.chain, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(e.actor_id::text, ''), e.verb,
    e.subject_type, e.subject_id, e.subject_label, e.detail::text, e.outcome, encode(e.history, 'hex')), 'UTF8'))
$$;

-- One digest over every before-image an action left, every one it erased and every state it left.
CREATE OR REPLACE FUNCTION public.guard_history_of(action uuid) RETURNS bytea LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT sha256(coalesce((SELECT string_agg(h.digest, ''::bytea ORDER BY h.id) FROM public.congress_rowhistory h
      WHERE h.action_id = action), ''::bytea)
    || coalesce((SELECT string_agg(h.erased_digest, ''::bytea ORDER BY h.id) FROM public.congress_rowhistory h
      WHERE h.erased_by_id = action), ''::bytea)
    || coalesce((SELECT string_agg(public.guard_state_digest(s), ''::bytea ORDER BY s.id)
      FROM public.congress_rowstate s WHERE s.action_id = action), ''::bytea))
$$;

CREATE OR REPLACE FUNCTION public.guard_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  head record;
  audit text := coalesce(current_setting('app.audit', true), '');
BEGIN
  IF TG_RELID <> 'public.congress_auditevent'::regclass THEN
    RAISE EXCEPTION 'guard_chain belongs to the trail' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Where this transaction left the head: by its index every version a long transaction made of it would be passed. What
  -- stands elsewhere by now, or belongs to another chain, is not found there.
  SELECT ctid AS place, seq, hash INTO head FROM public.congress_chainhead
    WHERE ctid = nullif(current_setting('app.chain_head', true), '')::tid AND chain = NEW.chain FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO public.congress_chainhead (chain, seq, hash) VALUES (NEW.chain, 0, ''::bytea) ON CONFLICT DO NOTHING;
    SELECT ctid AS place, seq, hash INTO head FROM public.congress_chainhead WHERE chain = NEW.chain FOR UPDATE;
  END IF;
  NEW.seq := head.seq + 1;
  NEW.prev := head.hash;
  PERFORM set_config('app.audit', 'on', true);  -- the history of places belongs to no township
  NEW.history := public.guard_history_of(NEW.id);
  PERFORM set_config('app.audit', audit, true);
  NEW.hash := public.guard_event_hash(head.hash, NEW);
  UPDATE public.congress_chainhead SET seq = NEW.seq, hash = NEW.hash WHERE ctid = head.place
    RETURNING ctid AS place INTO head;
  PERFORM set_config('app.chain_head', head.place::text, true);
  RETURN NEW;
END $$;

-- An anchor is made over an event there is, follows the last anchor, and cannot be written otherwise.
CREATE OR REPLACE FUNCTION public.guard_seal(
  number_ bigint, chain_ int, seq_ bigint, hash_ bytea, at_ timestamptz, prev_ bytea, mac_ bytea
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  last public.congress_auditanchor;
  audit text := coalesce(current_setting('app.audit', true), '');
BEGIN
  PERFORM set_config('app.audit', 'on', true);
  SELECT * INTO last FROM public.congress_auditanchor WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1;
  IF number_ <> coalesce(last.number, 0) + 1 OR (last.number IS NOT NULL AND prev_ <> last.mac) THEN
    RAISE EXCEPTION 'anchor % does not follow the last one', number_ USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM public.congress_auditevent WHERE chain = chain_ AND seq = seq_ AND hash = hash_) THEN
    RAISE EXCEPTION 'chain % has no such event', chain_ USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.audit', audit, true);
  INSERT INTO public.congress_auditanchor (number, chain, seq, hash, at, prev, mac)
  VALUES (number_, chain_, seq_, hash_, at_, prev_, mac_);
END $$;

-- Takes every personal column out of the before-images of these rows, and the salts of all their states but the last:
-- they are erased themselves before this is called. Its action must leave an event: erased_by_id is a
-- foreign key to it, checked at the end of the transaction.
CREATE OR REPLACE FUNCTION public.guard_erase_history(table_ text, rows_ text[]) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  act uuid := nullif(current_setting('app.action', true), '')::uuid;
  place int := nullif(current_setting('app.write_township', true), '')::int;
  columns_ text[] := public.guard_erasable(table_);
  image public.congress_rowhistory;
  audit text := coalesce(current_setting('app.audit', true), '');
  erased int := 0;
BEGIN
  IF act IS NULL OR place IS NULL OR columns_ IS NULL THEN
    RAISE EXCEPTION 'nothing may be erased from %', table_ USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('app.audit', 'on', true), set_config('app.erasing', 'on', true);
  FOR image IN SELECT h.* FROM public.congress_rowhistory h
    WHERE h.table_name = table_ AND h.row_id = ANY (rows_) AND h.before ?| columns_
      AND (h.township_id = place OR (h.table_name = 'congress_user' AND EXISTS (
        SELECT FROM public.congress_membership m WHERE m.township_id = place AND m.user_id::text = h.row_id)))
  LOOP
    image.before := image.before - columns_;
    image.salt := NULL;
    UPDATE public.congress_rowhistory SET before = image.before, salt = NULL, erased_by_id = act,
      erased_digest = public.guard_history_digest(image) WHERE id = image.id;
    erased := erased + 1;
  END LOOP;
  WITH last AS (
    SELECT written AS row_id, max(s.id) AS id FROM public.congress_rowstate s, unnest(s.rows) AS written
    WHERE s.table_name = table_ AND s.rows && rows_ AND written = ANY (rows_) GROUP BY written)
  UPDATE public.congress_rowstate s SET salts = (
      SELECT array_agg(CASE WHEN s.id < last.id THEN NULL ELSE salt END ORDER BY nth)
      FROM unnest(s.rows, s.salts) WITH ORDINALITY AS w (row_id, salt, nth) LEFT JOIN last USING (row_id))
    WHERE s.table_name = table_ AND s.rows && rows_ AND (s.township_id = place OR (table_ = 'congress_user' AND (
      SELECT bool_and(EXISTS (SELECT FROM public.congress_membership m
        WHERE m.township_id = place AND m.user_id::text = person)) FROM unnest(rows_) AS person)));
  PERFORM set_config('app.audit', audit, true), set_config('app.erasing', '', true);
  RETURN erased;
END $$;
