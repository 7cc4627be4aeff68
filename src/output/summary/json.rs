//! For programs: everything, events in the form of the log.

use super::{Found, Summary};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Document<'a> {
    command: &'a str,
    exit_code: u8,
    exchanges: u64,
    findings: Vec<Finding<'a>>,
    unexplained: &'a BTreeMap<String, u64>,
    refused: &'a BTreeMap<String, u64>,
    unanswered: &'a BTreeMap<String, u64>,
    tunnelled: &'a BTreeMap<String, u64>,
    taken_out_of_no_proxy: &'a [String],
    unseen: &'a [String],
}

#[derive(Serialize)]
struct Finding<'a> {
    count: u64,
    #[serde(flatten)]
    event: &'a crate::output::event::Event,
}

pub fn report(summary: &Summary) -> String {
    let document = Document {
        command: &summary.command,
        exit_code: summary.code,
        exchanges: summary.exchanges,
        findings: summary.found.iter().map(finding).collect(),
        unexplained: &summary.unexplained,
        refused: &summary.refused,
        unanswered: &summary.faults,
        tunnelled: &summary.tunnelled,
        taken_out_of_no_proxy: &summary.taken_out,
        unseen: &summary.unseen,
    };
    let text = serde_json::to_string_pretty(&document).expect("text and numbers become JSON");
    text + "\n"
}

fn finding(found: &Found) -> Finding<'_> {
    Finding {
        count: found.count,
        event: &found.event,
    }
}
