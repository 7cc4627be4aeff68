//! A request or response in HTTP/1.1's own words.

/// A message as it stands on the wire.
#[derive(Clone, Debug)]
pub struct Message {
    /// First line and fields, up to and with the empty line.
    pub head: String,
    /// Without chunk framing.
    pub body: Vec<u8>,
    /// The trailer lines of a chunked body.
    pub trailers: String,
}

impl Message {
    pub fn status(&self) -> u16 {
        let code = self.head.split(' ').nth(1).expect("a status line");
        code.trim_end().parse().expect("a status code")
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields(name).into_iter().next()
    }

    pub fn fields(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .collect()
    }

    /// The head without the field `name`.
    pub fn without(&self, name: &str) -> String {
        let is_other = |line: &&str| {
            !line
                .split(':')
                .next()
                .is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        self.head.split_inclusive("\r\n").filter(is_other).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
