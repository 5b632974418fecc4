//! The site as a browser meets it, without a socket.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::{Desk, Material, Site, app};
use crate::format::Document;
use crate::format::questionnaire::{self, Library};
use crate::model::{Date, QuestionnaireId, Services};
use crate::problem::Source;
use crate::store::AnswersFile;

const PORT: u16 = 49152;
const HOST: &str = "127.0.0.1:49152";
const FULL: &str = include_str!("../../questionnaires/political-organisation.toml");
const SHORT: &str = include_str!("../../questionnaires/ten-minute-check.toml");
const HOSTILE: &str = "\"><script>alert(1)</script>&amp;'</textarea>\u{202e}";

struct Shipped;

impl Library for Shipped {
    fn find(&self, id: &QuestionnaireId, _: &str) -> Option<Source> {
        (id.as_str() == "political-organisation").then(|| Source::new("full", FULL))
    }

    fn ids(&self) -> Vec<String> {
        vec!["political-organisation".to_owned()]
    }
}

fn today() -> Date {
    Date::parse("2026-11-23").unwrap()
}

fn material(questionnaire: &'static str) -> Material {
    let source = Source::new("questionnaire", questionnaire);
    Material {
        questionnaire: questionnaire::read(&Document::parse(&source), &Shipped).0.unwrap(),
        questionnaire_sha256: "0".repeat(64),
        incidents: Vec::new(),
        controls: Vec::new(),
        frameworks: Vec::new(),
        services: Services { checked: today(), services: Vec::new() },
    }
}

fn desk_of(path: &std::path::Path, questionnaires: &[&'static str]) -> Desk {
    let file = AnswersFile::open(path, Duration::ZERO, String::new).unwrap();
    let mut materials = questionnaires.iter().map(|questionnaire| material(questionnaire));
    Desk::new(file, materials.next().unwrap(), materials.collect(), today()).unwrap()
}

pub(super) fn desk_of_full(path: &std::path::Path) -> Desk {
    desk_of(path, &[FULL])
}

/// A browser that has what one window has.
struct Browser {
    site: Arc<Site>,
    app: Router,
    folder: TempDir,
    cookie: String,
    csrf: String,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers.get("location").unwrap().to_str().unwrap()
    }
}

impl Browser {
    /// Before the one-time address was used.
    fn outside(questionnaires: &[&'static str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(&folder.path().join("answers.toml"), questionnaires);
        let site = Arc::new(Site::new(desk, PORT).unwrap());
        let csrf = site.desk().csrf.clone();
        Self { app: app(site.clone()), site, folder, cookie: String::new(), csrf }
    }

    /// After it.
    fn inside(questionnaires: &[&'static str]) -> Self {
        let mut browser = Self::outside(questionnaires);
        let answer = browser.get(&browser.door());
        assert_eq!(answer.status, StatusCode::OK);
        let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        cookie.split(';').next().unwrap().clone_into(&mut browser.cookie);
        browser
    }

    /// With a name and a kind given.
    fn begun(questionnaire: &'static str) -> Self {
        let browser = Self::inside(&[questionnaire]);
        let answer =
            browser.post("/organisation", &[("name", "Vale"), ("kind", "local-party"), ("country", "GB")]);
        assert_eq!(answer.leads_to(), "/fact/own-domain");
        browser
    }

    fn door(&self) -> String {
        self.site.address().strip_prefix("http://127.0.0.1:49152").unwrap().to_owned()
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("answers.toml")
    }

    fn file(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap_or_default()
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.app.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap();
            let body = String::from_utf8_lossy(&body).into_owned();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        let given = |name: &str| headers.iter().any(|(key, _)| *key == name);
        for (name, value) in [("host", HOST), ("cookie", &self.cookie)] {
            if !given(name) && !value.is_empty() {
                request = request.header(name, value);
            }
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap())
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], "")
    }

    /// A page that must be there.
    fn see(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        answer.body
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.request("POST", path, FORM, form(&self.csrf, fields))
    }
}

const FORM: &[(&str, &str)] = &[
    ("content-type", "application/x-www-form-urlencoded"),
    ("origin", "null"),
    ("sec-fetch-site", "same-origin"),
];

fn form(csrf: &str, fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("csrf", csrf).extend_pairs(fields).finish()
}

/// Every page that shows something of the person's.
const PAGES: [&str; 6] =
    ["/organisation", "/fact/own-domain", "/question/acc.mfa-email", "/tasks", "/check", "/report"];

fn status(answer: &Answer) -> u16 {
    answer.status.as_u16()
}

#[test]
fn every_response_says_what_a_browser_may_do_with_it() {
    let browser = Browser::begun(FULL);
    let door = browser.door();
    for path in
        ["/", "/style.css", "/no-such-page", "/report/read", "/report/report.md", &door].iter().chain(&PAGES)
    {
        let headers = browser.get(path).headers;
        let has = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
        assert!(has("cache-control", "no-store"), "{path}");
        assert!(has("x-content-type-options", "nosniff"), "{path}");
        assert!(has("referrer-policy", "no-referrer"), "{path}");
        assert!(has("cross-origin-opener-policy", "same-origin"), "{path}");
        assert!(has("cross-origin-resource-policy", "same-origin"), "{path}");
        let policy = headers.get("content-security-policy").unwrap().to_str().unwrap();
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"), "{path}: {policy}");
    }
}

#[test]
fn only_the_names_of_this_site_are_answered_and_never_two() {
    let browser = Browser::begun(FULL);
    for (host, allowed) in [
        (HOST, true),
        ("localhost:49152", true),
        ("127.0.0.1", false),
        ("127.0.0.1:80", false),
        ("127.0.0.1:49153", false),
        ("localhost.:49152", false),
        ("LOCALHOST:49152 ", false),
        ("evil.test", false),
        ("evil.test:49152", false),
        ("127.0.0.1.nip.io:49152", false),
        ("[::1]:49152", false),
        ("0.0.0.0:49152", false),
        ("user@127.0.0.1:49152", false),
        ("", false),
    ] {
        for method in ["GET", "HEAD", "POST", "OPTIONS", "DELETE"] {
            let found = browser.request(method, "/tasks", &[("host", host)], "");
            assert_eq!(status(&found) != 403, allowed, "{method} {host}");
            assert!(allowed || !found.body.contains("Vale"));
        }
        let door = browser.request("GET", &browser.door(), &[("host", host), ("cookie", "")], "");
        assert_eq!(status(&door), if allowed { 401 } else { 403 }, "{host}");
    }
    let twice = browser.request("GET", "/tasks", &[("host", HOST), ("host", HOST)], "");
    assert_eq!(status(&twice), 403);
    assert_eq!(status(&browser.get("http://127.0.0.1:49152/tasks")), 403, "absolute form");
}

#[test]
fn only_reading_and_forms_are_allowed() {
    let browser = Browser::begun(FULL);
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"] {
        for path in ["/tasks", "/organisation", "/style.css", "/no-such-page"] {
            let answer = browser.request(method, path, &[], "");
            assert_eq!(status(&answer), 405, "{method} {path}");
            assert_eq!(answer.headers.get("allow").unwrap(), "GET, HEAD, POST");
        }
    }
    for path in ["/tasks", "/check", "/report", "/stop", "/"] {
        assert_eq!(status(&browser.post(path, &[])), 405, "{path}");
    }
    assert_eq!(status(&browser.get("/end")), 405);
    assert_eq!(status(&browser.request("HEAD", "/tasks", &[], "")), 200);
}

#[test]
fn requests_of_other_sites_are_refused() {
    let browser = Browser::begun(FULL);
    let fields = form(&browser.csrf, &[("answer", "yes")]);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for (origin, site, allowed) in [
        ("", "", true),
        ("http://127.0.0.1:49152", "", true),
        ("http://127.0.0.1:49152", "same-origin", true),
        ("null", "same-origin", true),
        ("", "none", true),
        ("null", "", false),
        ("null", "none", false),
        ("null", "cross-site", false),
        ("http://localhost:49152", "", false),
        ("http://127.0.0.1:49153", "", false),
        ("http://127.0.0.1", "", false),
        ("https://127.0.0.1:49152", "same-origin", false),
        ("http://evil.test", "same-origin", false),
        ("", "same-site", false),
        ("", "cross-site", false),
        ("", "Same-Origin", false),
        ("http://127.0.0.1:49152", "cross-site", false),
    ] {
        let headers = [kind, ("origin", origin), ("sec-fetch-site", site)];
        for path in ["/fact/website", "/fact/office"] {
            let posted = browser.request("POST", path, &headers, fields.clone());
            assert_eq!(status(&posted), if allowed { 303 } else { 403 }, "{origin} {site}");
        }
        let read = browser.request("GET", "/tasks", &headers, "");
        assert_eq!(status(&read), if allowed { 200 } else { 403 }, "{origin} {site}");
    }
    let twice = [kind, ("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")];
    assert_eq!(status(&browser.request("POST", "/fact/office", &twice, fields)), 403);
}

#[test]
fn the_address_opens_one_browser_once() {
    let browser = Browser::outside(&[FULL]);
    let door = browser.door();
    for path in
        PAGES.iter().chain(&["/", "/stop", "/report/read", "/report/report.json", "/conflict", "/no-such"])
    {
        assert_eq!(status(&browser.get(path)), 401, "{path}");
        assert_eq!(status(&browser.post(path, &[("answer", "yes")])), 401, "{path}");
    }
    for wrong in ["/open/0", "/open/x%00", &door[..door.len() - 1], &format!("{door}0"), &door.to_uppercase()]
    {
        assert!(matches!(status(&browser.get(wrong)), 401), "{wrong}");
    }
    assert_eq!(status(&browser.request("HEAD", &door, &[], "")), 401, "asking for the head uses nothing up");
    assert_eq!(status(&browser.post(&door, &[])), 405);
    // A page that was opened from a file is a stranger to this site, but only as a page.
    let from_file = |dest| [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", dest)];
    assert_eq!(status(&browser.request("GET", &door, &from_file("image"), "")), 403);
    assert_eq!(status(&browser.request("GET", "/tasks", &from_file("document"), "")), 403);
    let opened = browser.request("GET", &door, &from_file("document"), "");
    assert_eq!(status(&opened), 200);
    assert!(opened.headers.contains_key("set-cookie") && opened.body.contains("url=/\""));
    let again = browser.get(&door);
    assert_eq!(status(&again), 401);
    assert!(!again.headers.contains_key("set-cookie"));
    assert!(again.body.contains("This address cannot be used again"));
}

#[test]
fn only_the_cookie_of_that_browser_counts() {
    let browser = Browser::begun(FULL);
    let (name, value) = browser.cookie.split_once('=').unwrap();
    let cookie = |text: &str| status(&browser.request("GET", "/tasks", &[("cookie", text)], ""));
    assert_eq!(cookie(&format!("other=1; {name}={value}; more=2")), 200);
    assert_eq!(cookie(&format!("{name}=wrong; {name}={value}")), 200);
    for wrong in [
        format!("{name}="),
        format!("{name}={}", &value[1..]),
        format!("{name}={value}0"),
        format!("safeseat-1={value}"),
        value.to_owned(),
        format!("{name}={}", browser.csrf),
        "\u{e9}".to_owned(),
    ] {
        assert_eq!(cookie(&wrong), 401, "{wrong}");
    }
    assert_eq!(browser.get(&browser.door()).leads_to(), "/", "a known browser may use the address again");
}

#[test]
fn nothing_changes_without_a_form_of_ours() {
    let browser = Browser::begun(FULL);
    let before = browser.file();
    let right = form(&browser.csrf, &[("answer", "yes")]);
    let (wrong, none) = (form("0", &[("answer", "yes")]), "answer=yes".to_owned());
    let kind = "application/x-www-form-urlencoded";
    for (kind, body, expected) in [
        (kind, wrong, 403),
        (kind, none, 403),
        (kind, form(&browser.csrf.to_uppercase(), &[]), 403),
        (kind, String::new(), 403),
        ("text/plain", right.clone(), 415),
        ("multipart/form-data; boundary=x", right.clone(), 415),
        ("application/json", "{}".to_owned(), 415),
        ("", right.clone(), 415),
    ] {
        for path in ["/fact/office", "/question/acc.mfa-email", "/organisation", "/end", "/conflict"] {
            let answer = browser.request("POST", path, &[("content-type", kind)], body.clone());
            assert_eq!(status(&answer), expected, "{path} {kind} {body}");
        }
    }
    assert_eq!(status(&browser.get("/fact/office?answer=yes&do=next")), 200);
    assert_eq!(browser.file(), before);
    let charset = [("content-type", "Application/x-www-form-urlencoded; charset=UTF-8")];
    assert_eq!(status(&browser.request("POST", "/fact/office", &charset, right)), 303);
    assert_ne!(browser.file(), before);
}

#[test]
fn forms_that_are_too_large_are_not_read() {
    let browser = Browser::begun(FULL);
    let large = form(&browser.csrf, &[("answer", "yes"), ("comment", &"x".repeat(1024 * 1024))]);
    assert_eq!(status(&browser.request("POST", "/fact/office", FORM, large.clone())), 413);
    let announced = [FORM, &[("content-length", "9999999999")]].concat();
    assert_eq!(status(&browser.request("POST", "/fact/office", &announced, "")), 413);
    let within = form(&browser.csrf, &[("answer", "yes"), ("comment", &"x".repeat(1000 * 1024))]);
    assert_eq!(status(&browser.request("POST", "/fact/office", FORM, within)), 303);
    let many: Vec<(&str, &str)> = vec![("a", ""); 100_000];
    assert_eq!(status(&browser.post("/fact/office", &many)), 303, "many fields, none that we know");
}

#[test]
fn a_person_begins_with_the_organisation() {
    let browser = Browser::inside(&[SHORT]);
    assert_eq!(browser.get("/").leads_to(), "/organisation");
    assert_eq!(browser.get("/tasks").leads_to(), "/organisation");
    let page = browser.see("/organisation");
    assert!(page.contains("about 10 minutes") && !page.contains(" checked"), "{page}");
    assert!(page.contains("name=\"date-day\" value=\"23\""));
    assert!(!browser.path().exists(), "a file is made with the first answer");

    let wrong = [
        ("name", " "),
        ("country", "Britain"),
        ("date-day", "24"),
        ("date-month", "11"),
        ("date-year", "2026"),
    ];
    assert_eq!(browser.post("/organisation", &wrong).leads_to(), "/organisation");
    let page = browser.see("/organisation");
    assert!(page.contains("<title>Error: Your organisation"));
    for (field, words) in [
        ("name", "Enter the name of your organisation"),
        ("kind", "Choose what sort of organisation you are"),
        ("country", "Enter the two letters of your country, such as GB"),
        ("date", "This date is after today; check the year"),
    ] {
        assert!(page.contains(&format!("<a href=\"#{field}\">{words}</a>")), "{field}");
        assert!(
            page.contains(&format!("id=\"{field}-e\"")) && page.contains(&format!(" id=\"{field}\"")),
            "{field}"
        );
        assert_eq!(page.matches(words).count(), 2, "the same words twice: {words}");
    }
    assert!(page.contains("value=\"Britain\"") && page.contains("value=\"24\""), "what was typed stays");
    assert!(!browser.path().exists());

    let right = [("name", "Vale"), ("kind", "campaign"), ("country", "gb"), ("assessor", "office manager")];
    assert_eq!(browser.post("/organisation", &right).leads_to(), "/fact/own-domain");
    assert!(browser.file().contains("name = \"Vale\"\n") && browser.file().contains("kind = \"campaign\""));
    assert!(browser.see("/tasks").contains("Saved. You can stop at any point"));
}

#[test]
fn facts_are_proposed_and_never_taken_as_given() {
    let browser = Browser::begun(FULL);
    let page = browser.see("/fact/own-mail-server");
    assert!(page.contains("id=\"answer-2\" value=\"no\" checked"), "{page}");
    assert!(page.contains("Most organisations like yours say no"));
    assert!(!browser.file().contains("\nown-mail-server"));
    assert_eq!(
        browser.post("/fact/own-mail-server", &[("do", "skip"), ("answer", "no")]).leads_to(),
        "/fact/internet-facing-systems"
    );
    assert!(!browser.file().contains("\nown-mail-server"), "skipping is no answer");
    assert_eq!(browser.post("/fact/own-mail-server", &[]).leads_to(), "/fact/own-mail-server");
    assert!(browser.see("/fact/own-mail-server").contains("Choose one of the answers"));
    browser.post("/fact/own-mail-server", &[("answer", "no")]).leads_to();
    assert!(browser.file().contains("\nown-mail-server = \"no\""));
    assert_eq!(status(&browser.get("/question/email.own-server")), 404, "no longer asked");
}

#[test]
fn every_kind_of_question_is_answered() {
    let browser = Browser::begun(FULL);
    for (question, fields, answer) in [
        ("gov.owner", vec![("answer", "partly")], "answer = \"partly\""),
        ("gov.rules", vec![("answer", "starters")], "answer = \"starters\""),
        ("acc.mfa-email", vec![("typed", "57 of 60")], "answer = { have = 57, of = 60 }"),
        (
            "gov.leadership-review",
            vec![("answer-day", "1"), ("answer-month", "May"), ("answer-year", "2026")],
            "answer = 2026-05-01",
        ),
        ("acc.access-review", vec![("answer", "never")], "answer = \"never\""),
        ("acc.mfa-other", vec![("choice", "bank")], "answer = [\"bank\"]"),
        ("gov.independent-check", vec![("answer", "unknown")], "answer = \"unknown\""),
    ] {
        let path = format!("/question/{question}");
        browser.see(&path);
        browser.post(&path, &fields).leads_to();
        let file = browser.file();
        let table =
            file.split(&format!("\n[answers.{question}]\n")).nth(1).unwrap_or_else(|| panic!("{question}"));
        assert!(table.starts_with(answer), "{question}: {}", &table[..table.len().min(200)]);
    }
    let page = browser.see("/question/gov.leadership-review");
    assert!(
        page.contains("name=\"answer-day\" value=\"1\"")
            && page.contains("name=\"answer-month\" value=\"5\"")
    );
    assert!(browser.see("/question/acc.mfa-email").contains("value=\"57 of 60\""));
    assert!(browser.see("/question/gov.rules").contains("value=\"starters\" checked"));
}

#[test]
fn mistakes_stand_on_top_and_beside_the_field_and_what_was_typed_stays() {
    let browser = Browser::begun(FULL);
    let path = "/question/acc.mfa-email";
    let fields = [
        ("typed", "61 of 60"),
        ("evidence", "documented"),
        ("evidence-date-day", "13"),
        ("evidence-date-month", "7"),
        ("evidence-date-year", "2062"),
        ("comment", "typed & kept"),
        ("note", "private & kept"),
    ];
    assert_eq!(browser.post(path, &fields).leads_to(), path);
    let page = browser.see(path);
    assert!(
        page.contains("<title>Error: What share")
            && page.contains("role=\"alert\"")
            && page.contains("autofocus")
    );
    assert_eq!(page.matches("cannot be: the first number is a part of the second").count(), 2);
    assert_eq!(page.matches("The evidence is dated after today; check the year").count(), 2);
    for kept in [
        "61 of 60",
        "value=\"2062\"",
        "typed &amp; kept",
        "private &amp; kept",
        "value=\"documented\" checked",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    assert_eq!(page.matches("<details open>").count(), 2, "nothing wrong is folded away");
    assert!(!browser.file().contains("private & kept"));
    // What is not saved yet waits, also when the person looks elsewhere first.
    browser.see("/tasks");
    assert!(browser.see(path).contains("61 of 60"));
    let both = [("typed", "57 of 60"), ("answer", "unknown")];
    browser.post(path, &both).leads_to();
    assert!(browser.see(path).contains("Give one answer only"));
    let both = [("answer", "unknown"), ("answer", "not-applicable")];
    browser.post(path, &both).leads_to();
    assert!(browser.see(path).contains("Give one answer only"));
    browser.post(path, &[("typed", "57 of 60"), ("note", "private & kept")]).leads_to();
    let page = browser.see(path);
    assert!(!page.contains("There is a problem") && page.contains("private &amp; kept"));
    assert!(browser.file().contains("private & kept"));
}

#[test]
fn stopping_and_skipping_lose_nothing() {
    let browser = Browser::begun(FULL);
    let path = "/question/gov.rules";
    assert_eq!(browser.post(path, &[("do", "stop")]).leads_to(), "/stop", "an empty page is no mistake");
    assert_eq!(
        browser.post(path, &[("do", "stop"), ("comment", "half")]).leads_to(),
        path,
        "half a page is one"
    );
    assert_eq!(
        browser.post(path, &[("do", "skip"), ("comment", "half")]).leads_to(),
        "/question/gov.independent-check"
    );
    let page = browser.see(path);
    assert!(page.contains("half") && !page.contains("There is a problem"));
    assert_eq!(browser.post(path, &[("do", "stop"), ("answer", "some")]).leads_to(), "/stop");
    assert!(browser.file().contains("answer = \"some\""));
    let page = browser.see("/stop");
    assert!(page.contains("answers.toml") && page.contains("safeseat serve answers.toml"));
    let ended = browser.post("/end", &[]);
    assert!(ended.body.contains("You can close this window"));
}

#[test]
fn changing_an_answer_leads_back_to_the_list() {
    let browser = Browser::begun(FULL);
    let page = browser.see("/check");
    assert!(
        page.contains("href=\"/question/gov.owner\"")
            && page.contains("Not answered yet")
            && page.contains("16 questions")
    );
    let form = browser.see("/question/gov.owner?from=check");
    assert!(
        form.contains("action=\"/question/gov.owner?from=check\"")
            && form.contains("Back to check your answers")
    );
    assert_eq!(
        browser.post("/question/gov.owner?from=check", &[]).leads_to(),
        "/question/gov.owner?from=check"
    );
    let back = browser.post("/question/gov.owner?from=check", &[("answer", "yes")]);
    assert_eq!(back.leads_to(), "/check#question-gov-owner");
    let page = browser.see("/check");
    assert!(page.contains("id=\"question-gov-owner\"") && page.contains(": answer 1.1</span>"));
}

#[test]
fn text_of_a_person_is_never_markup() {
    let browser = Browser::begun(FULL);
    let about = [
        ("name", HOSTILE),
        ("kind", "other"),
        ("country", "GB"),
        ("assessor", HOSTILE),
        ("marking", HOSTILE),
    ];
    browser.post("/organisation", &about).leads_to();
    let path = "/question/gov.owner";
    let fields = [
        ("answer", "yes"),
        ("evidence-where", HOSTILE),
        ("by", HOSTILE),
        ("provided-by", HOSTILE),
        ("comment", HOSTILE),
        ("note", HOSTILE),
    ];
    browser.post(path, &fields).leads_to();
    browser.post("/question/acc.mfa-email", &[("typed", HOSTILE), ("answer", HOSTILE)]).leads_to();
    browser
        .post("/question/gov.leadership-review", &[("answer-day", HOSTILE), ("answer-year", HOSTILE)])
        .leads_to();
    browser.post("/fact/office", &[("answer", HOSTILE)]).leads_to();
    browser
        .post(
            "/organisation?from=check",
            &[("name", "x"), ("kind", HOSTILE), ("country", HOSTILE), ("date-day", HOSTILE)],
        )
        .leads_to();
    let more = [path, "/question/gov.leadership-review", "/fact/office", "/stop", "/report/read"];
    for path in PAGES.iter().chain(&more) {
        let page = browser.see(path);
        assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{path}");
        assert!(!page.contains("style=") && !page.contains(" onload"), "{path}");
    }
    for path in ["/question/%22%3E%3Cscript%3E", "/fact/%3Cscript%3E", "/report/%3Cscript%3E"] {
        let answer = browser.get(path);
        assert!(status(&answer) == 404 && !answer.body.contains("<script"), "{path}");
    }
}

#[test]
fn private_notes_are_shown_in_the_form_and_nowhere_else() {
    let browser = Browser::begun(FULL);
    browser
        .post(
            "/question/gov.owner",
            &[("answer", "yes"), ("note", "canary-note"), ("comment", "canary-comment")],
        )
        .leads_to();
    assert!(browser.see("/question/gov.owner").contains("canary-note"));
    for path in [
        "/tasks",
        "/check",
        "/report",
        "/report/read",
        "/report/report.html",
        "/report/report.md",
        "/report/report.json",
        "/stop",
    ] {
        assert!(!browser.see(path).contains("canary-note"), "{path}");
    }
    assert!(browser.see("/report/read").contains("canary-comment"));
}

#[test]
fn the_report_has_its_own_policy_and_can_be_kept() {
    let browser = Browser::begun(FULL);
    browser.post("/question/gov.owner", &[("answer", "yes")]).leads_to();
    let report = browser.get("/report/read");
    let policy = report.headers.get("content-security-policy").unwrap().to_str().unwrap().to_owned();
    let own = report.body.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1).unwrap();
    let own = own.split('"').next().unwrap();
    let hash =
        |policy: &str| policy.split("style-src ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(hash(&policy), hash(own), "the page and the server say the same");
    for (file, kind) in
        [("report.html", "text/html"), ("report.md", "text/markdown"), ("report.json", "application/json")]
    {
        let kept = browser.get(&format!("/report/{file}"));
        assert_eq!(status(&kept), 200);
        let header = |name: &str| kept.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with(kind));
        assert_eq!(header("content-disposition"), format!("attachment; filename=\"{file}\""));
        assert!(kept.body.contains("Vale"));
    }
    assert_eq!(status(&browser.get("/report/answers.toml")), 404);
}

#[test]
fn the_report_says_how_old_an_assessment_is_today() {
    let browser = Browser::begun(FULL);
    browser.post("/question/gov.owner", &[("answer", "yes")]).leads_to();
    assert!(!browser.see("/report/read").contains("months old"));
    std::fs::write(browser.path(), browser.file().replace("2026-11-23", "2026-04-23")).unwrap();
    // The file is read anew with the next answer.
    browser.post("/question/gov.rules", &[("answer", "some")]).leads_to();
    assert!(browser.see("/report/read").contains("This assessment is 7 months old."));
}

#[test]
fn another_program_s_changes_are_joined_or_asked_about() {
    let browser = Browser::begun(FULL);
    browser.post("/question/gov.owner", &[("answer", "yes")]).leads_to();
    let elsewhere = browser.file().replace(
        "\n[answers.gov.owner]\nanswer = \"yes\"",
        "\n[answers.gov.owner]\nanswer = \"no\"\nnote = \"theirs\"",
    );
    assert_ne!(elsewhere, browser.file());
    std::fs::write(browser.path(), &elsewhere).unwrap();
    // Another question: both changes are kept.
    browser.post("/question/gov.rules", &[("answer", "some")]).leads_to();
    assert!(browser.see("/tasks").contains("Its changes are kept and shown here"));
    assert!(browser.see("/question/gov.owner").contains("value=\"no\" checked"));

    for (keep, expected) in [("theirs", "answer = \"partly\""), ("mine", "answer = \"yes\"")] {
        let now = browser.file();
        let (before, after) = now.split_once("\n[answers.gov.owner]\nanswer = ").unwrap();
        let rest = after.split_once('\n').unwrap().1;
        let other = if keep == "mine" { "no" } else { "partly" };
        std::fs::write(
            browser.path(),
            format!("{before}\n[answers.gov.owner]\nanswer = \"{other}\"\n{rest}"),
        )
        .unwrap();
        assert_eq!(browser.post("/question/gov.owner", &[("answer", "yes")]).leads_to(), "/conflict");
        assert_eq!(browser.post("/conflict", &[]).leads_to(), "/conflict", "a choice is needed");
        let page = browser.see("/conflict");
        assert!(
            page.contains("What you entered here")
                && page.contains("What the file says now")
                && page.contains("theirs")
        );
        assert!(!browser.post("/conflict", &[("keep", keep)]).leads_to().contains("conflict"));
        let file = browser.file();
        let table = file.split("\n[answers.gov.owner]\n").nth(1).unwrap();
        assert!(table.starts_with(expected), "{keep}: {table}");
        assert_eq!(browser.get("/conflict").leads_to(), "/tasks", "the conflict is over");
    }
}

#[test]
fn what_cannot_be_saved_waits_on_the_page() {
    let browser = Browser::begun(FULL);
    let sound = browser.file();
    std::fs::write(browser.path(), "format = = 1\n").unwrap();
    let path = "/question/gov.owner";
    assert_eq!(browser.post(path, &[("answer", "yes"), ("comment", "kept here")]).leads_to(), path);
    let page = browser.see(path);
    assert!(
        page.contains("This is not saved.") && page.contains("kept here") && page.contains("<title>Error:"),
        "{page}"
    );
    std::fs::write(browser.path(), sound).unwrap();
    browser.post(path, &[("answer", "yes"), ("comment", "kept here")]).leads_to();
    assert!(browser.file().contains("kept here") && !browser.see(path).contains("not saved"));
}

#[test]
fn a_person_chooses_what_to_answer_until_something_is_saved() {
    let browser = Browser::inside(&[FULL, SHORT]);
    assert_eq!(browser.get("/").leads_to(), "/choose");
    assert_eq!(browser.get("/organisation").leads_to(), "/choose");
    let page = browser.see("/choose");
    assert!(page.find("Ten-minute check").unwrap() < page.find("value=\"political-organisation\"").unwrap());
    for wrong in [&[][..], &[("answer", "no-such")]] {
        assert_eq!(browser.post("/choose", wrong).leads_to(), "/choose");
        assert!(browser.see("/choose").contains("Choose one of the answers that are offered"));
    }
    assert_eq!(browser.post("/choose", &[("answer", "political-organisation")]).leads_to(), "/organisation");
    assert!(browser.see("/organisation").contains("href=\"/choose\""));
    assert_eq!(browser.post("/choose", &[("answer", "ten-minute-check")]).leads_to(), "/organisation");
    browser.post("/organisation", &[("name", "Vale"), ("kind", "other"), ("country", "GB")]).leads_to();
    assert!(browser.file().contains("questionnaire = \"ten-minute-check\""));
    assert!(browser.file().contains("answers.inc.contacts") && !browser.file().contains("gov.rules"));
    assert_eq!(browser.get("/choose").leads_to(), "/tasks");
    assert_eq!(browser.post("/choose", &[("answer", "political-organisation")]).leads_to(), "/tasks");
    assert!(browser.see("/tasks").contains("Ten-minute check"));
}
