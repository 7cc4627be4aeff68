//! git's settings name a proxy, which wins over every variable.

use super::Ended;

pub fn reason(ended: &Ended) -> Option<String> {
    let name = ended.git_proxy.as_deref()?;
    ended.runs_git().then(|| format!(
        "git's own setting {name} wins over what why401 sets; for one command: git -c {name}=$HTTPS_PROXY ..., in a shell \
         that why401 runs"
    ))
}

#[cfg(test)]
mod tests {
    use super::super::ended;
    use super::*;

    #[test]
    fn the_setting_is_named_when_git_runs() {
        let mut fetch = ended(&["git", "fetch"]);
        assert_eq!(reason(&fetch), None);
        fetch.git_proxy = Some("http.proxy".into());
        assert!(
            reason(&fetch)
                .unwrap()
                .contains("git -c http.proxy=$HTTPS_PROXY")
        );
        let mut curl = ended(&["curl"]);
        curl.git_proxy = Some("http.proxy".into());
        assert_eq!(reason(&curl), None);
    }
}
