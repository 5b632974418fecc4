//! Who helps, and whom to tell when something has happened.

use super::since::dashes;
use super::{heading, outside, subheading};
use crate::render::pdf::block::{Block, bold, lead, plain};
use crate::render::pdf::text::{NOTE, Span};
use crate::report::{Report, Service};
use crate::text::{Words, sentence_case};

pub(super) fn part(report: &Report) -> Vec<Block> {
    let services = &report.services;
    if services.groups.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(report.words.say("Who helps"), "services"), lead(&services.note)];
    for group in &services.groups {
        blocks.push(subheading(group.title));
        blocks.push(dashes(group.services.iter().map(|each| service(each, report.words)).collect()));
    }
    blocks
}

fn service(service: &Service, words: &Words) -> Vec<Span> {
    // Paper needs the address itself.
    let mut spans = vec![bold(format!("{}. ", service.title)), outside(&service.url, &service.url, NOTE)];
    let phone = |phone: &String| words.fill("Telephone {number}.", &[("number", phone)]);
    spans.extend(service.phone.as_ref().map(|number| plain(format!(" {}", phone(number)))));
    spans.extend(service.doubt.map(|doubt| plain(format!(" ({}.)", sentence_case(doubt)))));
    spans
}
