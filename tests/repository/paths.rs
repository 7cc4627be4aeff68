//! The paths (`a::b::c`) in a Rust source, `use` groups unfolded; enough of a lexer for that.

/// A path of at least two segments, or one after `use`, and the inline modules around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    pub line: usize,
    pub segments: Vec<String>,
    pub inline_modules: usize,
}

/// All paths of a source; comments, strings and lifetimes hold none.
pub fn paths(source: &str) -> Vec<Path> {
    let mut reader = Reader {
        tokens: tokens(source),
        at: 0,
        found: Vec::new(),
        open: Vec::new(),
    };
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.found
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    /// `::`
    Separator,
    Other(char),
}

struct Reader<'a> {
    tokens: Vec<(usize, Token<'a>)>,
    at: usize,
    found: Vec<Path>,
    /// For each open brace: whether it is that of an inline module.
    open: Vec<bool>,
}

impl<'a> Reader<'a> {
    fn token(&self, at: usize) -> Token<'a> {
        self.tokens
            .get(at)
            .map_or(Token::Other(' '), |(_, token)| *token)
    }

    fn step(&mut self) {
        match self.token(self.at) {
            // `use tokio;` and `use tokio as runtime;` have one segment only.
            Token::Word("use") if matches!(self.token(self.at + 1), Token::Word(_)) => {
                self.at += 1;
                return self.path(Vec::new());
            }
            Token::Word(_) if self.token(self.at + 1) == Token::Separator => {
                return self.path(Vec::new());
            }
            Token::Other('{') => self.open.push(self.opens_module()),
            Token::Other('}') => drop(self.open.pop()),
            _ => {}
        }
        self.at += 1;
    }

    /// `mod tests {`
    fn opens_module(&self) -> bool {
        self.at >= 2 && self.token(self.at - 2) == Token::Word("mod")
    }

    fn path(&mut self, mut segments: Vec<String>) {
        while let Token::Word(word) = self.token(self.at) {
            segments.push(word.to_owned());
            self.at += 1;
            if self.token(self.at) != Token::Separator {
                return self.emit(segments);
            }
            self.at += 1;
        }
        if self.token(self.at) == Token::Other('{') {
            self.group(&segments);
        } else {
            self.emit(segments);
        }
    }

    fn group(&mut self, prefix: &[String]) {
        self.at += 1;
        while self.at < self.tokens.len() && self.token(self.at) != Token::Other('}') {
            match self.token(self.at) {
                Token::Word("as") => self.at += 2,
                Token::Word(_) => self.path(prefix.to_vec()),
                _ => self.at += 1,
            }
        }
        self.at += 1;
    }

    fn emit(&mut self, segments: Vec<String>) {
        let line = self.tokens[self.at.min(self.tokens.len()) - 1].0;
        let inline_modules = self.open.iter().filter(|module| **module).count();
        self.found.push(Path {
            line,
            segments,
            inline_modules,
        });
    }
}

fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let line = source[..source.len() - rest.len()].matches('\n').count() + 1;
        let length = match skipped(rest) {
            Some(length) => length,
            None if is_word(first) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                tokens.push((line, Token::Word(&rest[..length])));
                length
            }
            None if rest.starts_with("::") => {
                tokens.push((line, Token::Separator));
                2
            }
            None => {
                tokens.push((line, Token::Other(first)));
                first.len_utf8()
            }
        };
        rest = &rest[length.min(rest.len())..];
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of what holds no path: blanks, comments, literals, lifetimes.
fn skipped(rest: &str) -> Option<usize> {
    let first = rest.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    quoted(rest)
}

fn quoted(rest: &str) -> Option<usize> {
    if rest.starts_with('\'') {
        return Some(character_or_lifetime(rest));
    }
    let body = rest.trim_start_matches(['b', 'c', 'r']);
    let prefix = &rest[..rest.len() - body.len()];
    let hashes = body.len() - body.trim_start_matches('#').len();
    if prefix.len() > 2 || !body[hashes..].starts_with('"') {
        return None;
    }
    let start = prefix.len() + hashes + 1;
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(
            rest[start..]
                .find(&end)
                .map_or(rest.len(), |at| start + at + end.len()),
        );
    }
    Some(escaped(rest, start, '"'))
}

/// The end of a literal that begins before `start`.
fn escaped(rest: &str, start: usize, quote: char) -> usize {
    let mut characters = rest[start..].char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            c if c == quote => return start + at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut after = rest[1..].chars();
    let first = after.next();
    let is_character = first == Some('\\') || after.next() == Some('\'');
    if is_character {
        escaped(rest, 1, '\'')
    } else {
        1
    }
}

#[test]
fn every_way_to_write_a_path_is_found() {
    let source = r##"
        //! crate::comment::x
        use tokio as runtime;
        use crate::a::{self, b::{C, D as E}, f};
        use std::{fs, net::TcpStream as Stream};
        /* crate::comment */
        fn f<'a>(c: char) -> super::g::H { "crate::text"; r#"crate::"raw" x"#; b'\''; 'x'; ::tokio::spawn(1) }
        #[tokio::test]
        mod tests { use super::super::i::*; fn x() { j::k::<u8>() } }
    "##;
    let found: Vec<String> = paths(source)
        .into_iter()
        .map(|path| path.segments.join("::"))
        .collect();
    let expected = [
        "tokio",
        "crate::a::self",
        "crate::a::b::C",
        "crate::a::b::D",
        "crate::a::f",
        "std::fs",
        "std::net::TcpStream",
        "super::g::H",
        "tokio::spawn",
        "tokio::test",
        "super::super::i",
        "j::k",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_path_knows_its_line_and_the_modules_around_it() {
    let found = paths("fn f() {}\nmod tests {\n    use a::b;\n}\nuse c::d;\n");
    let places: Vec<_> = found
        .iter()
        .map(|path| (path.line, path.inline_modules))
        .collect();
    assert_eq!(places, [(3, 1), (5, 0)]);
}
