//! Counters for Prometheus: bounded label sets, nothing secret.

use crate::diagnosis::Certainty;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use std::fmt::{self, Write};

/// Everything that is counted. Each field's help text is in [`Metrics::new`].
pub struct Metrics {
    registry: Registry,
    pub connections: Counter,
    pub intercepted: Counter,
    pub tunnelled: Counter,
    pub tunnelled_bytes: Counter,
    pub diagnosis_panics: Counter,
    pub unparsable_heads: Counter,
    pub gates_out_of_step: Counter,
    pub lost_trailers: Counter,
    findings: Family<Finding, Counter>,
    unexplained: Family<Refusal, Counter>,
    handshakes: Family<Handshake, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Finding {
    mistake: &'static str,
    certainty: Certainty,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refusal {
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Handshake {
    reason: &'static str,
}

impl EncodeLabelValue for Certainty {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> fmt::Result {
        encoder.write_str(self.as_str())
    }
}

impl Metrics {
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("why401"),
            connections: Counter::default(),
            intercepted: Counter::default(),
            tunnelled: Counter::default(),
            tunnelled_bytes: Counter::default(),
            diagnosis_panics: Counter::default(),
            unparsable_heads: Counter::default(),
            gates_out_of_step: Counter::default(),
            lost_trailers: Counter::default(),
            findings: Family::default(),
            unexplained: Family::default(),
            handshakes: Family::default(),
        };
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let counters = [
            ("connections", "Connections of clients", &self.connections),
            (
                "intercepted",
                "CONNECT requests to listed hosts",
                &self.intercepted,
            ),
            (
                "tunnelled",
                "CONNECT requests to other hosts, passed on blindly",
                &self.tunnelled,
            ),
            (
                "tunnelled_bytes",
                "Bytes moved by ended tunnels, both directions",
                &self.tunnelled_bytes,
            ),
            (
                "diagnosis_panics",
                "Faults in the diagnosis; the exchanges went on",
                &self.diagnosis_panics,
            ),
            (
                "unparsable_heads",
                "Request heads that are not HTTP",
                &self.unparsable_heads,
            ),
            (
                "gates_out_of_step",
                "Connections on which raw targets are no longer rewritten",
                &self.gates_out_of_step,
            ),
            (
                "lost_trailers",
                "Trailers that HTTP/1 could not carry, undeclared or not asked for",
                &self.lost_trailers,
            ),
        ];
        let registry = &mut self.registry;
        for (name, help, counter) in counters {
            registry.register(name, help, counter.clone());
        }
        let help = "Refused exchanges by their first finding";
        registry.register("findings", help, self.findings.clone());
        let help = "Refused exchanges without a finding";
        registry.register("unexplained", help, self.unexplained.clone());
        let help = "TLS handshakes with clients that came to nothing";
        registry.register("handshake_failures", help, self.handshakes.clone());
    }

    /// Counts `times` exchanges with this first finding.
    pub fn diagnosed(&self, mistake: &'static str, certainty: Certainty, times: u64) {
        self.findings
            .get_or_create(&Finding { mistake, certainty })
            .inc_by(times);
    }

    /// Counts a refusal, 401 or 403, about which nothing is known.
    pub fn unexplained(&self, status: u16) {
        self.unexplained.get_or_create(&Refusal { status }).inc();
    }

    /// Counts a handshake; `reason` is one of a few words of ours.
    pub fn handshake_failed(&self, reason: &'static str) {
        self.handshakes.get_or_create(&Handshake { reason }).inc();
    }

    /// Counts how a client's HTTP/1 connection ended, where that is worth it.
    pub fn gate_ended(&self, out_of_step: bool) {
        if out_of_step {
            self.gates_out_of_step.inc();
        }
    }

    /// The text format of Prometheus.
    pub fn render(&self) -> String {
        let mut text = String::new();
        // Writing into a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}
