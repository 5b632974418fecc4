//! `serve` as a program: what it prints, opens and leaves behind, and what others on this computer see of it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::runner::{Desk, run};

const CANARY: &str = "canary-in-the-answers";

/// The program while it serves.
struct Served {
    child: Child,
    port: String,
    key: String,
    cookie: String,
}

impl Served {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").unwrap();
        let (port, key) = rest.split_once("/open/").unwrap();
        Self { port: port.to_owned(), key: key.to_owned(), cookie: String::new(), child }
    }

    /// Uses the address up.
    fn enter(&mut self) {
        let answer = self.get(&format!("/open/{}", self.key));
        let cookie = answer.split("set-cookie: ").nth(1).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
    }

    fn ask(&self, request: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let length = body.len();
        write!(
            stream,
            "{request} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            self.port, self.cookie
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path}"), "")
    }

    fn post(&self, path: &str, fields: &str) -> String {
        let page = self.get("/stop");
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        self.ask(&format!("POST {path}"), &format!("csrf={csrf}&{fields}"))
    }

    /// Ends the program with a signal, and what it said.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

/// Everything that other programs can see of this one in `/proc`.
fn seen_by_others(pid: u32) -> String {
    let read = |name: &str| fs::read(format!("/proc/{pid}/{name}")).unwrap_or_default();
    String::from_utf8_lossy(&[read("cmdline"), read("environ")].concat()).into_owned()
}

#[test]
fn answers_stand_in_their_file_and_nowhere_else() {
    let desk = Desk::new();
    fs::create_dir(desk.path("tmp")).unwrap();
    let mut site = Served::start(
        desk.command("serve answers.toml --no-open --questionnaire ten-minute-check")
            .env("TMPDIR", desk.path("tmp"))
            .env("HOME", desk.path("tmp")),
    );
    site.enter();
    let about = format!("name={CANARY}&kind=other&country=GB");
    assert!(site.post("/organisation", &about).contains("location: /fact/"));
    let answered = site.post("/question/inc.contacts", &format!("answer=unknown&note={CANARY}"));
    assert!(answered.starts_with("HTTP/1.1 303"), "{answered}");
    assert!(!answered.contains(CANARY));
    assert!(!seen_by_others(site.child.id()).contains(CANARY));
    assert_eq!(fs::read_dir(desk.path("tmp")).unwrap().count(), 0, "no temporary file");
    let report = site.get("/report/report.html");
    let (_, report) = report.split_once("\r\n\r\n").unwrap();
    let (code, said) = site.end("-INT");
    assert_eq!(code, Some(0));
    assert!(!said.contains(CANARY), "{said}");
    assert!(said.contains("to go on: safeseat serve answers.toml"), "{said}");
    assert_eq!(desk.read("answers.toml").matches(CANARY).count(), 2);
    desk.run(0, "report answers.toml -o report.html");
    assert_eq!(desk.read("report.html"), report, "the page makes the report that the command makes");
    assert_eq!(
        desk.names(),
        ["answers.toml", "report.html", "safeseat-answers.schema.json", "tmp"],
        "no lock and no draft is left"
    );
}

#[test]
fn the_address_is_on_no_command_line_when_a_browser_is_opened() {
    let desk = Desk::new();
    for folder in ["bin", "tmp"] {
        fs::create_dir(desk.path(folder)).unwrap();
    }
    let script =
        "#!/bin/sh\necho \"$@\" > arguments.new\n/bin/cp \"$1\" page.html\n/bin/mv arguments.new arguments\n";
    desk.write("bin/xdg-open", script);
    fs::set_permissions(desk.path("bin/xdg-open"), fs::Permissions::from_mode(0o755)).unwrap();
    let site = Served::start(
        desk.command("serve answers.toml").env("PATH", desk.path("bin")).env("TMPDIR", desk.path("tmp")),
    );
    let start = Instant::now();
    while !desk.path("arguments").exists() && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let arguments = desk.read("arguments");
    assert!(arguments.contains(".html") && !arguments.contains(&site.key), "{arguments}");
    assert!(
        desk.read("page.html").contains(&format!("url=http://127.0.0.1:{}/open/{}\"", site.port, site.key))
    );
    assert!(!seen_by_others(site.child.id()).contains(&site.key));
    let mode = fs::metadata(arguments.trim()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let (code, said) = site.end("-TERM");
    assert_eq!(code, Some(0));
    assert!(said.contains("nothing was answered, so answers.toml was not made"), "{said}");
    assert_eq!(fs::read_dir(desk.path("tmp")).unwrap().count(), 0, "the page that led there is gone");
}

#[test]
fn it_listens_to_this_computer_only() {
    let desk = Desk::new();
    let site = Served::start(&mut desk.command("serve answers.toml --no-open"));
    let port = site.port.parse::<u16>().unwrap();
    let sockets = fs::read_to_string("/proc/net/tcp").unwrap()
        + &fs::read_to_string("/proc/net/tcp6").unwrap_or_default();
    let listening: Vec<&str> = sockets
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|fields| fields.get(3) == Some(&"0A") && fields[1].ends_with(&format!(":{port:04X}")))
        .map(|fields| fields[1])
        .collect();
    assert_eq!(listening, [format!("0100007F:{port:04X}")]);
    site.end("-INT");
}

#[test]
fn what_is_in_the_way_is_said_with_the_next_step() {
    let desk = Desk::with_sample("local-party");
    let site = Served::start(&mut desk.command("serve answers.toml --no-open"));
    let said = desk.run(4, "serve answers.toml --no-open").err;
    assert!(said.contains("open in another window") && said.contains("help:"), "{said}");
    let said = desk.run(4, &format!("serve other.toml --no-open --port {}", site.port)).err;
    assert!(
        said.contains(&format!("cannot use port {}", site.port)) && said.contains("leave out --port"),
        "{said}"
    );
    site.end("-INT");
    desk.run(2, "serve other.toml --no-open --port 80");
    let said = desk.run(2, "serve answers.toml --no-open --questionnaire ten-minute-check").err;
    assert!(said.contains("not `ten-minute-check`"), "{said}");
    desk.write("broken.toml", "format = 1\n");
    desk.run(3, "serve broken.toml --no-open");
    run(4, &mut desk.command("serve no-such-folder/answers.toml --no-open"));
    assert_eq!(desk.names(), ["answers.toml", "broken.toml"]);
}
