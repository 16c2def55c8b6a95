"""The index of words: which rows of a long table hold a word of one, two or more characters, within the scope.

No operator that compares parts of texts is leakproof, so row-level security keeps every index from it: a long list would be
read row by row. `guard_words` takes a row's texts apart into single characters and pairs of them, each with the township
before it; a GIN index over that follows the row by itself, into whatever it is corrected, withdrawn or erased.
`guard_found` alone reads it past the policies, as the owner, and gives back keys of rows of the townships in the scope; of each
township no more than are asked for.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Value

# Upper case, because that is how Django compares (`icontains`); blanks are no characters of a word. Whoever changes what
# it makes of a text has to build the indexes anew.
WORDS = r"""
CREATE OR REPLACE FUNCTION public.guard_pairs(place bigint, texts text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT regexp_replace(said, '(..?)', ' ' || place || ':\1', 'g')
    || regexp_replace(substr(said, 2), '(..?)', ' ' || place || ':\1', 'g')
  FROM (SELECT regexp_replace(upper(texts), '\s', E'\x01', 'g') AS said) AS folded
$$;
CREATE OR REPLACE FUNCTION public.guard_words(place bigint, VARIADIC texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_to_array(substr(public.guard_pairs(place, said) || regexp_replace(
    regexp_replace(upper(said), '\s', E'\x01', 'g'), '(.)', ' ' || place || ':\1', 'g'), 2), ' ')
  FROM (SELECT array_to_string(texts, E'\x01') AS said) AS joined
$$;
"""

_FOUND = """
DROP FUNCTION IF EXISTS public.guard_found(text, text);
CREATE OR REPLACE FUNCTION public.guard_found(table_ text, word_ text, most_ int DEFAULT NULL) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  place_ bigint;
  wanted_ text[];
BEGIN
  FOREACH place_ IN ARRAY coalesce(({places})::bigint[], '{{}}') LOOP
    wanted_ := string_to_array(substr(public.guard_pairs(place_, word_), 2), ' ');
    CONTINUE WHEN coalesce(cardinality(wanted_), 0) = 0;
    CASE table_
    {cases}
    ELSE RAISE EXCEPTION 'no index of words on %', table_ USING ERRCODE = 'insufficient_privilege';
    END CASE;
  END LOOP;
END $$;
"""
_CASE = (
    "WHEN '{table}' THEN RETURN QUERY SELECT t.id FROM public.{table} AS t"
    " WHERE public.guard_words(t.township_id, {columns}) @> wanted_ LIMIT most_;"
)
# The condition of a policy that is not leakproof would keep the index unused, even for the owner.
_POLICY = """
DROP POLICY IF EXISTS guard_search ON public.{table};
CREATE POLICY guard_search ON public.{table} FOR SELECT TO CURRENT_USER USING (true);
"""


class WordIndex(GinIndex):
    """An index of the words in these columns of a record, which hold text; for tables that grow without end."""

    def __init__(self, *columns: str, name: str):
        self.columns = columns
        super().__init__(Func(F("township_id"), *map(F, columns), function="public.guard_words"), name=name)

    def deconstruct(self):
        """Path, columns and name, as a migration writes them."""
        return f"{type(self).__module__}.{type(self).__qualname__}", self.columns, {"name": self.name}


class Holds(Func):
    """The condition that the row with this key (a path) is one of a model whose indexed words hold the text."""

    output_field = models.BooleanField()

    def __init__(self, key: str, model: type[models.Model], text: str):
        super().__init__(F(key), Value(model._meta.db_table), Value(text))

    def as_sql(self, compiler, connection, **context):
        """The key on the left, table and text as arguments of the function."""
        parts, params = [], []
        for each in self.source_expressions:
            sql, values = compiler.compile(each)
            parts.append(sql)
            params.extend(values)
        return f"{parts[0]} IN (SELECT public.guard_found({', '.join(parts[1:])}))", params


class Found:
    """The keys of the rows of a model whose indexed words hold the text, so many at most of each township, as the index gives
    them: asked among several questions (`together`), and of no use where the rows themselves are not read afterwards, under
    their own policy."""

    def __init__(self, model: type[models.Model], text: str, most: int):
        self.query = self
        self._said = [model._meta.db_table, text, most]

    def sql_with_params(self) -> tuple[str, list]:
        """The statement and its values."""
        return "SELECT public.guard_found(%s, %s, %s)", self._said


def index_of(model: type[models.Model]) -> WordIndex | None:
    """The index of words a model has, if any."""
    return next((index for index in model._meta.indexes if isinstance(index, WordIndex)), None)


def install_words(searched: list[type[models.Model]], places: str) -> str:
    """What the owner executes after a migrate: the functions, and the policies by which they read; `places` is the
    expression of the townships in the scope."""
    cases = "\n    ".join(
        _CASE.format(table=model._meta.db_table, columns=", ".join(f't."{name}"' for name in index_of(model).columns))
        for model in searched
    )
    policies = "".join(_POLICY.format(table=model._meta.db_table) for model in searched)
    return WORDS + (_FOUND.format(places=places, cases=cases) if cases else "") + policies
