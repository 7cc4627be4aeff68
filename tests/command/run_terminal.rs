//! `why401 run` on a terminal: keys, jobs and the window are the child's.
#![cfg(target_os = "linux")]

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A shell on a pseudo-terminal that `script` opens.
struct Terminal {
    _home: TempDir,
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    shown: String,
}

impl Terminal {
    /// With job control, and a prompt that no output looks like.
    fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new("timeout")
            .args([
                // A screen that never shows what is waited for must not hold the tests for ever.
                "60",
                "script",
                "--quiet",
                "--return",
                "--command",
                "bash --norc --noprofile -i",
                "/dev/null",
            ])
            .env_clear()
            .env("HOME", home.path())
            .env("TMPDIR", home.path())
            .env("PATH", "/usr/bin:/bin")
            .env("SHELL", "/bin/sh")
            .env("PS1", "#prompt# ")
            .env("TERM", "dumb")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut terminal = Self {
            _home: home,
            keyboard: child.stdin.take().unwrap(),
            screen: child.stdout.take().unwrap(),
            child,
            shown: String::new(),
        };
        terminal.until("#prompt# ");
        let define = format!(
            "run() {{ '{}' run -- \"$@\"; }}\n",
            env!("CARGO_BIN_EXE_why401")
        );
        terminal.keys(&define);
        terminal.until("#prompt# ");
        terminal
    }

    fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Reads on until the screen shows these words; what it showed since the last time.
    fn until(&mut self, words: &str) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(words.as_bytes()) {
            let mut byte = [0];
            let read = self.screen.read(&mut byte).unwrap();
            assert_eq!(read, 1, "{}", String::from_utf8_lossy(&bytes));
            bytes.push(byte[0]);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.shown += &text;
        text
    }

    fn end(mut self) {
        self.keys("exit\n");
        let mut rest = String::new();
        self.screen.read_to_string(&mut rest).unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn ctrl_c_reaches_the_child_once_and_its_code_is_ours() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'trap \"echo heard\" INT; echo rea\"\"dy; read line; read line; exit 5'; echo code $?\n");
    terminal.until("ready\r\n");
    terminal.keys("\x03");
    terminal.until("heard\r\n");
    terminal.keys("one\ntwo\n");
    let rest = terminal.until("code 5\r\n");
    assert!(!rest.contains("heard"), "heard twice: {rest}");
    terminal.end();
}

#[test]
fn an_interrupt_to_us_alone_reaches_the_child_on_a_terminal_as_well() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'trap \"echo hea\"\"rd; exit 5\" INT; (kill -INT $PPID); while :; do sleep 0.01; done'; echo code $?\n");
    terminal.until("heard\r\n");
    terminal.until("code 5\r\n");
    terminal.end();
}

#[test]
fn ctrl_c_ends_a_child_that_does_not_expect_it() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'echo rea\"\"dy; exec cat'; echo code $?\n");
    terminal.until("ready\r\n");
    terminal.keys("\x03");
    terminal.until("code 130\r\n");
    terminal.end();
}

#[test]
fn ctrl_z_stops_the_job_and_fg_takes_it_up_again() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'echo rea\"\"dy; exec cat'\n");
    terminal.until("ready\r\n");
    for word in ["first", "second"] {
        terminal.keys("\x1a");
        terminal.until("#prompt# ");
        terminal.keys("jobs\n");
        assert!(terminal.until("#prompt# ").contains("Stopped"));
        terminal.keys("fg\n");
        terminal.until("run -- \"$@\"\r\n");
        // The terminal shows it when it is typed, and cat once more.
        terminal.keys(&format!("{word}\n"));
        terminal.until(&format!("{word}\r\n{word}\r\n"));
    }
    terminal.keys("\x04");
    terminal.until("#prompt# ");
    terminal.end();
}

#[test]
fn a_child_that_stops_alone_gives_the_terminal_back() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'echo rea\"\"dy; kill -STOP $$; echo resu\"\"med'; echo code $?\n");
    terminal.until("ready\r\n");
    terminal.until("#prompt# ");
    terminal.keys("fg\n");
    terminal.until("resumed\r\n");
    terminal.until("#prompt# ");
    terminal.end();
}

#[test]
fn the_window_is_the_childs() {
    let mut terminal = Terminal::open();
    terminal.keys("stty rows 33 columns 99; run sh -c 'stty size'\n");
    terminal.until("33 99\r\n");
    terminal.until("#prompt# ");
    // A change of its size is heard as well: the first command of the job makes one.
    terminal.keys("run bash -c 'trap \"stty size; exit\" WINCH; stty rows 44; while :; do sleep 0.01; done'\n");
    terminal.until("44 99\r\n");
    terminal.until("#prompt# ");
    terminal.end();
}

#[test]
fn on_a_terminal_the_words_come_at_the_end() {
    let mut terminal = Terminal::open();
    terminal.keys("run sh -c 'echo do\"\"ne'\n");
    let shown = terminal.until("so nothing was checked\r\n");
    let place = |words: &str| shown.find(words).unwrap();
    assert!(place("done\r\n") < place("no call to Bitbucket"), "{shown}");
    terminal.end();
}
