"""What repairing an alignment needs: the borders of sentences, and which repair made a segment."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_sentences",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("target", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_sentences_document_id")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_sentences")),
    )
    op.add_column("segment", sa.Column("repair_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_event_document_id"), "event", ["document_id"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER kept_document_sentences BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON document_sentences FOR EACH STATEMENT EXECUTE FUNCTION relecture_refuse()"
        )
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER kept_document_sentences_{verb.lower()} BEFORE {verb} ON document_sentences "
                "BEGIN SELECT RAISE(ABORT, 'document_sentences: rows never change'); END"
            )
