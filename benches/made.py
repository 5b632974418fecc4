"""Questionnaires and answers of any size, always the same for the same size."""

import datetime
from pathlib import Path

AREAS = 10
# A file may have 1 MiB; a longer questionnaire is written as several that build on each other.
PER_FILE = 1500
EFFORTS = ["minutes", "hours", "days", "weeks"]

AREA = """
[[area]]
id = "{id}"
title = "Area {number}"
summary = "The questions of area {number}."
weight = {weight}
"""

GATE = """
[[gate]]
id = "first"
title = "The first thing"
cap = 39
require = [{ question = "a0.q0", at_least = 60 }]
grounds = "Something has to be required."
"""

QUESTION = """
[[question]]
id = "{id}"
weight = {weight}
weight_reason = "Question {place} has the weight {weight}."
severity = "medium"
controls = ["{control}"]
title = "Thing {place}"
ask = "How far is thing {place} done where you work?"
why = "Without thing {place} somebody could get in."
fix = "Do thing {place} for everybody, the board first."
effort = "{effort}"
cost = "free"
proof = "A record of thing {place}."
valid_months = 12
references = ["CAF:B2.a", "CSF:PR.AA-0{reference}"]
kind = "levels"
levels = [
    {{ id = "none", credit = 0, label = "Not at all" }},
    {{ id = "some", credit = 40, label = "For some" }},
    {{ id = "most", credit = 80, label = "For most" }},
    {{ id = "all", credit = 100, label = "For everybody" }},
]
"""

CONTROLS = [
    "mfa-email", "passwords-unique", "leavers-dormant", "patch-14d", "backups-offline", "dmarc-reject", "ir-plan",
    "awareness-spearphish", "hardening", "data-minimise",
]

SHORT_CHECK = """format = 1
questionnaire = "ten-minute-check"
version = "2026.1"

[organisation]
name = "Example"
kind = "other"
country = "GB"

[assessment]
date = {date}
self_assessed = true

[answers]
acc.mfa-email = {{ answer = {share} }}
acc.mfa-admin = {{ answer = "{word}" }}
email.dmarc = {{ answer = "unknown" }}
dev.encryption = {{ answer = 70 }}
bak.restore-test = {{ answer = "never" }}
"""


def question_id(place: int) -> str:
    return f"a{place % AREAS}.q{place // AREAS}"


def question(place: int) -> str:
    return QUESTION.format(
        id=question_id(place),
        place=place,
        weight=1 + place % 5,
        control=CONTROLS[place % len(CONTROLS)],
        effort=EFFORTS[place // 3 % 4],
        reference=1 + place % 5,
    )


def head(name: str) -> str:
    return f"""format = 1
id = "{name}"
version = "1"
title = "A long check"
summary = "Made to measure."
audience = "Nobody."
minutes = 60
language = "en-GB"
licence = "CC0-1.0"
"""


def questionnaire(folder: Path, questions: int) -> str:
    """Writes a questionnaire, and those that it builds on. Returns the id of the whole one."""
    name = ""
    for number, start in enumerate(range(0, questions, PER_FILE)):
        base, name = name, f"part-{number}"
        text = head(name)
        if base:
            text += f'\n[base]\nid = "{base}"\nversion = "1"\n'
        else:
            areas = range(min(AREAS, questions))
            text += "".join(AREA.format(id=f"a{n}", number=n, weight=1 + n % 10) for n in areas) + GATE
        places = range(start, min(start + PER_FILE, questions))
        text += "".join(question(place) for place in places)
        (folder / f"{name}.toml").write_text(text)
    return name


def answers(path: Path, name: str, questions: int) -> None:
    """Writes answers to it: one in seven is not known, the others are at every level."""
    text = f"""format = 1
questionnaire = "{name}"
version = "1"

[organisation]
name = "Example"
kind = "other"
country = "GB"

[assessment]
date = 2026-11-16
self_assessed = true
"""
    levels = ["none", "some", "most", "all"]
    for area in range(min(AREAS, questions)):
        text += f"\n[answers.a{area}]\n"
        for place in range(area, questions, AREAS):
            answer = "unknown" if place % 7 == 0 else levels[place // 2 % 4]
            text += f'q{place // AREAS} = {{ answer = "{answer}" }}\n'
    path.write_text(text)


def assessments(folder: Path, count: int) -> None:
    """Writes short assessments of one organisation, one a day."""
    first = datetime.date(1900, 1, 1)
    for day in range(count):
        date = (first + datetime.timedelta(days=day)).isoformat()
        text = SHORT_CHECK.format(date=date, share=day % 101, word="app" if day % 3 == 0 else "password")
        (folder / f"{date}.toml").write_text(text)
