"""Everything around the segments: projects, documents, scores, exports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from qa.errors import NotFoundError, UsageError
from qa.lang import UNDETERMINED, normalise
from qa.model import CheckedDocument, Estimate
from qa.review import inputs, pictures
from qa.review.importing import score_values, usable, write_document
from qa.review.people import People
from qa.review.record import muted_checks
from qa.review.roles import Action
from qa.review.views import (
    Actor,
    CountedProject,
    DocumentView,
    Policy,
    ProjectView,
)
from qa.store import alignment, schema, withdrawals
from qa.store.repository import Counts, one_project, some_segments
from qa.store.text import fold

__all__ = ["Administration"]


class Administration(People):
    """What is done with projects and whole documents."""

    def projects(self) -> list[CountedProject]:
        with self._database.read() as records:
            return [self._project_view(records, row) for row in records.projects()]

    def uncounted_projects(self) -> list[ProjectView]:
        """All projects without counts of their segments: what a page needs to work in one of them."""
        with self._database.read() as records:
            return [
                pictures.project_view(row, len(records.document_names(row.id))) for row in records.projects()
            ]

    def document_names(self, project_id: int, *, withdrawn: bool = False) -> dict[int, str]:
        """The names of a project's documents by id, in the order they came in; with those of withdrawn ones,
        where asked for."""
        with self._database.read() as records:
            return records.document_names(project_id, withdrawn=withdrawn)

    def project(self, id: int) -> CountedProject:
        with self._database.read() as records:
            return self._project_view(records, records.get(schema.Project, id))

    def create_project(
        self, actor: Actor, name: str, source_lang: str, target_lang: str, policy: Policy | None = None
    ) -> CountedProject:
        """Raises UsageError when the name is taken or a language is none.

        The source language is ``und`` where there are translations alone.
        """
        name = inputs.name(name, "project")
        source_lang = source_lang if source_lang == UNDETERMINED else normalise(source_lang)
        languages = source_lang, normalise(target_lang)
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.CREATE_PROJECT)
            if records.project_named(fold(name)):
                raise UsageError(f"there is a project called {name!r} already; choose another name")
            row = records.add(
                schema.Project(
                    name=name,
                    key=fold(name),
                    source_lang=languages[0],
                    target_lang=languages[1],
                    policy=pictures.policy_data(_valid(policy or Policy())),
                    created=datetime.now(UTC),
                )
            )
            self._record(
                records,
                actor,
                Action.CREATE_PROJECT,
                project_id=row.id,
                data={"name": name, "languages": list(languages), "policy": row.policy},
            )
            return self._project_view(records, row)

    def set_policy(self, actor: Actor, project_id: int, policy: Policy) -> CountedProject:
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.SET_POLICY)
            row = records.get(schema.Project, project_id)
            before, after = row.policy, pictures.policy_data(_valid(policy))
            row.policy = after
            if before["muted_checks"] != after["muted_checks"]:
                records.recount(policy.muted_checks, one_project(row.id))
            self._record(
                records, actor, Action.SET_POLICY, project_id=row.id, data={"policy": [before, after]}
            )
            return self._project_view(records, row)

    def import_document(
        self,
        actor: Actor,
        project_id: int,
        checked: CheckedDocument,
        *,
        name: str,
        mt_system: str = "",
        original: bytes | None = None,
        original_name: str = "",
    ) -> DocumentView:
        """Write a checked document: all of it or, on any error, nothing.

        ``original`` keeps the uploaded file for a round trip. NUL and lone surrogates become U+FFFD.
        """
        name = inputs.name(name, "document")
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.IMPORT)
            project = records.get(schema.Project, project_id)
            row = write_document(
                records,
                project,
                checked,
                name=name,
                mt_system=inputs.note(mt_system),
                original=original,
                original_name=inputs.note(original_name),
                muted=muted_checks(project),
            )
            self._record(
                records,
                actor,
                Action.IMPORT,
                project_id=project.id,
                document_id=row.id,
                data={"name": name, "segments": len(checked.segments), "mt_system": row.mt_system},
            )
            return self._document_view(records, row)

    def documents(self, project_id: int) -> list[DocumentView]:
        with self._database.read() as records:
            project = records.get(schema.Project, project_id)
            counts = records.counts(project_id, muted_checks(project))
            nothing = Counts({}, {}, None)
            return [
                pictures.document_view(row, counts.get(row.id, nothing))
                for row in records.documents(project_id)
            ]

    def document_texts(self, document_id: int) -> tuple[str | None, str]:
        """The source (None where only a translation was given) and the machine's text, as imported."""
        with self._database.read() as records:
            row = withdrawals.document(records, document_id)
            return row.source_text, row.mt_text

    def in_rows(self, document_id: int) -> bool:
        """Did the document come as pairs: one translation a line, empty ones included?"""
        with self._database.read() as records:
            row = withdrawals.document(records, document_id)
            if row.source_text is None or alignment.sentences(records, document_id) is not None:
                return False
            at = 0
            for start, end in alignment.target_spans(records, document_id):
                if (at if start is None else start) != at:
                    return False
                at = (at if end is None else end) + 1
            return at == len(row.mt_text) + 1

    def document_original(self, document_id: int) -> tuple[bytes | None, str]:
        """The file the document came from and its name, where it was kept."""
        with self._database.read() as records:
            row = withdrawals.document(records, document_id)
            return row.original, row.original_name

    def record_scores(self, actor: Actor, project_id: int, estimates: Mapping[int, Estimate]) -> None:
        """Write estimates of the machine's text, by segment id. Doing it twice is as doing it once."""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.RESCORE)
            project = records.get(schema.Project, project_id)
            found = records.in_order(schema.Segment, schema.Segment.id, estimates)
            known = {row.id for row in found if row.project_id == project.id}
            if strangers := sorted(set(estimates) - known):
                raise NotFoundError(f"project {project.name} has no segment {strangers[0]}")
            rows = [score_values(id, estimate) for id, estimate in estimates.items() if usable(estimate)]
            records.replace_scores(rows)
            records.recount(muted_checks(project), some_segments(*(row["segment_id"] for row in rows)))
            data = {"segments": len(rows), "signatures": sorted({row["signature"] for row in rows})}
            self._record(records, actor, Action.RESCORE, project_id=project.id, data=data)

    def record_export(self, actor: Actor, project_id: int, format: str) -> None:
        """Ask leave to export a project, and note it in the audit trail."""
        with self._database.write() as records:
            actor = self._acting(records, actor, Action.EXPORT)
            row = records.get(schema.Project, project_id)
            self._record(records, actor, Action.EXPORT, project_id=row.id, data={"format": format})


def _valid(policy: Policy) -> Policy:
    if not 0 <= policy.passing_threshold < 100:
        raise UsageError(f"the passing threshold is {policy.passing_threshold}; give 0 to below 100")
    if not 0 < policy.acceptable_penalty < float("inf"):
        raise UsageError(f"the acceptable penalty is {policy.acceptable_penalty}; give more than 0")
    return policy
