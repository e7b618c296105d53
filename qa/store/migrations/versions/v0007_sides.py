"""Where the source ends in what searching looks through, so that one of the two texts can be searched."""

import sqlalchemy as sa
from alembic import op

from qa.store.text import fold

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CHUNK = 2000


def upgrade() -> None:
    op.add_column(
        "segment_search", sa.Column("source_length", sa.Integer(), nullable=False, server_default="0")
    )
    if op.get_bind().dialect.name == "sqlite":
        _spare_the_trigrams()
    _fill()


def _spare_the_trigrams() -> None:
    """The trigrams are those of the folded texts: another column does not change them."""
    op.execute("DROP TRIGGER trigram_update")
    op.execute(
        "CREATE TRIGGER trigram_update AFTER UPDATE OF folded ON segment_search BEGIN "
        "INSERT INTO segment_trigram (segment_trigram, rowid, folded) "
        "VALUES ('delete', OLD.segment_id, OLD.folded); "
        "INSERT INTO segment_trigram (rowid, folded) VALUES (NEW.segment_id, NEW.folded); END"
    )


def _fill() -> None:
    connection = op.get_bind()
    some = sa.text("SELECT id, source FROM segment WHERE id > :last ORDER BY id LIMIT :number")
    write = sa.text("UPDATE segment_search SET source_length = :length WHERE segment_id = :id")
    last = 0
    while rows := connection.execute(some, {"last": last, "number": _CHUNK}).all():
        connection.execute(write, [{"id": row.id, "length": len(fold(row.source))} for row in rows])
        last = rows[-1].id
