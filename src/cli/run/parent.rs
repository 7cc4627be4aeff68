//! The proxy that the user had before: calls go past it for now.

use crate::child::variables::Variables;

/// What is said about it; its address is not repeated, because it may hold a password.
pub fn warning(user: &Variables) -> Option<String> {
    if user.get("WHY401_RUN_ID").is_some() {
        return Some(
            "this runs inside another `why401 run`; calls go past the outer one, which sees none of them".to_owned(),
        );
    }
    let name = ["https_proxy", "HTTPS_PROXY"]
        .into_iter()
        .find(|name| user.get(name).is_some())?;
    Some(format!(
        "{name} names a proxy of yours, which is not used: calls go directly from here"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let user = [("HTTPS_PROXY", "http://j:secret@corp:3128")]
            .into_iter()
            .collect();
        let said = warning(&user).unwrap();
        assert!(said.starts_with("HTTPS_PROXY ") && !said.contains("secret"));
        assert_eq!(warning(&Variables::default()), None);
    }
}
