//! Entries that fall due a fixed time after they were put in, in a bounded table.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// A table of `K` to `V` in which every entry lives for `delay`, then comes out of [`Delayed::due`].
pub struct Delayed<K, V> {
    delay: Duration,
    capacity: usize,
    inner: Mutex<Inner<K, V>>,
    /// So that a look at an empty table takes no lock.
    len: AtomicUsize,
    changed: Notify,
}

struct Inner<K, V> {
    /// In order of time. An entry whose number is no longer in `held` was taken out early.
    order: VecDeque<(Instant, u64, K)>,
    held: HashMap<K, (u64, V)>,
    next: u64,
}

impl<K: Clone + Eq + Hash, V> Delayed<K, V> {
    pub fn new(delay: Duration, capacity: usize) -> Self {
        let inner = Inner {
            order: VecDeque::new(),
            held: HashMap::new(),
            next: 0,
        };
        Self {
            delay,
            capacity,
            inner: Mutex::new(inner),
            len: AtomicUsize::new(0),
            changed: Notify::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len.load(Ordering::Relaxed) == 0
    }

    /// Changes the entry, or puts in what `new` makes. Returns the oldest entry when it had to make room.
    pub fn update<R>(
        &self,
        key: K,
        change: impl FnOnce(&mut V) -> R,
        new: impl FnOnce() -> (V, R),
    ) -> (R, Option<V>) {
        let mut inner = self.lock();
        if let Some((_, value)) = inner.held.get_mut(&key) {
            return (change(value), None);
        }
        // First what may panic: nothing is lost then.
        let (value, result) = new();
        let evicted = if inner.held.len() >= self.capacity {
            inner.pop_oldest()
        } else {
            None
        };
        let number = inner.next;
        inner.next += 1;
        inner
            .order
            .push_back((Instant::now() + self.delay, number, key.clone()));
        inner.held.insert(key, (number, value));
        self.len.store(inner.held.len(), Ordering::Relaxed);
        drop(inner);
        self.changed.notify_one();
        (result, evicted)
    }

    pub fn remove(&self, key: &K) -> Option<V> {
        let mut inner = self.lock();
        let value = inner.held.remove(key).map(|(_, value)| value);
        self.len.store(inner.held.len(), Ordering::Relaxed);
        value
    }

    /// Everything at once, oldest first.
    pub fn drain(&self) -> Vec<V> {
        let mut inner = self.lock();
        self.len.store(0, Ordering::Relaxed);
        std::iter::from_fn(|| inner.pop_oldest()).collect()
    }

    /// The next entry whose time has come. Cancel-safe.
    pub async fn due(&self) -> V {
        loop {
            let Some(deadline) = self.deadline() else {
                self.changed.notified().await;
                continue;
            };
            sleep_until(deadline).await;
            if let Some(value) = self.pop_due() {
                return value;
            }
        }
    }

    fn deadline(&self) -> Option<Instant> {
        self.lock().order.front().map(|(deadline, ..)| *deadline)
    }

    fn pop_due(&self) -> Option<V> {
        let mut inner = self.lock();
        let now = Instant::now();
        inner
            .order
            .front()
            .filter(|(deadline, ..)| *deadline <= now)?;
        let value = inner.pop_front();
        self.len.store(inner.held.len(), Ordering::Relaxed);
        value
    }

    fn lock(&self) -> MutexGuard<'_, Inner<K, V>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash, V> Inner<K, V> {
    fn pop_oldest(&mut self) -> Option<V> {
        while !self.order.is_empty() {
            if let Some(value) = self.pop_front() {
                return Some(value);
            }
        }
        None
    }

    /// `None` also for an entry that was taken out early.
    fn pop_front(&mut self) -> Option<V> {
        let (_, number, key) = self.order.pop_front()?;
        match self.held.get(&key) {
            Some((held, _)) if *held == number => self.held.remove(&key).map(|(_, value)| value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(table: &Delayed<&'static str, u32>, key: &'static str) -> Option<u32> {
        table.update(key, |count| *count += 1, || (1, ())).1
    }

    #[tokio::test(start_paused = true)]
    async fn entries_come_out_in_order_after_the_delay() {
        let table = Delayed::new(Duration::from_secs(5), 10);
        let start = Instant::now();
        put(&table, "a");
        put(&table, "b");
        put(&table, "a");
        assert_eq!(table.due().await, 2);
        assert_eq!(table.due().await, 1);
        assert_eq!(start.elapsed().as_secs(), 5);
        assert!(table.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn an_entry_taken_out_and_put_in_again_waits_anew() {
        let table = Delayed::new(Duration::from_secs(5), 10);
        let start = Instant::now();
        put(&table, "a");
        tokio::time::advance(Duration::from_secs(3)).await;
        assert_eq!(table.remove(&"a"), Some(1));
        put(&table, "a");
        assert_eq!(table.due().await, 1);
        assert_eq!(start.elapsed().as_secs(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_table_lets_the_oldest_go_early() {
        let table = Delayed::new(Duration::from_secs(5), 2);
        put(&table, "a");
        put(&table, "a");
        put(&table, "b");
        assert_eq!(put(&table, "c"), Some(2));
        assert_eq!(table.drain(), [1, 1]);
    }
}
