//! Two assessments of one organisation set beside each other, as a person meets it.

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

use crate::runner::{
    Desk, assert_file, assert_golden, assert_no_other_golden, files_of, outputs, repository,
};
use crate::small;

const SCHEMA: &str = "schemas/comparison-v1.schema.json";
/// What a comparison can become.
const COMPARISONS: [&str; 5] = ["terminal", "html", "json", "md", "txt"];

/// The sample headquarters' two assessments.
fn headquarters() -> Desk {
    let desk = Desk::new();
    for month in ["may", "november"] {
        let sample = repository(&format!("examples/party-hq-{month}.toml"));
        desk.write(&format!("{month}.toml"), std::fs::read(sample).unwrap());
    }
    desk
}

/// Two assessments half a year apart, each in a folder with its version of a questionnaire of two questions.
fn versions(old: impl Fn(String) -> String, new: impl Fn(String) -> String) -> Desk {
    let desk = Desk::new();
    let question = small::questionnaire("own", "Own", "none");
    let (_, block) = question.split_once("[[question]]").unwrap();
    let second = format!("[[question]]{}", block.replace("a.b", "a.c"));
    for (folder, edit, date) in
        [("old", &old as &dyn Fn(String) -> String, "2026-05-23"), ("new", &new, "2026-11-23")]
    {
        let version = format!("version = \"{folder}\"");
        let answers = small::answers("own") + "[answers.a.c]\nanswer = \"no\"\n";
        let both = edit(format!("{question}{second}\u{0}{answers}").replace("version = \"1\"", &version));
        let (questions, answers) = both.split_once('\u{0}').unwrap();
        desk.write(&format!("{folder}/own.toml"), questions);
        desk.write(&format!("{folder}/answers.toml"), answers.replace("2026-11-23", date));
    }
    desk
}

fn compared(desk: &Desk, arguments: &str) -> Value {
    serde_json::from_str(&desk.run(0, &format!("compare {arguments} --json")).out).unwrap()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value}"))
}

#[test]
fn the_comparison_for_machines_follows_its_schema_and_adds_up() {
    let schema = safeseat::render::json::comparison_schema().to_value();
    assert_file(SCHEMA, &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let changed = versions(
        |old| old,
        |new| {
            new.replace("answer = \"no\"", "answer = \"yes\"")
                .replace("weight = 1\nweight_reason", "weight = 3\nweight_reason")
        },
    );
    for comparison in [
        compared(&headquarters(), "may.toml november.toml"),
        compared(&headquarters(), "may.toml may.toml"),
        compared(&changed, "old/answers.toml new/answers.toml"),
    ] {
        let errors: Vec<_> = schema.iter_errors(&comparison).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let [old, between, new, real, yardstick, headline_old, headline_new, proof, cap] = [
            "stated_old_bp",
            "between_bp",
            "stated_new_bp",
            "real_bp",
            "yardstick_bp",
            "headline_old_bp",
            "headline_new_bp",
            "proof_bp",
            "cap_bp",
        ]
        .map(|key| number(&comparison[key]));
        assert_eq!((old + yardstick, between + real), (between, new));
        assert_eq!(headline_old + real + yardstick + proof, headline_new);
        let effects = comparison["questions"].as_array().unwrap().iter();
        let effects: i64 = effects.map(|question| number(&question["effect_bp"])).sum();
        assert_eq!(effects + cap, real + yardstick);
    }
    assert!(!schema.is_valid(&json!({ "format": 1 })), "the schema asks for something");
}

#[test]
fn the_sample_headquarters_moved_as_it_did_when_somebody_last_looked() {
    let desk = headquarters();
    let files = files_of(&COMPARISONS);
    desk.run(0, &format!("compare may.toml november.toml{}", outputs("moved", &files)));
    let golden = files.iter().map(|format| format!("party-hq.{format}"));
    for (format, file) in files.iter().zip(golden.clone()) {
        assert_golden(&format!("comparisons/{file}"), &desk.read(&format!("moved.{format}")));
    }
    assert_no_other_golden("comparisons", golden);
}

#[test]
fn a_changed_yardstick_is_not_taken_for_progress() {
    let desk =
        versions(|old| old, |new| new.replacen("weight = 1\nweight_reason", "weight = 4\nweight_reason", 1));
    let comparison = compared(&desk, "old/answers.toml new/answers.toml");
    assert_eq!((number(&comparison["real_bp"]), number(&comparison["yardstick_bp"])), (0, 3_000));
    assert_eq!(
        comparison["questionnaire"],
        json!({ "id": "own", "old_version": "old", "new_version": "new" })
    );
    let said = desk.run(0, "compare old/answers.toml new/answers.toml").out;
    assert!(said.contains("Your answers have not changed. The yardstick moved"), "{said}");
}

#[test]
fn with_the_same_questions_everything_is_the_organisations_work() {
    let desk = versions(
        |old| old.replace("\"old\"", "\"1\""),
        |new| new.replace("\"new\"", "\"1\"").replace("answer = \"no\"", "answer = \"partly\""),
    );
    let comparison = compared(&desk, "old/answers.toml new/answers.toml");
    assert_eq!((number(&comparison["real_bp"]), number(&comparison["yardstick_bp"])), (2_500, 0));
    assert_eq!(
        comparison["questions"],
        json!([
            { "id": "a.c", "changes": ["improved"], "effect_bp": 2_500, "real_bp": 2_500, "yardstick_bp": 0 },
        ])
    );
    let said = desk.run(0, "compare old/answers.toml new/answers.toml").out;
    assert!(said.contains("The questions have not changed."), "{said}");
}

#[test]
fn questions_that_came_went_or_changed_their_meaning_are_the_yardsticks() {
    let desk =
        versions(
            |old| old,
            |new| {
                new.replace("id = \"a.c\"", "id = \"a.d\"")
                    .replace("[answers.a.c]", "[answers.a.d]")
                    .replacen("weight = 1\nweight_reason", "revision = 2\nweight = 1\nweight_reason", 1)
            },
        );
    let comparison = compared(&desk, "old/answers.toml new/answers.toml");
    let told: Vec<_> = comparison["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|q| (q["id"].as_str().unwrap(), q["changes"][0].as_str().unwrap()))
        .collect();
    assert_eq!(number(&comparison["real_bp"]), 0);
    for change in [("a.b", "revised"), ("a.c", "removed"), ("a.d", "added")] {
        assert!(told.contains(&change), "{told:?}");
    }
}

#[test]
fn what_does_not_go_together_is_refused_with_the_next_step() {
    let desk = headquarters();
    for sample in ["electoral-body", "local-party"] {
        let text = std::fs::read(repository(&format!("examples/{sample}.toml"))).unwrap();
        desk.write(&format!("{sample}.toml"), text);
    }
    for (arguments, message, help) in [
        (
            "november.toml may.toml",
            "`november.toml` is the newer assessment",
            "name the older assessment first",
        ),
        (
            "electoral-body.toml november.toml",
            "answers the questionnaire `election-body`",
            "the same questionnaire",
        ),
        ("may.toml november.toml -o may.toml", "names no format", ".html"),
        ("may.toml nowhere.toml", "cannot find `nowhere.toml`", "check the path"),
    ] {
        let status = if arguments.contains("nowhere") { 4 } else { 2 };
        let said = desk.run(status, &format!("compare {arguments}"));
        assert!(said.err.contains(message) && said.err.contains(help) && said.out.is_empty(), "{}", said.err);
    }
    let said = desk.run(0, "compare may.toml local-party.toml");
    assert!(said.err.contains("different organisations"), "{}", said.err);
}

#[test]
fn a_report_says_what_moved_since_last_time() {
    let desk = headquarters();
    let since = desk.reports("november.toml --previous may.toml");
    let alone = desk.reports("november.toml");
    for format in ["terminal", "html", "md", "txt"] {
        assert!(since[format].contains("Since last time"), "{format}");
        assert!(!alone[format].contains("Since last time"), "{format}");
    }
    let ghosts = |page: &str| page.matches("<use href=\"#g\"").count();
    // One on the verdict's bar, one in the legend, and one for each of the 14 areas.
    assert_eq!((ghosts(&since["html"]), ghosts(&alone["html"])), (16, 0));
    let [since, alone] = [&since, &alone].map(|made| serde_json::from_str::<Value>(&made["json"]).unwrap());
    let moved = compared(&desk, "may.toml november.toml");
    assert_eq!(since["since"], moved);
    assert!(alone.get("since").is_none());
    let said = desk.run(2, "report may.toml --previous november.toml");
    assert!(said.err.contains("name the older assessment first"), "{}", said.err);
}

#[test]
fn a_comparison_fits_its_terminal() {
    let desk = headquarters();
    let said = desk.run(0, "compare may.toml november.toml");
    assert!(said.out.lines().all(|line| line.width() <= 80), "{}", said.out);
}

#[test]
fn what_was_planned_and_is_not_done_is_said() {
    let desk = headquarters();
    let plan = |organisation: &str| {
        format!(
            "format = 1\nplan = \"political-organisation\"\norganisation = \"{organisation}\"\n\
             [actions.sup.connected-apps]\nowner = \"IT lead\"\nstatus = \"done\"\n\
             [actions.acc.mfa-email]\ndue = 2026-09-01\n[actions.web.lookalikes]\ndue = 2027-01-31\n"
        )
    };
    let name = "Civic Renewal Party, national headquarters";
    let ids = desk.read("november.toml");
    let id = |title: &str| {
        let questionnaire =
            std::fs::read_to_string(repository("questionnaires/political-organisation.toml")).unwrap();
        let before = questionnaire.split(&format!("title = \"{title}\"")).next().unwrap().to_owned();
        before.rsplit("id = \"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let (apps, alike) = (id("Connected apps approved"), id("Look-alike sites and accounts watched"));
    assert!(ids.contains(&format!("[answers.{apps}]")));
    let plan = |organisation| {
        plan(organisation).replace("sup.connected-apps", &apps).replace("web.lookalikes", &alike)
    };
    desk.write("plan.toml", plan(name));
    let comparison = compared(&desk, "may.toml november.toml");
    assert_eq!(
        comparison["not_kept"],
        json!([{ "question": apps, "owner": "IT lead", "due": null, "status": "done" }])
    );
    for command in ["compare may.toml november.toml", "report november.toml --previous may.toml"] {
        let said = desk.run(0, command).out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("Planned, and not to be seen in the answers (1)"), "{said}");
        assert!(
            said.contains("It is marked done; the answer is worse than before. With: IT lead."),
            "{said}"
        );
    }
    desk.write("plan.toml", plan("Somebody else"));
    let said = desk.run(0, "compare may.toml november.toml");
    assert!(said.err.contains("another organisation") && !said.out.contains("Planned"), "{}", said.err);
    desk.run(3, "compare may.toml november.toml --plan plan.toml");
}

#[test]
fn a_report_fails_on_what_got_worse_and_only_with_something_to_compare() {
    let desk = headquarters();
    let said = desk.run(1, "report november.toml --previous may.toml --fail-on regression -q -o r.html");
    assert!(said.err.starts_with("failed: 2 things got worse since last time: "), "{}", said.err);
    assert!(desk.path("r.html").exists(), "the report is written all the same");
    desk.run(0, "report november.toml --previous november.toml --fail-on regression -q -o r.html");
    let said = desk.run(2, "report november.toml --fail-on regression");
    assert!(said.err.contains("no earlier assessment") && said.err.contains("--previous"), "{}", said.err);
}

#[test]
fn a_folder_means_its_newest_assessment_and_the_one_before() {
    let desk = headquarters();
    desk.write("broken.toml", "format = ");
    let said = desk.run(0, "report .");
    assert!(said.err.contains("november.toml, compared with ./may.toml"), "{}", said.err);
    assert!(said.err.contains("broken.toml") && said.out.contains("Since last time"), "{}", said.err);
    assert_eq!(said.out, desk.run(0, "report november.toml --previous may.toml").out);
    std::fs::remove_file(desk.path("may.toml")).unwrap();
    let alone = desk.run(0, "report .");
    assert!(alone.err.contains("november.toml\n") && !alone.out.contains("Since last time"), "{}", alone.err);
    std::fs::remove_file(desk.path("november.toml")).unwrap();
    let said = desk.run(2, "report .");
    assert!(said.err.contains("there are no assessments in `.`"), "{}", said.err);
}

/// The newer sample, with the answer to one question as it was before.
fn november_with_old_answer(desk: &Desk, id: &str) -> String {
    let block = |text: &str| {
        let start = text.find(&format!("[answers.{id}]")).unwrap();
        let end = text[start + 1..].find("\n[").map_or(text.len(), |end| start + 1 + end);
        text[start..end].to_owned()
    };
    let (may, november) = (desk.read("may.toml"), desk.read("november.toml"));
    november.replace(&block(&november), &block(&may))
}

#[test]
fn work_that_a_cap_hides_is_not_told_as_nothing() {
    let desk = headquarters();
    desk.write("capped.toml", november_with_old_answer(&desk, "acc.mfa-email"));
    let said =
        desk.run(0, "compare may.toml capped.toml").out.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Your answers changed; a cap hides what that is worth.",
        "Without caps it would have gone from 47.40 to",
        "What caps it now: A second sign-in step",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn a_version_that_nobody_knows_is_not_taken_for_the_same_questions() {
    let desk = versions(|old| old, |new| new);
    desk.write("new/old.toml", desk.read("old/answers.toml"));
    let comparison = compared(&desk, "new/old.toml new/answers.toml");
    assert_eq!(comparison["questionnaire"]["old_unknown_version"], "old");
    for format in ["html", "md", "txt"] {
        desk.run(0, &format!("compare new/old.toml new/answers.toml -o moved.{format}"));
        let page = desk.read(&format!("moved.{format}")).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("name version old of the questionnaire, which is not known here"), "{page}");
        assert!(
            page.contains("Whether the questions changed cannot be told")
                && !page.contains("The questions have not changed")
        );
    }
}

#[test]
fn other_peoples_answers_are_named_on_the_page_itself() {
    let desk = headquarters();
    desk.write("local.toml", std::fs::read(repository("examples/local-party.toml")).unwrap());
    desk.run(0, "compare may.toml local.toml -q -o moved.html -o moved.md");
    for page in [desk.read("moved.html"), desk.read("moved.md")] {
        assert!(page.contains("The older answers are those of “Civic Renewal Party"), "{page}");
    }
}

#[test]
fn what_opened_comes_before_everything_else() {
    let desk = headquarters();
    desk.write("later.toml", desk.read("may.toml").replace("date = 2026-05-18", "date = 2027-05-18"));
    let said = desk.run(0, "compare november.toml later.toml").out;
    let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(
        place("What opened") < place("What got worse")
            && place("Missing now, caps") < place("What got worse")
    );
    assert!(said.lines().count() < 200, "{}", said.lines().count());
}

#[test]
fn a_plan_with_a_mistake_stops_no_comparison_that_did_not_ask_for_it() {
    let desk = headquarters();
    desk.write("plan.toml", "format = 1\nplan = \"political-organisation\"\norganisation = \"x\"\n[actions.acc.mfa-email]\nstatus = \"finished\"\n");
    let said = desk.run(0, "compare may.toml november.toml");
    assert!(said.err.contains("plan"), "{}", said.err);
    desk.run(3, "compare may.toml november.toml --plan plan.toml");
}

#[test]
fn of_two_newest_assessments_the_second_is_named() {
    let desk = headquarters();
    desk.write("z.toml", desk.read("november.toml"));
    let said = desk.run(0, "report . -q -o r.html").err;
    assert!(said.is_empty(), "{said}");
    let said = desk.run(0, "report . -o r.html").err;
    assert!(said.contains("left out: z.toml: november.toml has the same date"), "{said}");
    assert!(said.contains("november.toml, compared with ./may.toml"), "{said}");
}
