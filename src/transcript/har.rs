//! HAR 1.2, an entry at a time: what a diagnosis does not read is passed over.

use super::fields::Fields;
use super::heard::{Answer, CONNECT, Heard, MAX_SUCCESS_BODY};
use super::json::{Json, MAX_TEXT};
use super::url::Url;
use super::{ReadError, Record, date};
use crate::secret::FingerprintKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::io::Read;
use zeroize::Zeroizing;

/// Exports of Chrome's developer tools carry no credentials unless a person asks for them.
const DROPS_CREDENTIALS: &str = "WebInspector";
/// Bytes of a form that are kept, as of one that goes through the proxy.
const MAX_FORM: usize = 8 * 1024;
/// Base64 of what is kept of a body.
const MAX_ENCODED: usize = MAX_TEXT / 3 * 4;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

type Each<'a> = &'a mut dyn FnMut(Record) -> Result<(), ReadError>;

pub fn read(input: impl Read, key: &FingerprintKey, each: Each<'_>) -> Result<(), ReadError> {
    let mut json = Json::new(input);
    let mut has_entries = false;
    json.members(|json, name| match name {
        "log" => {
            has_entries |= log(json, key, each)?;
            Ok(())
        }
        _ => json.skip(),
    })?;
    if has_entries {
        json.finish()
    } else {
        Err(json.fault("it has no log.entries"))
    }
}

/// Whether there were entries.
fn log<R: Read>(
    json: &mut Json<R>,
    key: &FingerprintKey,
    each: Each<'_>,
) -> Result<bool, ReadError> {
    let (mut has_entries, mut count, mut may_hide) = (false, 0, false);
    json.members(|json, name| match name {
        "creator" => {
            let name = member(json, "name")?;
            may_hide = name.as_deref() == Some(DROPS_CREDENTIALS.as_bytes());
            Ok(())
        }
        "entries" => {
            has_entries = true;
            json.elements(|json| {
                let heard = entry(json, may_hide)?;
                count += 1;
                if heard.is_tunnel() {
                    return Ok(());
                }
                each(heard.record(count - 1, key))
            })
        }
        _ => json.skip(),
    })?;
    Ok(has_entries)
}

/// The text of one member of an object.
fn member<R: Read>(json: &mut Json<R>, wanted: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let mut found = None;
    json.members(|json, name| {
        if name == wanted {
            found = json.text(MAX_TEXT)?;
            Ok(())
        } else {
            json.skip()
        }
    })?;
    Ok(found)
}

fn entry<R: Read>(json: &mut Json<R>, may_hide: bool) -> Result<Heard, ReadError> {
    let mut heard = Heard::default();
    json.members(|json, name| {
        match name {
            "startedDateTime" => heard.date = string(json)?.and_then(|text| date::parse(&text)),
            "request" => request(json, &mut heard)?,
            "response" => heard.answer = response(json)?,
            _ => json.skip()?,
        }
        // The first line of the entry that holds anything.
        if heard.line == 0 {
            heard.line = json.line();
        }
        Ok(())
    })?;
    // With a session of the browser's own nothing is missing.
    let shown = heard.fields.has("authorization") || heard.fields.has("cookie");
    heard.may_hide = may_hide && !shown;
    Ok(heard)
}

fn request<R: Read>(json: &mut Json<R>, heard: &mut Heard) -> Result<(), ReadError> {
    let mut url = None;
    json.members(|json, name| {
        match name {
            "method" => heard.method = string(json)?.unwrap_or_default().to_ascii_uppercase(),
            "url" => url = string(json)?,
            "headers" => heard.fields = headers(json)?,
            "postData" => heard.form = form(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let field = |name| heard.fields.text(name);
    let host = field("host").or(field(":authority")).unwrap_or_default();
    let target = url.as_deref().or(field(":path")).unwrap_or_default();
    heard.url = if heard.method == CONNECT {
        Url::of_tunnel(target, host)
    } else {
        Url::of_target(target, host, field(":scheme") != Some("http"))
    };
    Ok(())
}

/// The beginning of a body that is a form.
fn form<R: Read>(json: &mut Json<R>) -> Result<Option<Zeroizing<Vec<u8>>>, ReadError> {
    let (mut text, mut parameters, mut kind) = (None, None, String::new());
    json.members(|json, name| {
        match name {
            "mimeType" => kind = string(json)?.unwrap_or_default().to_ascii_lowercase(),
            "text" => text = json.text(MAX_FORM)?.map(Zeroizing::new),
            "params" => parameters = Some(form_of(&headers(json)?)),
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let text = text.filter(|text| !text.is_empty());
    Ok(text.or(parameters).filter(|_| is_form))
}

/// Some recorders list the parameters only, without their escapes.
fn form_of(parameters: &Fields) -> Zeroizing<Vec<u8>> {
    let mut form = Zeroizing::new(Vec::with_capacity(MAX_FORM));
    for (name, value) in parameters.iter() {
        let room = MAX_FORM.saturating_sub(form.len());
        if name.len() + 3 * value.len() + 2 > room {
            break;
        }
        form.extend_from_slice(name.as_bytes());
        form.push(b'=');
        for byte in value {
            match byte {
                b'%' => form.extend_from_slice(b"%25"),
                b'&' => form.extend_from_slice(b"%26"),
                b'+' => form.extend_from_slice(b"%2B"),
                _ => form.push(*byte),
            }
        }
        form.push(b'&');
    }
    form
}

/// `None` without a status: no answer came.
fn response<R: Read>(json: &mut Json<R>) -> Result<Option<Answer>, ReadError> {
    let mut answer = Answer::default();
    json.members(|json, name| {
        match name {
            "status" => {
                answer.status = string(json)?
                    .and_then(|text| text.trim().parse().ok())
                    .unwrap_or(0);
            }
            "headers" => answer.fields = headers(json)?,
            "content" => answer.body = content(json, answer.status)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok((answer.status > 0).then_some(answer))
}

fn content<R: Read>(json: &mut Json<R>, status: u16) -> Result<Vec<u8>, ReadError> {
    // Twice of what is looked at, so that base64 of more than that is more than that.
    let most = if (200..300).contains(&status) {
        2 * MAX_SUCCESS_BODY
    } else {
        MAX_ENCODED
    };
    let (mut text, mut encoding) = (None, None);
    json.members(|json, name| {
        match name {
            "text" => text = json.text(most)?,
            "encoding" => encoding = string(json)?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    let mut text = text.unwrap_or_default();
    if encoding.is_some_and(|name| name.eq_ignore_ascii_case("base64")) {
        text = decoded(&text);
    }
    text.truncate(MAX_TEXT);
    Ok(text)
}

/// Of base64 that was cut or is broken nothing, or what can be read.
fn decoded(text: &[u8]) -> Vec<u8> {
    let tidy: Vec<u8> = text
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    let whole = &tidy[..tidy.len() / 4 * 4];
    STANDARD
        .decode(whole)
        .or_else(|_| LENIENT.decode(&tidy))
        .unwrap_or_default()
}

/// A list of `{"name", "value"}`; some write an object of names and values instead.
fn headers<R: Read>(json: &mut Json<R>) -> Result<Fields, ReadError> {
    let mut fields = Fields::default();
    if json.is_object()? {
        json.members(|json, name| {
            if let Some(value) = json.text(MAX_TEXT)? {
                fields.take(name.to_owned(), value);
            }
            Ok(())
        })?;
        return Ok(fields);
    }
    json.elements(|json| {
        let (mut name, mut value) = (None, None);
        json.members(|json, member| {
            match member {
                "name" => name = string(json)?,
                "value" => value = json.text(MAX_TEXT)?,
                _ => json.skip()?,
            }
            Ok(())
        })?;
        if let (Some(name), Some(value)) = (name, value) {
            fields.take(name, value);
        }
        Ok(())
    })?;
    Ok(fields)
}

fn string<R: Read>(json: &mut Json<R>) -> Result<Option<String>, ReadError> {
    let text = json.text(MAX_TEXT)?;
    let legible = |text: Vec<u8>| {
        String::from_utf8(text)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    };
    Ok(text.map(legible))
}
