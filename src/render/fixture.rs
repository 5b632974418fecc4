//! One report for the tests of every renderer: small, invented, and with one of everything.
//!
//! Every text that could come from a person or from content goes through [`Fixture::say`], so the same report can be
//! made in any script, or hostile.

mod movement;
#[cfg(any(feature = "office", feature = "pdf"))]
pub(super) mod pretend;

pub(super) use movement::{movement, report_since};

use crate::report::Status::{self, Met, NotAsked, NotMet, Partly, Unknown};
use crate::report::{
    AcceptedRisk, Action, Ageing, Answer, Area, Audience, BandView, Block, Brand, Chapter, Counted, Counts,
    Day, EvidenceView, Expiry, ExpiryItem, ExpiryKind, FindOut, Finding, Framework, FrameworkItem, Gate,
    Head, Hold, HoldKind, Incident, IncidentNote, Incidents, Inline, Ledger, LedgerRow, OrganisationView,
    Points, Prose, QuestionRef, QuestionnaireView, Report, Score, Service, ServiceGroup, Services,
    StatusCounts, Step, StepMeasure, StepState, Technique, Tool, Verdict, WaiverState, WaiverView,
    WordCounts, Worlds,
};
use crate::text::Words;

/// A report in which every text was changed in one way.
#[derive(Clone, Copy)]
pub(super) struct Fixture {
    say: fn(&str) -> String,
}

/// The report as it is.
pub(super) fn report() -> Report {
    Fixture { say: str::to_owned }.report()
}

/// The report with a text added to every text.
pub(super) fn report_saying(say: fn(&str) -> String) -> Report {
    Fixture { say }.report()
}

/// The report of an organisation that has answered nothing: no score.
pub(super) fn without_score() -> Report {
    let mut report = report();
    report.verdict.score = None;
    report.verdict.band = None;
    report.verdict.hold = None;
    report.verdict.coverage = None;
    report.verdict.sentence = "There is no score: no question counts.".to_owned();
    report.ledger = None;
    report.actions.clear();
    report.find_out.clear();
    report.waivers.clear();
    report.ageing.past.clear();
    report.ageing.coming.clear();
    (report.ageing.since, report.ageing.consequence) = (None, None);
    report.incidents.do_not_apply = report
        .incidents
        .replayed
        .drain(..)
        .map(|i| IncidentNote { id: i.id, title: i.title, assessed: true })
        .collect();
    report.incidents.counts = WordCounts::default();
    for area in &mut report.areas {
        area.score = Worlds::default();
        area.findings.retain(|finding| finding.standing == "out-of-scope");
    }
    report
}

/// A report of which only who, when and the verdict are left.
#[cfg(feature = "office")]
pub(super) fn emptied(report: Report) -> Report {
    Report {
        gates: Vec::new(),
        actions: Vec::new(),
        find_out: Vec::new(),
        areas: Vec::new(),
        incidents: Incidents {
            replayed: Vec::new(),
            do_not_apply: Vec::new(),
            not_assessed: Vec::new(),
            counts: WordCounts::default(),
        },
        frameworks: Vec::new(),
        services: Services { groups: Vec::new(), ..report.services },
        ledger: None,
        notices: Vec::new(),
        since: None,
        foreword: Vec::new(),
        afterword: Vec::new(),
        waivers: Vec::new(),
        ageing: Ageing {
            since: None,
            consequence: None,
            past: Vec::new(),
            coming: Vec::new(),
            ..report.ageing
        },
        ..report
    }
}

/// The report with one area and one question.
pub(super) fn tiny() -> Report {
    let mut report = report();
    report.areas.truncate(1);
    report.areas[0].findings.truncate(1);
    report.actions.truncate(1);
    report.incidents.replayed.truncate(1);
    report.incidents.do_not_apply.clear();
    report.incidents.not_assessed.clear();
    report.find_out.clear();
    report.frameworks.clear();
    report.verdict.hold = None;
    report.gates.clear();
    report.waivers.clear();
    report.ageing.past.clear();
    report.ageing.coming.clear();
    report
}

/// The report held down in another way.
pub(super) fn held_by(kind: HoldKind) -> Report {
    let mut report = report();
    let cap = if kind == HoldKind::Gate { 59 } else { 79 };
    report.verdict.hold = Some(Hold {
        kind,
        cap,
        title: "held".to_owned(),
        sentence: "This is why.".to_owned(),
        without: Worlds { proven: None, stated: bp(8531), possible: bp(9210) },
        questions: Vec::new(),
    });
    report.verdict.score = Some(Score {
        headline: Points::new(cap * 100 + 99).unwrap_or_default(),
        worlds: Worlds { proven: bp(3512), stated: bp(8531), possible: bp(9210) },
        base: Worlds { proven: bp(3512), stated: bp(8531), possible: bp(9210) },
    });
    report
}

fn bp(points: u16) -> Option<Points> {
    Points::new(points)
}

fn day(iso: &str, words: &str) -> Day {
    Day { iso: iso.to_owned(), words: words.to_owned() }
}

fn worlds(proven: u16, stated: u16, possible: u16) -> Worlds<Option<Points>> {
    Worlds { proven: bp(proven), stated: bp(stated), possible: bp(possible) }
}

impl Fixture {
    fn say(self, text: &str) -> String {
        (self.say)(text)
    }

    fn question(self, area: usize, place: usize, title: &str) -> QuestionRef {
        QuestionRef {
            id: format!("area{area}.question{place}"),
            number: format!("{area}.{place}"),
            anchor: format!("q{area}-{place}"),
            title: self.say(title),
        }
    }

    fn report(self) -> Report {
        Report {
            head: self.head(),
            verdict: self.verdict(),
            gates: self.gates(),
            actions: self.actions(),
            find_out: vec![self.find_out()],
            waivers: self.waivers(),
            ageing: self.ageing(),
            areas: vec![self.accounts(), self.backups(), self.network()],
            incidents: self.incidents(),
            frameworks: self.frameworks(),
            services: self.services(),
            ledger: Some(self.ledger()),
            notices: vec![self.say("Questions and texts: CC-BY-4.0.")],
            since: None,
            foreword: vec![self.chapter("summary", "In short")],
            passages: Vec::new(),
            afterword: vec![self.chapter("closing", "To end with")],
            words: Words::ENGLISH,
        }
    }

    fn head(self) -> Head {
        Head {
            tool: Tool { name: "safeseat", version: "0.1.0".to_owned() },
            organisation: OrganisationView {
                name: self.say("Northmoor & Vale Constituency Association"),
                kind: "local-party",
                kind_words: "Local party",
                country: "GB".to_owned(),
            },
            questionnaire: QuestionnaireView {
                id: "political-organisation".to_owned(),
                version: self.say("2026.1"),
                title: self.say("Political organisation security check"),
                sha256: "ba8850dcf4bd973fa65e46f38db5916de44fb8d6959b503c33310b5a91fd4375".to_owned(),
                licence: self.say("CC-BY-4.0"),
            },
            answers_sha256: "677fe21b65f4a6cf1d105853d51f4f0a562698aa6374cb4d279d46a99dd3e6a3".to_owned(),
            date: day("2026-11-23", "23 November 2026"),
            marking: Some(self.say("Confidential")),
            assessed_by: self.say("Office manager; a self-assessment"),
            self_assessed: Some(true),
            audience: Audience::Internal,
            for_whom: None,
            brand: Some(self.brand()),
            language: "en-GB",
        }
    }

    fn brand(self) -> Brand {
        Brand {
            name: self.say("Hollins & Pryce"),
            contact: vec![self.say("desk@hollins-pryce.example"), self.say("2 Weir Lane, Northmoor")],
            logo: None,
            accent: None,
            marking: Some(self.say("Restricted")),
            cover: Some(self.say("Made after two visits.")),
            footer: Some(self.say("Please do not pass this on.")),
        }
    }

    fn chapter(self, id: &'static str, heading: &'static str) -> Chapter {
        let words = |text: &str| vec![Inline::Text(self.say(text))];
        let link =
            Inline::Link { address: "https://example.org/visits".to_owned(), words: words("two visits") };
        let items = vec![vec![Block::Paragraph(words("The office."))], vec![Block::Paragraph(vec![link])]];
        let blocks = [
            Block::Heading(1, words("At a glance")),
            Block::Paragraph(words("Much is in good order.")),
            Block::List { first: None, items },
            Block::Quote(vec![Block::Code(self.say("a letter"))]),
        ];
        Chapter { id, heading, text: Prose(blocks.to_vec()) }
    }

    fn verdict(self) -> Verdict {
        Verdict {
            score: Some(Score {
                headline: Points::new(5999).unwrap_or_default(),
                worlds: worlds(3999, 5999, 5999),
                base: worlds(4102, 6330, 7021),
            }),
            band: BandView::all().into_iter().find(|band| band.id == "weak"),
            sentence: self.say("Much is in place. One basic protection is missing."),
            hold: Some(Hold {
                kind: HoldKind::Gate,
                cap: 59,
                title: "a cap at 59".to_owned(),
                sentence: self.say("A result stays at 59 or lower until this holds: a tested backup."),
                without: Worlds { proven: None, stated: bp(6330), possible: bp(7021) },
                questions: vec![self.question(2, 1, "Restore test")],
            }),
            coverage: bp(9312),
            counts: Counts {
                questions: 9,
                in_scope: 8,
                answered: 5,
                unknown: 1,
                unanswered: 1,
                not_applicable: 1,
                out_of_scope: 1,
            },
            scope_reduced: bp(1624),
            scope_banner: Some(self.say("16% of the weight was declared not applicable.")),
            stability: "steady",
            stability_sentence: self.say("Steady: no single weight moves the result to another band."),
        }
    }

    fn gates(self) -> Vec<Gate> {
        let gate = |id: &str, title: &str, stated: &'static str, failing: Vec<QuestionRef>| Gate {
            id: id.to_owned(),
            title: self.say(title),
            cap: 59,
            grounds: self.say("Cyber Essentials"),
            state: Worlds { proven: "failed", stated, possible: "held" },
            failing,
        };
        vec![
            gate(
                "backup",
                "A backup that somebody has restored",
                "failed",
                vec![self.question(2, 1, "Restore test")],
            ),
            gate("mfa", "A second sign-in step on email", "held", Vec::new()),
        ]
    }

    fn actions(self) -> Vec<Action> {
        let action = |number, question, heading: &str, after| Action {
            number,
            question,
            area: self.say("Backups"),
            heading: self.say(heading),
            more: self.say("Write down the date."),
            why: self.say("A backup that nobody has restored often turns out to be empty."),
            find_out: number == 2,
            to: self.say("Done within 6 months"),
            effort: "hours",
            cost: "free",
            cost_units: 3,
            headline_after: Points::new(after).unwrap_or_default(),
            stated_after: Points::new(after + 150).unwrap_or_default(),
            lifts: if number == 1 { vec![59] } else { Vec::new() },
            accepted: (number == 1).then(|| self.say("accepted until 31 March 2027")),
            closes: if number == 1 { vec![self.note("vpn-2024", "Gateway flaw")] } else { Vec::new() },
        };
        vec![
            action(1, self.question(2, 1, "Restore test"), "Restore one folder from the backup", 6612),
            action(2, self.question(1, 3, "Lockout"), "Switch on the lockout of the sign-in page", 6701),
            action(3, self.question(1, 2, "Passkeys"), "Give the treasurer a security key", 7244),
        ]
    }

    fn find_out(self) -> FindOut {
        FindOut {
            question: self.question(1, 3, "Lockout"),
            ask: self.say("Does your sign-in page lock after wrong passwords?"),
            how: Some(self.say("Ask your email administrator about lockout.")),
            asked: true,
            at_stake: Points::new(337).unwrap_or_default(),
        }
    }

    fn waiver(self, state: WaiverState) -> WaiverView {
        WaiverView {
            reason: self.say("The new server comes in spring."),
            approved_by: self.say("executive committee"),
            expires: day("2027-03-31", "31 March 2027"),
            state,
            sentence: self.say(match state {
                WaiverState::Running => "Accepted until 31 March 2027. This changes no number.",
                WaiverState::Expired => "The acceptance ran out on 31 March 2027.",
                WaiverState::NotNeeded => "Accepted until 31 March 2027, but no longer needed.",
            }),
        }
    }

    fn waivers(self) -> Vec<AcceptedRisk> {
        let states = [WaiverState::Expired, WaiverState::Running, WaiverState::NotNeeded];
        let risk = |(place, state)| AcceptedRisk {
            question: self.question(2, place, "Restore test"),
            waiver: self.waiver(state),
        };
        (1..).zip(states).map(risk).collect()
    }

    fn ageing(self) -> Ageing {
        let counted = |evidence, proven| Counted {
            evidence: Some(evidence),
            proven: Points::new(proven),
            stated: Some(Points::FULL),
        };
        let due = |on, kind, what: &str| Expiry {
            on,
            kind,
            what: self.say(what),
            items: vec![
                ExpiryItem {
                    question: self.question(1, 2, "Passkeys"),
                    role: Some(self.say("office manager")),
                    counted: Some((counted("documented", 7500), counted("claimed", 5000))),
                },
                ExpiryItem { question: self.question(2, 1, "Restore test"), role: None, counted: None },
            ],
        };
        let score = self.verdict().score;
        Ageing {
            today: day("2027-01-02", "2 January 2027"),
            until: day("2027-04-02", "2 April 2027"),
            since: Some(self.say("This assessment is 1 month old.")),
            consequence: Some(self.say("If nothing is renewed, the score falls from 59 to 51.")),
            past: vec![due(
                day("2026-12-01", "1 December 2026"),
                ExpiryKind::Answer,
                "the date is too old to count",
            )],
            coming: vec![
                due(
                    day("2027-01-10", "10 January 2027"),
                    ExpiryKind::Evidence,
                    "the document counts as a claim",
                ),
                due(day("2027-04-01", "1 April 2027"), ExpiryKind::Waiver, "the risk is no longer accepted"),
            ],
            score_today: score.clone(),
            score_then: score,
        }
    }

    fn area(self, number: usize, title: &str, score: Worlds<Option<Points>>, findings: Vec<Finding>) -> Area {
        Area {
            id: format!("area{number}"),
            number,
            title: self.say(title),
            summary: self.say("What this is about."),
            weight: 4,
            score,
            weakest: number == 2,
            questions: findings.len(),
            counted: findings.iter().filter(|finding| finding.credit.stated.is_some()).count(),
            unknown: findings.iter().filter(|f| matches!(f.standing, "unknown" | "unanswered")).count(),
            not_applicable: findings.iter().filter(|f| f.standing == "not-applicable").count(),
            loss: findings
                .iter()
                .fold(Points::ZERO, |sum, f| Points::new(sum.get() + f.loss.get()).unwrap_or_default()),
            narrative: (number == 1).then(|| self.chapter("", "").text),
            findings,
        }
    }

    fn accounts(self) -> Area {
        let mut partly = self.finding(1, 1, "answered", worlds(5625, 7500, 7500), 53);
        partly.comment = Some(self.say("The three are shared mailboxes."));
        partly.by = Some(self.say("office manager"));
        let mut full = self.finding(1, 2, "answered", worlds(7500, 10_000, 10_000), 0);
        full.provided_by = Some(self.say("parliament"));
        let mut unknown = self.finding(1, 3, "unknown", worlds(0, 0, 10_000), 84);
        unknown.evidence = None;
        self.area(1, "Accounts and signing in", worlds(4390, 6333, 7166), vec![partly, full, unknown])
    }

    fn backups(self) -> Area {
        let mut waived = self.finding(2, 1, "answered", worlds(0, 0, 0), 1545);
        waived.waiver = Some(self.waiver(WaiverState::Running));
        let mut aged = self.finding(2, 2, "answered", worlds(2000, 4000, 4000), 201);
        if let Some(evidence) = &mut aged.evidence {
            (evidence.level, evidence.written, evidence.fresh) = ("claimed", "documented", false);
        }
        let mut missing = self.finding(2, 3, "unanswered", worlds(0, 0, 10_000), 90);
        missing.evidence = None;
        missing.answer = None;
        self.area(2, "Backups", worlds(2000, 4000, 7333), vec![waived, aged, missing])
    }

    fn network(self) -> Area {
        let mut left_out = self.finding(3, 1, "not-applicable", worlds(0, 0, 0), 0);
        left_out.credit = Worlds { proven: Some(Points::ZERO), stated: None, possible: None };
        left_out.reason = Some(self.say("We have no office."));
        let mut not_asked = self.finding(3, 2, "out-of-scope", worlds(0, 0, 0), 0);
        not_asked.credit = Worlds::default();
        not_asked.evidence = None;
        not_asked.out_of_scope_because = vec![self.say("Do you run your own email server?")];
        let verified = self.finding(3, 3, "answered", worlds(10_000, 10_000, 10_000), 0);
        self.area(
            3,
            "Network and remote access",
            worlds(5000, 10_000, 10_000),
            vec![left_out, not_asked, verified],
        )
    }

    fn finding(
        self,
        area: usize,
        place: usize,
        standing: &'static str,
        credit: Worlds<Option<Points>>,
        loss: u16,
    ) -> Finding {
        Finding {
            question: self.question(area, place, "Second step on email"),
            ask: self.say("What share of the people must give a second sign-in step?"),
            standing,
            answer: Some(Answer::Percent(95)),
            answer_words: self.say("95% (57 of 60)"),
            credit_words: match standing {
                "answered" => format!("{} of 100", credit.stated.map_or(0, Points::printed)),
                other => other.replace('-', " "),
            },
            credit,
            evidence: Some(EvidenceView {
                level: "documented",
                written: "documented",
                fresh: true,
                kept: Some(self.say("sign-in report")),
                since: day("2026-11-01", "1 November 2026"),
            }),
            loss: Points::new(loss).unwrap_or_default(),
            severity: "critical",
            weight: 5,
            weight_reason: self.say("Missing it fails Cyber Essentials outright."),
            why: self.say("A second step stops most attempts with a stolen password."),
            fix: self.say("Turn on the setting that requires a second step for everyone."),
            fix_more: Some(self.say("Microsoft 365: security defaults.")),
            find_out: Some(self.say("Ask how many accounts can sign in with only a password.")),
            effort: "hours",
            cost: "free",
            proof: self.say("The report of accounts without a second step."),
            references: vec![self.say("CE:user-access-control"), self.say("CAF:B2.a")],
            reason: None,
            by: None,
            provided_by: None,
            comment: None,
            waiver: None,
            lapses_on: (place == 1).then(|| day("2027-01-10", "10 January 2027")),
            out_of_scope_because: Vec::new(),
        }
    }

    fn note(self, id: &str, title: &str) -> IncidentNote {
        IncidentNote { id: id.to_owned(), title: self.say(title), assessed: true }
    }

    fn incidents(self) -> Incidents {
        Incidents {
            replayed: vec![
                self.incident("mailbox-2021", "Minister: a private mailbox", "open", true),
                self.incident("vpn-2024", "Party headquarters: gateway flaw", "hindered", true),
                self.incident("supplier-2021", "Member data at a supplier", "layered", false),
            ],
            do_not_apply: vec![self.note("server-2021", "Unpatched mail server")],
            not_assessed: vec![self.note("robocall-2024", "Robocalls with a cloned voice")],
            counts: WordCounts { open: 1, hindered: 1, interrupted: 0, layered: 1 },
        }
    }

    fn incident(self, id: &str, title: &str, word: &'static str, told: bool) -> Incident {
        let broken = (word == "layered").then(|| "second".to_owned());
        Incident {
            id: id.to_owned(),
            title: self.say(title),
            when: self.say("April to June 2024"),
            actor: self.say("professional actor"),
            attribution: Some(self.say("called likely by the interior ministry")),
            summary: self.say("A flaw let attackers read credentials."),
            harm: self.say("Calendar data was taken."),
            lessons: vec![self.say("Security products are attack surface too.")],
            caveat: Some(self.say("The party has not confirmed the details.")),
            priority: word == "open",
            word: Worlds { proven: "open", stated: word, possible: "layered" },
            layers: Worlds { proven: 40, stated: 75, possible: 210 },
            broken_at: Worlds { proven: None, stated: broken, possible: Some("second".to_owned()) },
            detected_at: Worlds { proven: None, stated: Some("first".to_owned()), possible: None },
            sentence: self.say("With these answers, partial measures would have slowed this recorded path."),
            steps: vec![
                self.step(1, StepState::Hindered, 25),
                self.step(2, if word == "layered" { StepState::Stopped } else { StepState::Open }, 0),
                self.step(3, StepState::Impossible, 100),
            ],
            cheapest: (word != "layered").then(|| self.question(1, 2, "Passkeys")),
            in_full: told,
            told,
            sources: vec![self.say("https://www.example.org/news/1")],
        }
    }

    fn step(self, number: usize, state: StepState, strength: u8) -> Step {
        let measure = StepMeasure {
            title: self.say("Filter for unwanted mail"),
            strength,
            effect: "hinders",
            questions: vec![self.question(1, 1, "Mail filter")],
        };
        Step {
            id: ["first", "second", "third"][number - 1].to_owned(),
            number,
            title: self.say("Fake notices from the mail provider"),
            state,
            after_break: false,
            strength: Worlds { proven: 0, stated: strength, possible: 100 },
            confidence: ["reported", "alleged", "inferred"][number - 1],
            missing: (state == StepState::Open).then(|| measure.clone()),
            by: if state == StepState::Hindered { vec![measure] } else { Vec::new() },
            techniques: vec![Technique {
                id: "T1566".to_owned(),
                name: self.say("Phishing"),
                formerly: None,
            }],
        }
    }

    fn frameworks(self) -> Vec<Framework> {
        let framework = |id: &str, prefix: &str, title: &str, statuses: &[Status]| {
            let count = |status| statuses.iter().filter(|other| **other == status).count();
            Framework {
                id: id.to_owned(),
                prefix: prefix.to_owned(),
                title: self.say(title),
                version: self.say("3.3"),
                url: self.say("https://www.example.org/framework"),
                items: (1..).zip(statuses).map(|(number, status)| self.item(number, *status)).collect(),
                counts: StatusCounts {
                    met: count(Met),
                    partly: count(Partly),
                    not_met: count(NotMet),
                    unknown: count(Unknown),
                    not_asked: count(NotAsked),
                },
            }
        };
        vec![
            framework(
                "ncsc-caf-4.0",
                "CAF",
                "NCSC Cyber Assessment Framework",
                &[Met, Partly, NotMet, NotAsked],
            ),
            framework(
                "cyber-essentials",
                "CE",
                "Cyber Essentials",
                &[Met, Partly, NotMet, Unknown, NotAsked],
            ),
            framework("cyber-essentials-autofail", "CE-Q", "Questions that fail", &[Partly, Met, Unknown]),
        ]
    }

    fn item(self, number: usize, status: Status) -> FrameworkItem {
        FrameworkItem {
            id: format!("A7.{number}"),
            title: self.say("Second sign-in step for all users"),
            status,
            questions: if status == NotAsked {
                Vec::new()
            } else {
                vec![self.question(1, 1, "Second step on email"), self.question(1, 2, "Passkeys")]
            },
        }
    }

    fn services(self) -> Services {
        let service = Service {
            id: "fraud".to_owned(),
            country: "GB".to_owned(),
            title: self.say("Reports of fraud"),
            what: self.say("The police service for reports of cyber crime."),
            url: self.say("https://www.example.org/report"),
            phone: Some(self.say("0300 000 0000")),
            seen: "memory",
            doubt: Some("address from memory, not checked"),
        };
        Services {
            checked: day("2026-09-30", "30 September 2026"),
            note: self.say("Checked on 30 September 2026."),
            has_country: true,
            groups: vec![ServiceGroup {
                role: "report-crime",
                title: "Where to report a crime",
                is_contact: true,
                services: vec![service],
            }],
        }
    }

    fn ledger(self) -> Ledger {
        let row = |number: usize, title: &str, loss| LedgerRow {
            id: format!("area{number}"),
            title: self.say(title),
            weight: 4,
            loss: Points::new(loss).unwrap_or_default(),
        };
        Ledger {
            headline: Points::new(5999).unwrap_or_default(),
            areas: vec![
                row(1, "Accounts and signing in", 1834),
                row(2, "Backups", 1836),
                row(3, "Network", 0),
            ],
            questions: Points::new(3670).unwrap_or_default(),
            cap: Points::new(331).unwrap_or_default(),
            cap_gate: Some("backup".to_owned()),
            cap_incident: None,
            cap_title: Some(self.say("A backup that somebody has restored")),
            assurance: Points::ZERO,
        }
    }
}
