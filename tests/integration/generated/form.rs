//! How credentials are written: the scheme, the user-id, and what can go wrong between.

use super::credential::{Kind, State, consumer_key};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use why401::sandbox::world;

/// What stands before the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    Empty,
    Email,
    /// The same in capitals, which is the same mailbox.
    EmailInCapitals,
    OtherEmail,
    Username,
    WrongName,
    XTokenAuth,
    ApiTokenAuth,
    Uuid,
    /// As a URL has it.
    EscapedUuid,
    AccountId,
    Label,
    Workspace,
    /// What another service has for `x-token-auth` (A10).
    NearLiteral,
    /// Of the OAuth consumer.
    Key,
}

/// By which way, and under which word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Basic(User),
    Bearer,
    /// `bearer` (B17).
    BearerInLowerCase,
    /// `Bearer` with `user:secret` in base64 (E16).
    BearerPair,
    Missing,
    /// `token`, as GitHub has it.
    Token,
    /// The scheme of Connect apps.
    Jwt,
    /// `access_token=` (B13).
    Query,
    Nothing,
}

/// What is wrong with how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    QuotedValue,
    QuotedSecret,
    BlankBeforeSecret,
    Newline,
    CarriageReturn,
    ZeroWidth,
    ByteOrderMark,
    EscapedSecret,
    BackslashedSecret,
    EscapedUser,
    DoubleEncoded,
    EncodedSecret,
    /// Base64 of the base64 of the token.
    TwiceEncodedSecret,
    /// Base64 of the whole pair as the password.
    EncodedPairAsSecret,
    /// The same as the user name, with nothing behind the colon.
    EncodedPairAsUser,
    Swapped,
    Placeholder,
    Masked,
    EmptySecret,
    DuplicateScheme,
    NotEncoded,
    NoUser,
    /// Only the first line of base64 that was broken at 76 characters (E7).
    Wrapped,
    TextAround,
    /// A clone address, in which `=` is escaped.
    CloneAddress,
}

pub const FORMS: &[Scheme] = &[
    Scheme::Basic(User::Empty),
    Scheme::Basic(User::Email),
    Scheme::Basic(User::EmailInCapitals),
    Scheme::Basic(User::OtherEmail),
    Scheme::Basic(User::Username),
    Scheme::Basic(User::WrongName),
    Scheme::Basic(User::XTokenAuth),
    Scheme::Basic(User::ApiTokenAuth),
    Scheme::Basic(User::Uuid),
    Scheme::Basic(User::EscapedUuid),
    Scheme::Basic(User::AccountId),
    Scheme::Basic(User::Label),
    Scheme::Basic(User::Workspace),
    Scheme::Basic(User::NearLiteral),
    Scheme::Basic(User::Key),
    Scheme::Bearer,
    Scheme::BearerInLowerCase,
    Scheme::BearerPair,
    Scheme::Missing,
    Scheme::Token,
    Scheme::Jwt,
    Scheme::Query,
    Scheme::Nothing,
];

pub const FAULTS: &[Fault] = &[
    Fault::QuotedValue,
    Fault::QuotedSecret,
    Fault::BlankBeforeSecret,
    Fault::Newline,
    Fault::CarriageReturn,
    Fault::ZeroWidth,
    Fault::ByteOrderMark,
    Fault::EscapedSecret,
    Fault::BackslashedSecret,
    Fault::EscapedUser,
    Fault::DoubleEncoded,
    Fault::EncodedSecret,
    Fault::TwiceEncodedSecret,
    Fault::EncodedPairAsSecret,
    Fault::EncodedPairAsUser,
    Fault::Swapped,
    Fault::Placeholder,
    Fault::Masked,
    Fault::EmptySecret,
    Fault::DuplicateScheme,
    Fault::NotEncoded,
    Fault::NoUser,
    Fault::Wrapped,
    Fault::TextAround,
    Fault::CloneAddress,
];

impl User {
    fn text(self) -> String {
        const UUID: &str = "11111111-2222-3333-4444-555555555555";
        match self {
            Self::Empty => String::new(),
            Self::Email => world::EMAIL.to_owned(),
            Self::EmailInCapitals => world::EMAIL.to_uppercase(),
            Self::OtherEmail => world::OTHER_EMAIL.to_owned(),
            Self::Username => world::USERNAME.to_owned(),
            Self::WrongName => "jane_d".to_owned(),
            Self::XTokenAuth => "x-token-auth".to_owned(),
            Self::ApiTokenAuth => "x-bitbucket-api-token-auth".to_owned(),
            Self::Uuid => format!("{{{UUID}}}"),
            Self::EscapedUuid => format!("%7B{UUID}%7D"),
            Self::AccountId => format!("557058:{UUID}"),
            Self::Label => "my ci token".to_owned(),
            Self::Workspace => world::WORKSPACE.to_owned(),
            Self::NearLiteral => "oauth2".to_owned(),
            Self::Key => consumer_key(),
        }
    }

    pub fn is_email(self) -> bool {
        matches!(self, Self::Email | Self::EmailInCapitals | Self::OtherEmail)
    }

    /// Of the account that owns a credential in this state.
    pub fn is_email_of(self, state: State) -> bool {
        match state {
            State::OtherAccount => self == Self::OtherEmail,
            _ => matches!(self, Self::Email | Self::EmailInCapitals),
        }
    }

    /// The Bitbucket username of that account; nobody composes the other one's.
    pub fn is_name_of(self, state: State) -> bool {
        self == Self::Username && state != State::OtherAccount
    }

    /// A word that goes with tokens, here or elsewhere.
    pub fn is_literal(self) -> bool {
        matches!(
            self,
            Self::XTokenAuth | Self::ApiTokenAuth | Self::NearLiteral
        )
    }

    /// An id where a name belongs (A25).
    pub fn is_id(self) -> bool {
        matches!(self, Self::Uuid | Self::EscapedUuid | Self::AccountId)
    }
}

/// The `Authorization` field; `None` where there is none.
pub fn field(scheme: Scheme, fault: Fault, secret: &str) -> Option<Vec<u8>> {
    let secret = fault.in_secret(secret);
    let text = match scheme {
        Scheme::Basic(user) => {
            let pair = fault.pair(user, &secret);
            let value = match fault {
                Fault::NotEncoded => pair,
                Fault::DoubleEncoded => STANDARD.encode(STANDARD.encode(pair)),
                Fault::Wrapped => STANDARD.encode(pair).chars().take(76).collect(),
                _ => STANDARD.encode(pair),
            };
            format!("Basic {}", fault.around(value, "Basic"))
        }
        Scheme::Bearer => format!("Bearer {}", fault.around(secret, "Bearer")),
        Scheme::BearerInLowerCase => format!("bearer {secret}"),
        Scheme::BearerPair => {
            let pair = format!("{}:{secret}", world::USERNAME);
            format!("Bearer {}", STANDARD.encode(pair))
        }
        Scheme::Missing => secret,
        Scheme::Token => format!("token {secret}"),
        Scheme::Jwt => format!("JWT {secret}"),
        Scheme::Query | Scheme::Nothing => return None,
    };
    Some(text.into_bytes())
}

impl Fault {
    fn in_secret(self, secret: &str) -> String {
        match self {
            Self::QuotedSecret => format!("\"{secret}\""),
            Self::BlankBeforeSecret => format!(" {secret}"),
            Self::Newline => format!("{secret}\n"),
            Self::CarriageReturn => format!("{secret}\r\n"),
            Self::ZeroWidth => format!("{secret}\u{200b}"),
            Self::EscapedSecret => secret.replace('=', "%3D"),
            Self::BackslashedSecret => secret.replace('=', "\\="),
            Self::EncodedSecret => STANDARD.encode(secret),
            Self::TwiceEncodedSecret => STANDARD.encode(STANDARD.encode(secret)),
            Self::CloneAddress => {
                let secret = secret.replace('=', "%3D");
                format!("https://x-token-auth:{secret}@bitbucket.org/acme/website.git")
            }
            Self::Placeholder => "${BITBUCKET_TOKEN}".to_owned(),
            Self::Masked => "********".to_owned(),
            Self::EmptySecret => String::new(),
            Self::TextAround => format!("TOKEN={secret}"),
            _ => secret.to_owned(),
        }
    }

    fn pair(self, user: User, secret: &str) -> String {
        let name = user.text();
        match self {
            Self::EscapedUser => format!("{}:{secret}", name.replace('@', "%40")),
            Self::Swapped => format!("{secret}:{name}"),
            Self::EncodedPairAsSecret => {
                format!("{name}:{}", STANDARD.encode(format!("{name}:{secret}")))
            }
            Self::EncodedPairAsUser => {
                format!("{}:", STANDARD.encode(format!("{name}:{secret}")))
            }
            Self::NoUser => secret.to_owned(),
            Self::ByteOrderMark => format!("\u{feff}{name}:{secret}"),
            _ => format!("{name}:{secret}"),
        }
    }

    fn around(self, value: String, scheme: &str) -> String {
        match self {
            Self::QuotedValue => format!("\"{value}\""),
            Self::DuplicateScheme => format!("{scheme} {value}"),
            _ => value,
        }
    }

    /// The secret reaches the server as it is.
    pub fn leaves_the_secret(self) -> bool {
        matches!(self, Self::None | Self::EscapedUser | Self::ByteOrderMark)
    }

    /// Nothing of the secret can be told any more.
    pub fn hides_the_secret(self) -> bool {
        matches!(self, Self::Placeholder | Self::Masked | Self::EmptySecret)
    }

    /// Whether it can befall what is sent, so that it shows.
    pub fn fits(self, kind: Kind, state: State, scheme: Scheme) -> bool {
        let whole = state != State::Damaged;
        let checked = kind.has_checksum() && whole;
        let basic =
            |allowed: fn(User) -> bool| matches!(scheme, Scheme::Basic(user) if allowed(user));
        let field = basic(|_| true) || scheme == Scheme::Bearer;
        match self {
            Self::None => true,
            // Its lines are its own.
            _ if kind == Kind::PrivateKey => false,
            Self::EscapedSecret | Self::BackslashedSecret => {
                field && checked && kind != Kind::AppPassword
            }
            Self::EscapedUser => basic(User::is_email),
            Self::Swapped => {
                checked && basic(|user| !matches!(user, User::Empty | User::AccountId))
            }
            Self::EncodedSecret | Self::TwiceEncodedSecret => checked && basic(|_| true),
            // An account id brings a colon of its own.
            Self::EncodedPairAsSecret | Self::EncodedPairAsUser => {
                checked && basic(|user| user != User::AccountId)
            }
            Self::NoUser => checked && basic(|user| user == User::Email),
            Self::TextAround => field && checked,
            Self::CloneAddress => field && checked && kind != Kind::AppPassword,
            Self::Wrapped => checked && kind != Kind::AppPassword && basic(|_| true),
            Self::QuotedValue | Self::DuplicateScheme | Self::Masked | Self::Placeholder => field,
            Self::ZeroWidth => field,
            _ => basic(|_| true),
        }
    }
}
