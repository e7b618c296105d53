"""What deciding about several segments at once needs: which are alike, and which events belong together."""

import sqlalchemy as sa
from alembic import op

from qa.store.text import alike_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CHUNK = 2000


def upgrade() -> None:
    op.add_column("event", sa.Column("group_id", sa.Text(), nullable=True))
    op.create_index(op.f("ix_event_group_id"), "event", ["group_id"], unique=False)
    op.add_column("segment", sa.Column("alike_key", sa.Text(), nullable=True))
    _fill()
    op.create_index(
        "ix_segment_alike", "segment", ["project_id", "alike_key", "document_id", "position"], unique=False
    )


def _fill() -> None:
    connection = op.get_bind()
    some = sa.text("SELECT id, source, mt FROM segment WHERE id > :last ORDER BY id LIMIT :number")
    write = sa.text("UPDATE segment SET alike_key = :key WHERE id = :id")
    last = 0
    while rows := connection.execute(some, {"last": last, "number": _CHUNK}).all():
        connection.execute(write, [{"id": row.id, "key": alike_key(row.source, row.mt)} for row in rows])
        last = rows[-1].id
