//! Whether a why401 answers where clients are to go.

use crate::doctor::machine::{Answer, Machine};
use crate::output::checkup::Finding;

const CHECK: &str = "proxy";

pub fn check(machine: &Machine) -> Vec<Finding> {
    let place = machine.place();
    vec![match machine.answer(&place) {
        Answer::Why401 => answers(machine),
        Answer::Nobody if machine.is_for_run() => Finding::ok(
            CHECK,
            format!("none runs at {place}, and none is needed for why401 run -- CMD"),
        ),
        Answer::Nobody => Finding::fail(
            CHECK,
            format!("nothing answers at {place}"),
            format!(
                "start {} in another terminal, or use why401 run -- CMD, which needs no set-up",
                serve(machine)
            ),
        ),
        Answer::Other(_) | Answer::Mute => Finding::fail(
            CHECK,
            format!("what answers at {place} is not why401"),
            "choose another port for it: why401 serve --listen 127.0.0.1:PORT",
        ),
    }]
}

fn answers(machine: &Machine) -> Finding {
    let place = machine.place();
    match machine.readiness {
        Some(readiness) if !readiness.is_ready => Finding::warn(
            CHECK,
            format!("why401 answers at {place}, and is about to end"),
            serve(machine),
        ),
        Some(_) => Finding::ok(CHECK, format!("why401 answers at {place}, and is ready")),
        None => Finding::ok(CHECK, format!("why401 answers at {place}")),
    }
}

fn serve(machine: &Machine) -> String {
    let listen = &machine.settings.listen;
    match listen.port {
        8401 => "why401 serve".to_owned(),
        _ => format!("why401 serve --listen {listen}"),
    }
}
