//! Whether the clock of this machine can be right, by what is known without asking anybody.

use crate::bitbucket::timeline::FACTS_AS_OF;
use crate::doctor::machine::Machine;
use crate::output::checkup::Finding;
use time::Duration;

const CHECK: &str = "clock";
/// From where on the proxy takes no date for certain, either.
const TOLERANCE: Duration = Duration::minutes(5);

pub fn check(machine: &Machine) -> Vec<Finding> {
    let now = machine.now;
    let action = "set it by NTP; `date -u` shows it";
    let behind =
        |what: String| Finding::fail(CHECK, format!("the clock is behind: {what}"), action);
    let of_proxy = machine.readiness.and_then(|readiness| readiness.date);
    let apart = of_proxy.map(|date| (date - now).abs());
    let later = |moment: &Option<_>| moment.filter(|moment| *moment > now + TOLERANCE);
    vec![if now.date() < FACTS_AS_OF {
        behind(format!(
            "it says {}, and this why401 is from {FACTS_AS_OF} or later",
            now.date()
        ))
    } else if let Some(begins) = later(&machine.ca.begins) {
        behind(format!(
            "it says {}, and the CA begins on {}",
            now.date(),
            begins.date()
        ))
    } else if let Some(written) = later(&machine.ca.written) {
        behind(format!(
            "the CA's files were written on {}, later than now",
            written.date()
        ))
    } else if let Some(apart) = apart.filter(|apart| *apart > TOLERANCE) {
        Finding::warn(
            CHECK,
            format!(
                "it differs from the proxy's by {} minutes",
                apart.whole_minutes()
            ),
            action,
        )
    } else {
        let with = match (of_proxy, machine.ca.begins) {
            (Some(_), _) => "with the proxy's and the CA's dates",
            (None, Some(_)) => "with the CA's dates",
            (None, None) => "with the date of this why401",
        };
        Finding::ok(
            CHECK,
            format!("{} UTC, which agrees {with}", minute(machine)),
        )
    }]
}

/// `2026-11-25 03:11`
fn minute(machine: &Machine) -> String {
    let (hour, minute, _) = machine.now.as_hms();
    format!("{} {hour:02}:{minute:02}", machine.now.date())
}
