//! Dates in HTTP fields (RFC 9110 5.6.7).

use time::UtcDateTime;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

/// IMF-fixdate, the only form that is still generated.
const IMF_FIXDATE: StaticFormatDescription = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

/// `None` for anything but an IMF-fixdate.
pub fn parse(value: &[u8]) -> Option<UtcDateTime> {
    let text = std::str::from_utf8(value).ok()?;
    UtcDateTime::parse(text.trim(), IMF_FIXDATE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::utc_datetime;

    #[test]
    fn imf_fixdate() {
        assert_eq!(
            parse(b"Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(utc_datetime!(1994-11-06 08:49:37))
        );
        assert_eq!(
            parse(b" Tue, 24 Nov 2026 16:40:12 GMT "),
            Some(utc_datetime!(2026-11-24 16:40:12))
        );
    }

    #[test]
    fn anything_else_is_no_date() {
        for value in [
            "",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 31 Feb 2026 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "1784000000",
        ] {
            assert_eq!(parse(value.as_bytes()), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_parse(value in proptest::collection::vec(any::<u8>(), 0..60)) {
            parse(&value);
        }
    }
}
