"""What somebody who knows Python might write in an afternoon: the stated score of an answers file, as a page.

It reads the same questionnaire and the same answers and prints the score, the areas, the failing gates, the gaps in
order of their weight, and every answer. It checks nothing that it reads, and knows neither evidence and its age, what
is proven or possible, incidents, frameworks, what to do first, nor where the points went.
"""

import datetime
import sys
import tomllib
from pathlib import Path

import jinja2


def credit(question, answer):
    """What an answer earns, 0 to 100."""
    given = answer.get("answer", "unknown")
    if given == "unknown":
        return 0
    match question["kind"]:
        case "levels":
            return next((level["credit"] for level in question["levels"] if level["id"] == given), 0)
        case "yes-no":
            return {"yes": 100, "partly": question.get("partly_credit", 50)}.get(given, 0)
        case "percentage":
            share = given["have"] * 100 // given["of"] if isinstance(given, dict) else given
            reached = [band["credit"] for band in question["bands"] if band["from"] <= share]
            return reached[-1] if reached else 0
        case "last-done":
            if not isinstance(given, datetime.date):
                return 0
            months = (TODAY.year - given.year) * 12 + TODAY.month - given.month - (TODAY.day < given.day)
            return next((step["credit"] for step in question["within"] if months < step["months"]), 0)
        case "tick-all":
            return 100 * len(given) // len(question["choices"])
    return 0


def score(questionnaire, answers):
    facts = answers.get("facts", {})
    areas = []
    earned = {}
    for area in questionnaire["area"]:
        rows = []
        for question in questionnaire["question"]:
            prefix, topic = question["id"].split(".")
            if prefix != area["id"]:
                continue
            if any(facts.get(fact) == "no" for fact in question.get("applies_if", [])):
                continue
            answer = answers["answers"].get(prefix, {}).get(topic, {})
            if answer.get("answer") == "not-applicable":
                continue
            earned[question["id"]] = credit(question, answer)
            rows.append({"question": question, "answer": answer, "credit": earned[question["id"]]})
        if rows:
            weights = sum(row["question"]["weight"] for row in rows)
            points = sum(row["question"]["weight"] * row["credit"] for row in rows) / weights
            areas.append({"area": area, "rows": rows, "score": points})
    weight = sum(entry["area"]["weight"] for entry in areas)
    average = sum(entry["area"]["weight"] * entry["score"] for entry in areas) / weight
    total = 0.75 * average + 0.25 * min(entry["score"] for entry in areas)
    failing = [
        gate
        for gate in questionnaire.get("gate", [])
        if any(earned.get(need["question"], 100) < need["at_least"] for need in gate["require"])
    ]
    for gate in failing:
        total = min(total, gate["cap"])
    gaps = [row for entry in areas for row in entry["rows"] if row["credit"] < 100]
    gaps.sort(key=lambda row: row["question"]["weight"] * (100 - row["credit"]), reverse=True)
    return {"score": int(total), "areas": areas, "failing": failing, "gaps": gaps}


def read(path):
    return tomllib.loads(Path(path).read_text())


if __name__ == "__main__":
    questionnaire, answers = read(sys.argv[1]), read(sys.argv[2])
    TODAY = answers["assessment"]["date"]
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    template = jinja2.Environment(loader=loader, autoescape=True).get_template("page.html.j2")
    page = template.render(questionnaire=questionnaire, answers=answers, **score(questionnaire, answers))
    Path(sys.argv[3]).write_text(page)
