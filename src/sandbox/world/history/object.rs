//! The names that git gives to files, folders and commits (gitformat-pack(5), git-hash-object(1)).

use super::Commit;
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;
use std::fmt::Write;

type Hash = [u8; 20];

/// The name of a commit whose folder holds these files, each a path and its text.
pub fn commit(commit: &Commit, files: &[(&str, &str)]) -> String {
    let mut body = format!("tree {}\n", hexadecimal(&tree(files)));
    // Writing to a string cannot fail.
    if let Some(parent) = &commit.parent {
        let _ = writeln!(body, "parent {parent}");
    }
    let who = format!(
        "{} <{}> {} +0000",
        commit.author.name,
        commit.author.email,
        commit.date.unix_timestamp()
    );
    let _ = writeln!(
        body,
        "author {who}\ncommitter {who}\n\n{message}",
        message = commit.message
    );
    hexadecimal(&object("commit", body.as_bytes()))
}

/// A folder: its entries in the order of their names, where a folder's ends in a slash.
fn tree(files: &[(&str, &str)]) -> Hash {
    let mut folders: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    let mut entries = BTreeMap::new();
    for (path, text) in files {
        match path.split_once('/') {
            Some((folder, rest)) => folders
                .entry(format!("{folder}/"))
                .or_default()
                .push((rest, text)),
            None => {
                let blob = object("blob", text.as_bytes());
                entries.insert((*path).to_owned(), (format!("100644 {path}\0"), blob));
            }
        }
    }
    for (name, files) in folders {
        let head = format!("40000 {}\0", name.trim_end_matches('/'));
        entries.insert(name, (head, tree(&files)));
    }
    let mut body = Vec::new();
    for (head, hash) in entries.values() {
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(hash);
    }
    object("tree", &body)
}

fn object(kind: &str, body: &[u8]) -> Hash {
    let head = format!("{kind} {}\0", body.len());
    Sha1::new()
        .chain_update(head)
        .chain_update(body)
        .finalize()
        .into()
}

fn hexadecimal(hash: &Hash) -> String {
    hash.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_file_and_the_empty_folder_have_their_known_names() {
        let file = hexadecimal(&object("blob", b""));
        assert_eq!(file, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        let folder = hexadecimal(&tree(&[]));
        assert_eq!(folder, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    }
}
