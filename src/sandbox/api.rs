//! Everything under `api.bitbucket.org`.

use super::Bitbucket;
use super::answer::Answer;
use super::call::Call;
use super::judge::identify;
use http::StatusCode;

pub fn answer(call: &Call, _body: &[u8], bitbucket: &Bitbucket) -> Answer {
    match identify(call, bitbucket) {
        Ok(_) => Answer::error(StatusCode::NOT_FOUND, "Resource not found"),
        Err(refusal) => refusal,
    }
}
