//! A bounded table that forgets what was used longest ago; every operation takes constant time.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by a 64-bit id.
#[derive(Debug)]
pub(super) struct Recent<V> {
    places: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    entries: Vec<Entry<V>>,
    capacity: usize,
    newest: u32,
    oldest: u32,
}

#[derive(Debug)]
struct Entry<V> {
    id: u64,
    newer: u32,
    older: u32,
    value: V,
}

/// Ids are keyed or hashed already, and as good as their hash.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = id;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Where the chain of entries ends.
const END: u32 = u32::MAX;

impl<V> Recent<V> {
    /// For at most so many values; room is taken as they come.
    pub fn new(capacity: usize) -> Self {
        Self {
            places: HashMap::default(),
            entries: Vec::new(),
            capacity: capacity.clamp(1, END as usize - 1),
            newest: END,
            oldest: END,
        }
    }

    pub fn get(&self, id: u64) -> Option<&V> {
        let place = *self.places.get(&id)?;
        Some(&self.entries[place as usize].value)
    }

    /// The value, which becomes the newest; `first` makes it where there is none.
    pub fn touch(&mut self, id: u64, first: impl FnOnce() -> V) -> &mut V {
        let place = match self.places.get(&id) {
            Some(place) => {
                let place = *place;
                self.make_newest(place);
                place
            }
            None => {
                let place = self.add(id, first());
                self.link_as_newest(place);
                place
            }
        };
        &mut self.entries[place as usize].value
    }

    fn add(&mut self, id: u64, value: V) -> u32 {
        let entry = Entry {
            id,
            newer: END,
            older: END,
            value,
        };
        let place = if self.entries.len() < self.capacity {
            self.grow();
            self.entries.push(entry);
            u32::try_from(self.entries.len() - 1).expect("the capacity is less than END")
        } else {
            let place = self.oldest;
            self.unlink(place);
            let old = std::mem::replace(&mut self.entries[place as usize], entry);
            self.places.remove(&old.id);
            place
        };
        self.places.insert(id, place);
        place
    }

    /// Doubles as a `Vec` does, but never beyond the capacity.
    fn grow(&mut self) {
        let length = self.entries.len();
        if length == self.entries.capacity() {
            let more = length.max(16).min(self.capacity - length);
            self.entries.reserve_exact(more);
        }
    }

    fn make_newest(&mut self, place: u32) {
        if self.newest != place {
            self.unlink(place);
            self.link_as_newest(place);
        }
    }

    fn unlink(&mut self, place: u32) {
        let Entry { newer, older, .. } = self.entries[place as usize];
        match newer {
            END => self.newest = older,
            newer => self.entries[newer as usize].older = older,
        }
        match older {
            END => self.oldest = newer,
            older => self.entries[older as usize].newer = newer,
        }
    }

    fn link_as_newest(&mut self, place: u32) {
        let before = std::mem::replace(&mut self.newest, place);
        match before {
            END => self.oldest = place,
            before => self.entries[before as usize].newer = place,
        }
        let entry = &mut self.entries[place as usize];
        (entry.newer, entry.older) = (END, before);
    }

    /// What this table holds of the heap: its entries and, as hashbrown lays them out, its buckets.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        let buckets = (self.places.capacity() * 8 / 7).next_power_of_two();
        self.entries.capacity() * size_of::<Entry<V>>() + buckets * (size_of::<(u64, u32)>() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    #[test]
    fn it_holds_what_was_used_last() {
        let mut table = Recent::new(3);
        for id in [1, 2, 3, 1, 4] {
            *table.touch(id, || 0) += id;
        }
        let values: Vec<_> = (1..=4).map(|id| table.get(id).copied()).collect();
        assert_eq!(values, [Some(2), None, Some(3), Some(4)]);
    }

    #[test]
    fn it_agrees_with_a_list_that_is_searched() {
        let mut table = Recent::new(8);
        let mut list: VecDeque<u64> = VecDeque::new();
        let mut number = 1_u64;
        for _ in 0..20_000 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let id = (number >> 40) % 20;
            let known = list.contains(&id);
            let mut is_new = false;
            table.touch(id, || is_new = true);
            assert_eq!(is_new, !known);
            list.retain(|other| *other != id);
            list.push_front(id);
            list.truncate(8);
            assert!((0..20).all(|id| table.get(id).is_some() == list.contains(&id)));
        }
        assert_eq!((table.entries.len(), table.places.len()), (8, 8));
    }

    #[test]
    fn room_is_taken_as_values_come_and_never_beyond_the_capacity() {
        let mut table = Recent::new(1000);
        assert_eq!(table.entries.capacity(), 0);
        for id in 0..5000 {
            table.touch(id, || id);
        }
        assert_eq!(table.entries.capacity(), 1000);
    }
}
