"""Who has which segments to work on, who is editing right now, and a trail that can be followed live."""

import sqlalchemy as sa
from alembic import op

from qa.store.text import fold

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_assignee_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignee")),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_assignee_project_id_key")),
    )
    op.create_table(
        "editing",
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_editing_project_id")),
        sa.ForeignKeyConstraint(["segment_id"], ["segment.id"], name=op.f("fk_editing_segment_id")),
        sa.PrimaryKeyConstraint("sitting", name=op.f("pk_editing")),
    )
    op.create_index(op.f("ix_editing_project_id"), "editing", ["project_id"], unique=False)
    op.add_column("segment", sa.Column("assignee_id", sa.Integer(), nullable=True))
    _carry_over()
    op.create_index(
        "ix_segment_assignee",
        "segment",
        ["project_id", "assignee_id", "document_id", "position", "state"],
        unique=False,
    )
    op.drop_column("document", "assignee")
    op.drop_index(op.f("ix_event_project_id"), "event")
    op.create_index("ix_event_project", "event", ["project_id", "id"], unique=False)


def _carry_over() -> None:
    """Whoever had a document has all of its segments."""
    connection = op.get_bind()
    documents = connection.execute(
        sa.text("SELECT id, project_id, assignee FROM document WHERE assignee <> '' ORDER BY id")
    ).all()
    find = sa.text("SELECT id FROM assignee WHERE project_id = :project AND key = :key")
    add = sa.text("INSERT INTO assignee (project_id, key, name) VALUES (:project, :key, :name)")
    give = sa.text("UPDATE segment SET assignee_id = :assignee WHERE document_id = :document")
    for row in documents:
        who = {"project": row.project_id, "key": fold(row.assignee)}
        if connection.execute(find, who).scalar() is None:
            connection.execute(add, {**who, "name": row.assignee})
        assignee = connection.execute(find, who).scalar()
        connection.execute(give, {"assignee": assignee, "document": row.id})
