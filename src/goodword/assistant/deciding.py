"""What to do with a question: rules in the order in which they are asked. No database, no model, no clock."""

from collections.abc import Sequence

from msgspec import structs

from goodword.assistant import phrases
from goodword.assistant.confidence import Confidence, confidence
from goodword.assistant.extracting import extract
from goodword.assistant.facts import without_particulars
from goodword.assistant.intake import answered, missing, skipping
from goodword.assistant.model import OTHER, PERSON, SKIP, Check, Decision, Found, Situation
from goodword.assistant.wording import first_unsaid, in_his_language, say
from goodword.conversations import Choice
from goodword.conversations.model import HandoverReason
from goodword.platform.words import terms

MOST_CHOICES = 3


def question_to_look_up(situation: Situation) -> str:
    """What to search for; empty when the rules need no knowledge.

    A choice, "that didn't help" and "and to Korea?" are about what was asked before.
    """
    question, last = without_particulars(situation.question), situation.last
    if situation.restraint or situation.wants_human or situation.intake:
        return ""
    if situation.choice in (PERSON, OTHER) or _is_talk(situation):
        return ""
    if last is None:
        return question
    if situation.choice:
        return last.question
    if phrases.did_not_help(question):
        return phrases.wanted_instead(question) or last.question
    about_that = last.kind in ("answer", "ask_back") and phrases.goes_on(question)
    return f"{last.question}\n{question}" if about_that else question


def decide(situation: Situation, found: Sequence[Found]) -> Decision:
    """``found``: what ``question_to_look_up`` found, best first."""
    return (
        _restrained(situation)
        or _asked_for_a_person(situation)
        or _reporting(situation)
        or _to_rephrase(situation)
        or _talk(situation)
        or _chosen(situation, found)
        or _not_helped(situation, found)
        or _from_knowledge(situation, found)
    )


def _restrained(situation: Situation) -> Decision | None:
    """Nothing is said to whom a program must not answer; a person may."""
    if not situation.restraint:
        return None
    return Decision(kind="hand_over", rule=situation.restraint, reason="policy")


def _asked_for_a_person(situation: Situation) -> Decision | None:
    if situation.wants_human or situation.choice == PERSON:
        return _hand_over(situation, "asked", "asked")
    offered = situation.last is not None and situation.last.kind == "unknown"
    if offered and phrases.agrees(situation.question):
        return _hand_over(situation, "asked", "accepted")
    return None


def _reporting(situation: Situation) -> Decision | None:
    """A problem is asked for part by part; when nothing is missing any more, a person has it whole."""
    if situation.intake is None:
        return None
    known = (
        skipping(situation.intake)
        if situation.choice == SKIP
        else answered(situation.intake, situation.question, situation.files)
    )
    part = next(iter(missing(known)), None)
    if part is None:
        text = _introduced(situation, say(situation.language, "intake.done"))
        done = structs.replace(known, asked="", done=True)
        return Decision(kind="hand_over", rule="report_complete", text=text, reason="policy", intake=done)
    return Decision(
        kind="ask_back",
        rule=f"report_{part}",
        text=_introduced(situation, say(situation.language, f"intake.{part}")),
        choices=(_choice(situation, SKIP), _choice(situation, PERSON)),
        intake=structs.replace(known, asked=part),
        template=f"intake.{part}",
    )


def _to_rephrase(situation: Situation) -> Decision | None:
    if situation.choice != OTHER:
        return None
    text = _introduced(situation, say(situation.language, "rephrase"))
    return Decision(kind="unknown", rule="something_else", text=text)


def _is_talk(situation: Situation) -> bool:
    return not situation.choice and phrases.small_talk(situation.question) is not None


def _talk(situation: Situation) -> Decision | None:
    if situation.choice:
        return None
    if not terms(situation.question):
        text = first_unsaid(situation.language, "wordless", _said(situation))
        wordless = Decision(kind="unknown", rule="no_words", text=_introduced(situation, text))
        return wordless if text else _repeated(situation)
    talk = phrases.small_talk(situation.question)
    if talk is None:
        return None
    text = first_unsaid(situation.language, f"talk.{talk}", _said(situation))
    if not text and talk in ("greeting", "who", "how"):
        return _repeated(situation)
    return Decision(kind="answer", rule=f"talk_{talk}", text=_introduced(situation, text) if text else "")


def _chosen(situation: Situation, found: Sequence[Found]) -> Decision | None:
    for one in found:
        if one.passage_id == situation.choice:
            question = situation.last.question if situation.last else situation.question
            return _answer(situation, one, question, "chosen", ())
    return None


def _not_helped(situation: Situation, found: Sequence[Found]) -> Decision | None:
    """Another passage where one is likely enough, else a person: never the same again."""
    last = situation.last
    answered = last is not None and last.kind in ("answer", "ask_back") and not last.rule.startswith("talk_")
    if last is None or not answered or not phrases.did_not_help(situation.question):
        return None
    used = {passage for turn in situation.past for passage in turn.passages}
    sections = {one.section for one in found if one.passage_id in used}
    left = [one for one in found if one.passage_id not in used and one.section not in sections]
    asked = question_to_look_up(situation)
    sure = confidence(asked, left)
    if phrases.wanted_instead(situation.question) and sure.answers:
        return _answer(situation, left[0], asked, "next_best", _checks(sure))
    return _repeated(situation, _checks(sure))


def _from_knowledge(situation: Situation, found: Sequence[Found]) -> Decision:
    asked = question_to_look_up(situation)
    sure = confidence(asked, found)
    for one in found[:MOST_CHOICES]:
        if _is_its_heading(asked, one):
            return _answer(situation, one, asked, "its_heading", _checks(sure))
    if sure.answers:
        return _answer(situation, found[0], asked, "good_hit", _checks(sure))
    if sure.is_worth_asking and not _asked_back_before(situation):
        return _ask_back(situation, found, sure)
    return _missed(situation, sure)


def _is_its_heading(question: str, found: Found) -> bool:
    """Whether the question is the heading itself, however it is punctuated: then no number need say so."""
    asked = terms(question)
    return len(asked) > 1 and sorted(asked) == sorted(terms(found.heading))


def _answer(situation: Situation, one: Found, question: str, rule: str, checks: tuple[Check, ...]) -> Decision:
    text = in_his_language(one, extract(one.text, question), situation.language)
    fresh = not any(text in said for said in _said(situation))
    checks = (*checks, Check("not_said_before", fresh))
    if not fresh:
        return _repeated(situation, checks)
    return Decision(kind="answer", rule=rule, text=_introduced(situation, text), sources=(one,), checks=checks)


def _ask_back(situation: Situation, found: Sequence[Found], sure: Confidence) -> Decision:
    near: dict[str, Found] = {}
    for one in found:
        near.setdefault(one.label, one)
    choices = [Choice(one.passage_id, label) for label, one in list(near.items())[:MOST_CHOICES]]
    text = first_unsaid(situation.language, "ask_back", _said(situation)) or say(situation.language, "ask_back.1")
    return Decision(
        kind="ask_back",
        rule="near_readings",
        text=_introduced(situation, text),
        choices=(*choices, _choice(situation, OTHER), _choice(situation, PERSON)),
        checks=_checks(sure),
    )


def _asked_back_before(situation: Situation) -> bool:
    """Asked twice in a row, a question is a nuisance."""
    return situation.last is not None and situation.last.kind == "ask_back"


def _missed(situation: Situation, sure: Confidence) -> Decision:
    if situation.last is not None and (situation.last.kind == "unknown" or _asked_back_before(situation)):
        return _hand_over(situation, "missed", "missed_twice", _checks(sure))
    text = first_unsaid(situation.language, "unknown", _said(situation))
    if not text:
        return _hand_over(situation, "missed", "missed_again", _checks(sure))
    return Decision(
        kind="unknown",
        rule="weak",
        text=_introduced(situation, text),
        choices=(_choice(situation, PERSON),),
        checks=_checks(sure),
    )


def _repeated(situation: Situation, checks: tuple[Check, ...] = ()) -> Decision:
    return _hand_over(situation, "repeated", "would_repeat", checks)


def _hand_over(situation: Situation, reason: HandoverReason, rule: str, checks: tuple[Check, ...] = ()) -> Decision:
    text = say(situation.language, f"hand_over.{reason}")
    told = situation.intake and structs.replace(situation.intake, asked="", done=True)
    return Decision(kind="hand_over", rule=rule, text=text, reason=reason, checks=checks, intake=told)


def _introduced(situation: Situation, text: str) -> str:
    """The first thing it says in a conversation says also what it is, and the way past it."""
    if situation.introduced:
        return text
    return f"{say(situation.language, 'introduction')}\n\n{text}"


def _choice(situation: Situation, id: str) -> Choice:
    return Choice(id, say(situation.language, f"choice.{id}"))


def _said(situation: Situation) -> list[str]:
    return [turn.text for turn in situation.past]


def _checks(sure: Confidence) -> tuple[Check, ...]:
    """Whether it is likely enough, and the numbers that say so."""
    numbers = ", ".join(f"{name} {value:.2f}" for name, value in sure.features.items())
    likely = f"{sure.probability:.3f} of {sure.answer_at:.3f} ({sure.model}: {numbers})"
    near = f"{sure.probability:.3f} of {sure.ask_at:.3f}"
    return Check("likely_enough", sure.answers, likely), Check("worth_asking_back", sure.is_worth_asking, near)
