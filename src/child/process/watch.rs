//! Waits for the child's end, and stops with it when it stops alone: the shell that we are a job of waits for us only.

use rustix::process::Signal;
use rustix::process::{Pid, WaitId, WaitIdOptions, getpid, kill_process, waitid};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

/// Ctrl-Z stops us together with the child, and we see its stop only when all of it is over; a child that is still
/// stopped after this time was stopped alone.
const TOGETHER: Duration = Duration::from_millis(50);

/// Resolves at the child's end, whose status is still there to be taken.
pub fn watch(child: Pid) -> oneshot::Receiver<()> {
    let (done, ended) = oneshot::channel();
    // Without a thread to be had the status is waited for at once, and nobody hears of signals.
    let _ = thread::Builder::new()
        .name("child".to_owned())
        .spawn(move || {
            until_the_end(child);
            let _ = done.send(());
        });
    ended
}

fn until_the_end(child: Pid) {
    let any = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
    loop {
        match waitid(WaitId::Pid(child), any) {
            Ok(Some(status)) if status.stopped() => {
                thread::sleep(TOGETHER);
                stop_too(child);
            }
            Err(rustix::io::Errno::INTR) | Ok(None) => {}
            Ok(Some(_)) | Err(_) => return,
        }
    }
}

/// Takes the news of the stop; ours ends with a SIGCONT, which is passed on.
fn stop_too(child: Pid) {
    let news = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
    let Ok(Some(status)) = waitid(WaitId::Pid(child), news) else {
        return;
    };
    let signal = status
        .stopping_signal()
        .and_then(Signal::from_named_raw)
        .unwrap_or(Signal::STOP);
    let _ = kill_process(getpid(), signal);
}
