//! The JSON Schema of what templates are given, version 1: drawn from reports with one of everything. Keys may be added,
//! never changed or removed.

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use serde_json::{Map, Value, json};

    use crate::catalog::Catalog;
    use crate::format::{Document, assessment};
    use crate::model::{Assessment, Date, Questionnaire};
    use crate::problem::Source;
    use crate::render::{fixture, html};
    use crate::report::{Audience, Input, Movement, Report};
    use crate::scoring::Scheme;
    use crate::text::Words;

    /// The sample assessments, the last two of one organisation.
    const SAMPLES: [&str; 6] = [
        include_str!("../../../examples/constituency-office.toml"),
        include_str!("../../../examples/electoral-body.toml"),
        include_str!("../../../examples/local-party.toml"),
        include_str!("../../../examples/short-campaign.toml"),
        include_str!("../../../examples/party-hq-may.toml"),
        include_str!("../../../examples/party-hq-november.toml"),
    ];

    /// What each part is.
    const PARTS: [(&str, &str); 23] = [
        ("actions", "What to do, in order; the first five are the headline actions."),
        ("afterword", "What somebody wrote to end with: headings with texts, as markup."),
        ("ageing", "What has run out today, and what runs out next."),
        ("areas", "The areas with their questions, in order of the questionnaire."),
        (
            "brand",
            "The name, contact, logo and texts of whoever hands the report over; null without a brand.",
        ),
        ("find_out", "What to find out, most at stake first."),
        ("foreword", "What somebody wrote to begin with: headings with texts, as markup."),
        ("frameworks", "The frameworks that the questions relate to."),
        ("gates", "The gates, in order of the questionnaire."),
        ("head", "Who was assessed, when, with what: the questionnaire with its version and hash."),
        ("incidents", "The recorded incidents replayed against the answers."),
        ("ledger", "Where the 100 points went; null without a score."),
        ("notices", "Notices that licences require."),
        ("passages", "What a short report says in words instead of details."),
        ("plan_line", "A picture of the plan, as markup; null without a score."),
        ("services", "Who helps, and whom to tell when something has happened."),
        ("short", "Whether it is a short report, for the board or the public."),
        ("since", "What moved since the assessment before; null when there is none to compare with."),
        ("style", "The style sheet, as markup, and its hash for the policy."),
        ("title", "The title of the page."),
        (
            "verdict",
            "The score and what it means. Points are in hundredths; the filter printed shows them whole.",
        ),
        ("verdict_bar", "A picture of the score, as markup; null without a score."),
        ("waivers", "The accepted risks: those whose acceptance ran out first."),
    ];

    /// What has been seen in one place.
    #[derive(Default)]
    struct Seen {
        types: BTreeSet<&'static str>,
        objects: usize,
        keys: BTreeMap<String, (usize, Seen)>,
        items: Option<Box<Seen>>,
    }

    impl Seen {
        fn see(&mut self, value: &Value) {
            self.types.insert(match value {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "integer",
                Value::String(_) => "string",
                Value::Array(_) => "array",
                Value::Object(_) => "object",
            });
            match value {
                Value::Array(items) => {
                    let seen = self.items.get_or_insert_default();
                    for item in items {
                        seen.see(item);
                    }
                }
                Value::Object(map) => {
                    self.objects += 1;
                    for (key, value) in map {
                        let (count, seen) = self.keys.entry(key.clone()).or_default();
                        *count += 1;
                        seen.see(value);
                    }
                }
                _ => {}
            }
        }

        fn schema(&self) -> Map<String, Value> {
            let mut schema = Map::new();
            let types: Vec<&str> = self.types.iter().copied().collect();
            match types[..] {
                // Nothing else was ever seen, so nothing is known.
                [] | ["null"] => return schema,
                [one] => schema.insert("type".to_owned(), one.into()),
                _ => schema.insert("type".to_owned(), json!(types)),
            };
            if let Some(items) = &self.items {
                schema.insert("items".to_owned(), items.schema().into());
            }
            if self.objects > 0 {
                let part = |(key, (_, seen)): (&String, &(usize, Self))| (key.clone(), seen.schema().into());
                let required = self.keys.iter().filter(|(_, (count, _))| *count == self.objects);
                schema.insert(
                    "properties".to_owned(),
                    self.keys.iter().map(part).collect::<Map<_, _>>().into(),
                );
                schema.insert("required".to_owned(), required.map(|(key, _)| key.as_str()).collect());
            }
            schema
        }
    }

    /// A sample assessment with its questionnaire.
    fn sample(text: &'static str) -> (Questionnaire, Assessment) {
        let source = Source::new("sample", text);
        let document = Document::parse(&source);
        let id = assessment::head(&document).unwrap().questionnaire;
        let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        let assessment = assessment::read(&document, &questionnaire).0.unwrap();
        (questionnaire, assessment)
    }

    /// The reports of the sample assessments, the last one with what moved since the one before.
    fn samples() -> Vec<Report> {
        let catalog = Catalog::shipped();
        let (incidents, controls) = (catalog.incidents().0, catalog.controls().0.unwrap());
        let (frameworks, services) = (catalog.frameworks().0, catalog.services().0.unwrap());
        let samples = SAMPLES.map(sample);
        let scored = samples.each_ref().map(|(questionnaire, assessment)| {
            let scheme = Scheme::new(questionnaire, &incidents);
            let evaluation = scheme.evaluate(assessment);
            (questionnaire, assessment, scheme, evaluation)
        });
        let inputs = scored.each_ref().map(|(questionnaire, assessment, scheme, evaluation)| Input {
            questionnaire,
            questionnaire_sha256: "",
            assessment,
            answers_sha256: "",
            today: Date::parse("2027-06-01").unwrap(),
            scheme,
            evaluation,
            incidents: &incidents,
            controls: &controls,
            frameworks: &frameworks,
            services: &services,
            tool_version: "",
            words: Words::ENGLISH,
        });
        let mut reports: Vec<Report> = inputs.iter().map(Report::new).collect();
        let moved = Movement::new(&inputs[4], &inputs[5], None);
        reports.push(Report { since: Some(moved), ..reports[5].clone() });
        reports
    }

    #[test]
    fn the_schema_of_what_templates_are_given_is_the_shipped_one() {
        let mut seen = Seen::default();
        let fixtures = [
            fixture::report(),
            fixture::report_since(str::to_owned),
            fixture::without_score(),
            fixture::tiny(),
            fixture::held_by(crate::report::HoldKind::Proof),
        ];
        for report in fixtures.into_iter().chain(samples()) {
            for audience in Audience::ALL {
                seen.see(&html::context(&report.clone().for_audience(audience)).unwrap());
            }
        }
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".to_owned(), "What templates of a report are given, version 1".into());
        schema.extend(seen.schema());
        let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
        assert_eq!(
            seen.keys.keys().map(String::as_str).collect::<Vec<_>>(),
            parts,
            "every part is described"
        );
        for (part, words) in PARTS {
            schema["properties"][part]["description"] = words.into();
        }
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/templates-v1.schema.json");
        let shipped = snapbox::Data::read_from(path.as_ref(), Some(snapbox::data::DataFormat::Text)).raw();
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::IntoData::into_data(text).raw(), shipped);
    }
}
