//! Who helps, as Markdown.

use std::fmt::Write as _;

use super::{link, plain};
use crate::report::{Report, Service};
use crate::text::Words;

pub(super) fn services(report: &Report) -> String {
    let services = &report.services;
    let mut out = String::new();
    let words = report.words;
    line!(out, "## {}", words.say("Who helps"));
    line!(out);
    line!(out, "{}", plain(&services.note));
    for group in &services.groups {
        line!(out);
        line!(out, "### {}", group.title);
        line!(out);
        for service in &group.services {
            out.push_str(&one(words, service));
        }
    }
    out
}

fn one(words: &Words, service: &Service) -> String {
    let telephone = |phone: &String| words.fill("Telephone {number}.", &[("number", &plain(phone))]);
    let phone = service.phone.as_ref().map(|phone| format!(" {}", telephone(phone))).unwrap_or_default();
    let doubt = service.doubt.map(|doubt| format!(" ({doubt})")).unwrap_or_default();
    let (title, what) = (plain(&service.title), plain(&service.what));
    format!("- **{title}.** {what}{phone} {}{doubt}\n", link(&service.url))
}
