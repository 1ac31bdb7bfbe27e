"""Column matching of an upload whose headings no template knows, and questions that are asked."""

from __future__ import annotations

from importer.journal.audit import AuditAction
from importer.web.api.demand import Changed, Seen
from importer.web.api.models.matching import (
    AcceptSent,
    AnswersSent,
    ChoicesSent,
    MatchAnswer,
    QuestionsAnswer,
)
from importer.web.api.models.uploads import UploadAnswer
from importer.web.api.route import router
from importer.web.kept import kept_detail

ROUTER = router("/uploads/{upload}", "matching")


@ROUTER.get("/match")
def show_match(asked: Seen) -> MatchAnswer:
    """Show what each column is proposed to be, where the state is `mapping_needed`."""
    return MatchAnswer.of(asked.uploads.match(asked.about))


@ROUTER.post("/match")
def choose_match(asked: Changed, sent: ChoicesSent) -> MatchAnswer:
    """Choose what sheets and columns are; the rest is proposed anew around that."""
    choices = [one.as_choice() for one in sent.sheets]
    match = asked.uploads.choose(asked.about, asked.by, choices)
    asked.record(AuditAction.COLUMNS_CHOSEN)
    return MatchAnswer.of(match)


@ROUTER.post("/match/accept", status_code=202)
def accept_match(asked: Changed, sent: AcceptSent) -> UploadAnswer:
    """Accept the columns as they are matched, and check with that."""
    upload = asked.uploads.accept_match(asked.about, asked.by, sent.answers, sent.keep_as)
    asked.record(AuditAction.MAPPING_ACCEPTED, kept_detail(sent.keep_as))
    return UploadAnswer.of(upload)


@ROUTER.get("/questions")
def list_questions(asked: Seen) -> QuestionsAnswer:
    """List what is asked, where the state is `answers_needed`."""
    return QuestionsAnswer.of(asked.uploads.questions(asked.about))


@ROUTER.post("/questions", status_code=202)
def answer_questions(asked: Changed, sent: AnswersSent) -> UploadAnswer:
    """Answer what is asked, and check with that."""
    upload = asked.uploads.answer(asked.about, asked.by, sent.answers)
    asked.record(AuditAction.ANSWERED, {"questions": len(sent.answers)})
    return UploadAnswer.of(upload)
