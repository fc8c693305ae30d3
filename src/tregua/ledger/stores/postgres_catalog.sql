-- Everything in the schema of a ledger as lines of (name, what it is), from the server's catalog.
-- Not-null constraints stand at the columns; newer servers list them a second time, so they are
-- left out. What the owner may do with its own tables is left out as well.
SELECT 'schema led', format('owner %s, %s', pg_get_userbyid(nspowner),
    (SELECT string_agg(format('%s %s', pg_get_userbyid(a.grantee), a.privilege_type), ', '
      ORDER BY 1) FROM aclexplode(n.nspacl) a WHERE a.grantee <> n.nspowner))
  FROM pg_namespace n WHERE n.nspname = 'led'
UNION ALL
SELECT 'role ' || rolname, format('login %s, above others %s', rolcanlogin,
    rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)
  FROM pg_roles WHERE rolname IN ('tregua_owner', 'tregua_app')
UNION ALL
SELECT 'role tregua_owner', format('%s is a member', m.rolname)
  FROM pg_auth_members a JOIN pg_roles o ON o.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
  WHERE o.rolname = 'tregua_owner'
UNION ALL
SELECT c.relname, format('kind %s, owner %s, guarded by row %s, also from its owner %s: %s',
    c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
    (SELECT string_agg(format('%s %s %s', a.attname, format_type(a.atttypid, a.atttypmod),
      a.attnotnull), ', ' ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
  FROM pg_class c WHERE c.relnamespace = to_regnamespace('led') AND c.relkind NOT IN ('i', 't')
UNION ALL
SELECT c.relname || ' rights', format('%s %s',
    coalesce(nullif(a.grantee, 0)::regrole::text, 'everybody'), a.privilege_type)
  FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
  WHERE c.relnamespace = to_regnamespace('led') AND a.grantee <> c.relowner
UNION ALL
SELECT c.conname::text, pg_get_constraintdef(c.oid) || ' ' || c.convalidated
  FROM pg_constraint c WHERE c.connamespace = to_regnamespace('led') AND c.contype NOT IN ('n', 't')
UNION ALL
SELECT c.relname, format('%s %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE c.relnamespace = to_regnamespace('led')
UNION ALL
SELECT t.tgname::text, format('%s %s', pg_get_triggerdef(t.oid), t.tgenabled)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = to_regnamespace('led') AND NOT t.tgisinternal
UNION ALL
SELECT p.proname || '()', format('%s %s as its owner %s', l.lanname,
    encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex'), p.prosecdef)
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
  WHERE p.pronamespace = to_regnamespace('led')
UNION ALL
SELECT format('%s policy %s', c.relname, p.polname), format('%s %s to %s: %s / %s', p.polcmd,
    p.polpermissive, (SELECT string_agg(r::regrole::text, ', ' ORDER BY r::regrole::text)
      FROM unnest(p.polroles) r),
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
  WHERE c.relnamespace = to_regnamespace('led')
UNION ALL
SELECT format('%s rule %s', c.relname, r.rulename), pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
  WHERE c.relnamespace = to_regnamespace('led')
