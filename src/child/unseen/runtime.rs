//! The runtime does not read the variables for proxies, or only when its program says so.

use super::Ended;

const OF_NODE: [&str; 7] = ["node", "npx", "ts-node", "tsx", "yarn", "pnpm", "corepack"];
/// The first version that reads proxy variables when it is told to.
const NODE_WITH_PROXY: u32 = 24;

/// Whether the version of Node counts.
pub fn is_of_node(ended: &Ended) -> bool {
    ended.programs().any(|word| OF_NODE.contains(&word))
}

pub fn reason(ended: &Ended) -> Option<String> {
    let first = ended
        .programs()
        .find(|word| OF_NODE.contains(word) || ["python", "php", "pytest"].contains(word))?;
    Some(match first {
        "python" | "pytest" => {
            "if it is Python: requests and httpx read the environment unless trust_env=False, aiohttp only with \
             trust_env=True, bare urllib3 never (use urllib3.ProxyManager)"
                .to_owned()
        }
        "php" => {
            "PHP's curl extension reads proxy variables, its streams (file_get_contents, fopen) never do: set \
             stream_context_set_default(['http' => ['proxy' => 'tcp://HOST:PORT', 'request_fulluri' => true]])"
                .to_owned()
        }
        _ => return node(ended),
    })
}

/// Whether a Node of this version, `v24.1.0`, reads proxy variables when it is told to: from 24 on, and in the line of 22
/// from 22.21 on (its release notes). `None` for what is no version.
pub fn node_reads_proxies(version: &str) -> Option<bool> {
    let mut parts = version.trim_start_matches('v').split('.');
    let mut next = || parts.next()?.parse::<u32>().ok();
    let (major, minor) = (next()?, next()?);
    Some(major >= NODE_WITH_PROXY || major == 22 && minor >= 21)
}

fn node(ended: &Ended) -> Option<String> {
    let version = ended.node.as_deref()?;
    (!node_reads_proxies(version)?).then(|| {
        format!(
            "Node {version} does not read proxy variables (from {NODE_WITH_PROXY} on it does): use a newer one, or a client \
             that reads them, such as axios"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::ended;
    use super::*;

    #[test]
    fn a_node_that_is_too_old_is_named_and_a_newer_one_is_not() {
        let mut ended = ended(&["node", "deploy.js"]);
        ended.node = Some("v20.11.0".into());
        assert!(
            reason(&ended)
                .unwrap()
                .starts_with("Node v20.11.0 does not")
        );
        ended.node = Some("v24.1.0".into());
        assert_eq!(reason(&ended), None);
        ended.node = None;
        assert_eq!(reason(&ended), None);
    }

    #[test]
    fn the_version_decides() {
        for (version, reads) in [
            ("v20.20.2", Some(false)),
            ("v22.20.0", Some(false)),
            ("v22.21.0", Some(true)),
            ("v23.11.0", Some(false)),
            ("v24.0.0", Some(true)),
            ("nonsense", None),
        ] {
            assert_eq!(node_reads_proxies(version), reads, "{version}");
        }
    }

    #[test]
    fn the_runtime_of_the_command_decides() {
        assert!(
            reason(&ended(&["python3", "x.py"]))
                .unwrap()
                .contains("trust_env")
        );
        assert!(
            reason(&ended(&["php", "x.php"]))
                .unwrap()
                .contains("streams")
        );
        assert_eq!(reason(&ended(&["ruby", "x.rb"])), None);
    }
}
