//! Blocks on their way to standard error while the command runs, in a thread of their own: who reads there may be slow,
//! and no exchange waits for that.

use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// Each distinct mistake is one block, so what waits is never much.
pub struct Live {
    blocks: Sender<String>,
    thread: Option<JoinHandle<()>>,
}

impl Live {
    /// Without a thread to be had nothing is said: the report and the exit code have it all the same.
    pub fn start() -> Self {
        let (blocks, waiting) = channel();
        let thread = thread::Builder::new()
            .name("live".to_owned())
            .spawn(move || write_all(&waiting));
        let thread = thread.ok();
        Self { blocks, thread }
    }

    /// Behind all that was said before.
    pub fn say(&self, block: String) {
        // Fails only where the thread is gone, which writes whatever happens.
        let _ = self.blocks.send(block);
    }

    /// Waits until everything is written.
    pub fn end(self) {
        drop(self.blocks);
        let _ = self.thread.map(JoinHandle::join);
    }
}

fn write_all(waiting: &Receiver<String>) {
    for block in waiting {
        // One write, so that no other parts the block.
        let _ = std::io::stderr().lock().write_all(block.as_bytes());
    }
}
