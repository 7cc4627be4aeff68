//! What a source file imports, with `self` and `super` resolved.

use crate::paths::paths;
use crate::tree::File;

/// One import.
pub struct Import {
    pub line: usize,
    pub target: Target,
}

/// Where an import leads.
pub enum Target {
    /// The path below the crate's root.
    Own(Vec<String>),
    /// The path, beginning with the name of another crate, or with a name in scope.
    Other(Vec<String>),
}

/// All imports of a file below `src`.
pub fn imports(file: &File) -> Vec<Import> {
    let module = module(&file.path);
    let import = |path: crate::paths::Path| {
        let inline = std::iter::repeat_n(String::new(), path.inline_modules);
        let here = module.iter().cloned().chain(inline).collect();
        Import {
            line: path.line,
            target: target(here, path.segments),
        }
    };
    paths(file.text()).into_iter().map(import).collect()
}

/// `src/tls/leaf.rs` is the module `tls::leaf`.
pub fn module(path: &str) -> Vec<String> {
    let path = path
        .strip_prefix("src/")
        .and_then(|path| path.strip_suffix(".rs"))
        .unwrap();
    path.split('/')
        .filter(|name| *name != "lib")
        .map(str::to_owned)
        .collect()
}

fn target(mut here: Vec<String>, mut segments: Vec<String>) -> Target {
    match segments[0].as_str() {
        "crate" => here.clear(),
        "self" => {}
        "super" => {
            while segments.first().is_some_and(|first| first == "super") {
                segments.remove(0);
                here.pop();
            }
            here.append(&mut segments);
            return Target::Own(here);
        }
        _ => return Target::Other(segments),
    }
    here.extend(segments.drain(1..));
    Target::Own(here)
}
