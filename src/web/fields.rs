//! What a form sent: names and texts, and how they become a reply.

use crate::interview::{Details, Field, Interview, Mistake, Reply, Wrong, parse_date};
use crate::model::{Change, Date, Question};
use crate::text::Private;

/// What a form sent. It holds answers, so it cannot be shown by `Debug`.
#[derive(Clone)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads the body of a form.
    pub(super) fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// The text of a field; nothing when it was not sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, text)| text)
    }

    /// Every text of a field that can be sent several times.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, text)| text.as_str())
    }

    fn text(&self, field: Field) -> String {
        self.get(field.as_str()).to_owned()
    }
}

/// A date in three boxes, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct DateParts {
    pub(super) day: String,
    pub(super) month: String,
    pub(super) year: String,
}

/// What stands for a box that was left empty. A reader of dates sees that the day is missing, and never takes the month
/// for the day.
const NO_DAY: &str = "-";
const NOTHING: &str = "?";

impl DateParts {
    fn sent(fields: &Fields, field: Field) -> Self {
        let part = |name: &str| {
            fields.get(&format!("{}-{name}", field.as_str())).split_whitespace().collect::<String>()
        };
        Self { day: part("day"), month: part("month"), year: part("year") }
    }

    /// The boxes that show a text: of a date, or of what was typed instead of one.
    pub(super) fn of(text: &str) -> Self {
        if let Ok(date) = parse_date(text) {
            let date = date.to_string();
            let part = |range: std::ops::Range<usize>| {
                date.get(range).unwrap_or_default().trim_start_matches('0').to_owned()
            };
            return Self { day: part(8..10), month: part(5..7), year: part(0..4) };
        }
        let shown = |part| if matches!(part, NO_DAY | NOTHING) { "" } else { part };
        let mut parts = text.split(' ').map(|part| shown(part).to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Self { day: next(), month: next(), year: next() }
    }

    /// One text of the three boxes, in the words that a date of ours has wherever it is one.
    fn text(&self) -> String {
        if [&self.day, &self.month, &self.year].iter().all(|part| part.is_empty()) {
            return String::new();
        }
        let or =
            |part: &str, nothing: &str| if part.is_empty() { nothing.to_owned() } else { part.to_owned() };
        let typed =
            format!("{} {} {}", or(&self.day, NO_DAY), or(&self.month, NOTHING), or(&self.year, NOTHING));
        parse_date(&typed).map_or(typed, Date::in_words)
    }
}

/// What a person sent as the answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sent {
    /// Everything that is chosen. Boxes can be ticked together although only one answer is possible.
    pub(super) options: Vec<String>,
    /// The rest, with the first of the options.
    pub(super) reply: Reply,
}

impl Sent {
    /// What stands in the file, as a form shows it.
    pub(super) fn of(reply: Reply) -> Self {
        let chosen = !matches!(reply.option.as_str(), "" | Reply::ENTERED);
        Self { options: if chosen { vec![reply.option.clone()] } else { Vec::new() }, reply }
    }

    /// What a form sent.
    pub(super) fn read(fields: &Fields) -> Self {
        let options: Vec<String> = fields.all("answer").map(str::to_owned).collect();
        let typed = fields.get("typed").trim().to_owned();
        let date = DateParts::sent(fields, Field::Answer).text();
        let reply = Reply {
            option: options.first().cloned().unwrap_or_default(),
            typed: if typed.is_empty() { date } else { typed },
            ticked: fields.all("choice").map(str::to_owned).collect(),
            reason: fields.text(Field::Reason),
            evidence: fields.text(Field::Evidence),
            evidence_date: DateParts::sent(fields, Field::EvidenceDate).text(),
            evidence_where: fields.text(Field::EvidenceWhere),
            by: fields.text(Field::By),
            provided_by: fields.text(Field::ProvidedBy),
            comment: fields.text(Field::Comment),
            note: Private::new(fields.text(Field::Note)),
        };
        Self { options, reply }
    }

    /// What it means, or everything that is wrong with it.
    pub(super) fn answer(
        &self,
        question: &Question,
        interview: &Interview,
    ) -> Result<Vec<Change>, Vec<Mistake>> {
        let read = interview.answer(&question.id, &self.reply);
        if self.options.len() < 2 {
            return read;
        }
        let mut mistakes = read.err().unwrap_or_default();
        mistakes.retain(|mistake| mistake.field != Field::Answer);
        mistakes.insert(0, Mistake::new(Field::Answer, Wrong::TwoAnswers));
        Err(mistakes)
    }

    /// Whether nothing differs from what a form showed at first, but for what forms do to line ends.
    pub(super) fn is_untouched(&self, shown: &Self) -> bool {
        let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
        let (own, other) = (&self.reply, &shown.reply);
        let level =
            |reply: &Reply| if reply.evidence.is_empty() { "claimed" } else { &reply.evidence }.to_owned();
        self.options == shown.options
            && own.ticked == other.ticked
            && level(own) == level(other)
            && [
                (&own.typed, &other.typed),
                (&own.reason, &other.reason),
                (&own.evidence_date, &other.evidence_date),
                (&own.evidence_where, &other.evidence_where),
                (&own.by, &other.by),
                (&own.provided_by, &other.provided_by),
                (&own.comment, &other.comment),
                (own.note.expose(), other.note.expose()),
            ]
            .into_iter()
            .all(|(one, other)| same(one, other))
    }
}

/// What a form said about the organisation.
pub(super) fn details(fields: &Fields) -> Details {
    Details {
        name: fields.text(Field::Name),
        kind: fields.text(Field::Kind),
        country: fields.text(Field::Country),
        date: DateParts::sent(fields, Field::Date).text(),
        assessor: fields.text(Field::Assessor),
        marking: fields.text(Field::Marking),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(day: &str, month: &str, year: &str) -> DateParts {
        DateParts { day: day.to_owned(), month: month.to_owned(), year: year.to_owned() }
    }

    #[test]
    fn dates_in_boxes_are_kept_as_they_were_typed() {
        assert_eq!(parts("12", "5", "2026").text(), "12 May 2026");
        assert_eq!(parts("12", "may", "2026").text(), "12 May 2026");
        assert_eq!(DateParts::of("12 May 2026"), parts("12", "5", "2026"));
        assert_eq!(parts("", "", "").text(), "");
        for wrong in
            [parts("31", "2", "2026"), parts("12", "", "2026"), parts("", "5", "2026"), parts("a", "b", "c")]
        {
            assert_eq!(DateParts::of(&wrong.text()), wrong);
            assert!(parse_date(&wrong.text()).is_err(), "{wrong:?}");
        }
        assert_eq!(parse_date(&parts("", "5", "2026").text()), Err(Wrong::NoDay));
    }

    #[test]
    fn a_form_is_read_field_by_field() {
        let fields = Fields::parse(
            b"answer=unknown&answer=never&choice=a&choice=b&note=x%0D%0Ay&comment=%C3%A9&bad=%FF",
        );
        let sent = Sent::read(&fields);
        assert_eq!(sent.options, ["unknown", "never"]);
        assert_eq!(sent.reply.option, "unknown");
        assert_eq!(sent.reply.ticked, ["a", "b"]);
        assert_eq!((sent.reply.note.expose().as_str(), sent.reply.comment.as_str()), ("x\r\ny", "é"));
        assert_eq!(fields.get("bad"), "\u{fffd}");
    }

    #[test]
    fn an_untouched_form_is_recognised() {
        let mut shown = Sent::of(Reply { comment: "a\nb".to_owned(), ..Reply::choosing("yes") });
        let mut sent = shown.clone();
        sent.reply.comment = "a\r\nb".to_owned();
        sent.reply.evidence = "claimed".to_owned();
        assert!(sent.is_untouched(&shown));
        shown.reply.comment.push('c');
        assert!(!sent.is_untouched(&shown));
    }
}
