//! The form faults that the bytes of a credential show.

/// Where a fault was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The whole value, or what follows the scheme.
    Value,
    UserId,
    Secret,
}

/// One form fault. Faults are undone in memory, so the rules about users and kinds see the repaired value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// `Value`: nothing after the scheme, or both halves empty (E11).
    Empty(Place),
    /// Basic: not base64 even leniently (E9, E10).
    NotBase64,
    /// Basic: decodes, but to text without a colon that is no known token.
    NoColon,
    /// Basic: decodes only leniently, from the url-safe alphabet or without its padding.
    LenientBase64,
    /// `Basic user:secret` in clear (E9).
    NotEncoded,
    /// The Basic value is, or decodes to, a bare token without a colon (E10).
    NoUser,
    /// A line end behind the user-id or the secret (E8).
    TrailingNewline(Place),
    /// `$VAR`, `${VAR}`, `%VAR%`, `{{ x }}`, `<token>` (E12).
    Placeholder(Place),
    /// `undefined`, `null`, `None`, `changeme`, `YOUR_...` (E12): words that a real name or secret might be.
    PlaceholderWord(Place),
    /// `***`, `[REDACTED]`, `[MASKED]` (E14).
    Masked(Place),
    /// `xxxxx` (E14): letters that a real secret might be.
    MaskWord(Place),
    /// Quotes, angle brackets or blanks around the value or a half (E17).
    Quoted(Place),
    /// BOM, NBSP, zero-width or control characters inside (E17).
    Invisible(Place),
    /// Other bytes outside ASCII (E38).
    NonAscii(Place),
    /// `%40`, `%3D`, `\=`, `&amp;` ... left in (E13, A6). In a secret: undoing it makes the checksum fit.
    Escaped(Place),
    /// `Basic Basic ...`, `Basic Bearer ...` (E17), or the field's name before the scheme; the inner scheme counts.
    DuplicateScheme,
    /// Two values in one field, parted by a comma, as repeated fields are joined (RFC 9110 5.3). Neither is read.
    SeveralValues,
    /// Base64 cut into lines of 60, 64 or 76 characters (E7).
    LineWrapped,
    /// Base64 once too often.
    DoubleEncoded,
    /// An intact token with more text around it.
    TextAroundToken(Place),
    /// The token stands as the user-id.
    SwappedHalves,
    /// A scheme other than Basic holds `user:secret`, in clear or base64 (E16).
    PairWithoutBasic,
}
