//! Who outranks and who silences whom, closed transitively over the whole taxonomy.

use super::registry::RULES;
use super::rule::Target::{self, All, One};
use super::taxonomy::{TAXONOMY, position};
use std::sync::LazyLock;

/// Both relations over the positions of [`TAXONOMY`].
pub struct Precedence {
    outranks: Relation,
    silences: Relation,
}

/// Computed once: the rules are constants.
pub static PRECEDENCE: LazyLock<Precedence> = LazyLock::new(Precedence::of_rules);

impl Precedence {
    fn of_rules() -> Self {
        let outranks = RULES.iter().map(|rule| (rule.slug, rule.outranks));
        let silences = RULES.iter().map(|rule| (rule.slug, rule.silences));
        Self {
            outranks: Relation::closed(outranks),
            silences: Relation::closed(silences),
        }
    }

    /// Whom one of these outranks; both as bits at the places of the taxonomy.
    pub fn outranked_by(&self, bits: u128) -> u128 {
        self.outranks.of(bits)
    }

    /// Whom one of these silences.
    pub fn silenced_by(&self, bits: u128) -> u128 {
        self.silences.of(bits)
    }
}

#[cfg(test)]
impl Precedence {
    pub fn outranks(&self, first: &str, second: &str) -> bool {
        self.outranked_by(bit(first)) & bit(second) != 0
    }

    pub fn silences(&self, first: &str, second: &str) -> bool {
        self.silenced_by(bit(first)) & bit(second) != 0
    }
}

/// Of a finding; none for a name that is not in the taxonomy, which a meta-test refuses.
pub fn bit(slug: &str) -> u128 {
    position(slug).map_or(0, |place| 1 << place)
}

/// A relation between findings: one bit set per row of the taxonomy.
struct Relation(Vec<u128>);

const _: () = assert!(TAXONOMY.len() <= 128, "a row of the relation is one u128");

impl Relation {
    /// The transitive closure of the declared pairs. Names that are not in the taxonomy are left out; a meta-test
    /// refuses them.
    fn closed(declared: impl Iterator<Item = (&'static str, &'static [Target])>) -> Self {
        let mut rows = vec![0; TAXONOMY.len()];
        for (slug, targets) in declared {
            let Some(row) = position(slug) else { continue };
            rows[row] |= targets
                .iter()
                .map(|target| members(*target, row))
                .fold(0, |all, one| all | one);
        }
        for middle in 0..rows.len() {
            let reached = rows[middle];
            for row in &mut rows {
                if *row >> middle & 1 == 1 {
                    *row |= reached;
                }
            }
        }
        Self(rows)
    }

    /// All that one of these stands in relation to.
    fn of(&self, mut bits: u128) -> u128 {
        let mut all = 0;
        while bits != 0 {
            all |= self.0[bits.trailing_zeros() as usize];
            bits &= bits - 1;
        }
        all
    }
}

/// The bits of a target, without the one who names it.
fn members(target: Target, except: usize) -> u128 {
    let bits = match target {
        One(slug) => bit(slug),
        All(family) => (0..TAXONOMY.len())
            .filter(|place| TAXONOMY[*place].family == family)
            .fold(0, |bits, place| bits | 1 << place),
    };
    bits & !(1 << except)
}

#[cfg(test)]
mod tests;
