//! Where a request goes, in a few bytes: the operation, and whose repository, project or workspace it is about.

use crate::bitbucket::{Surface, endpoint};
use crate::observation::RequestSeen;
use http::Method;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;

/// A hash of something, to be compared with a handful of others only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Short(NonZeroU32);

impl Short {
    pub(super) fn of(thing: impl Hash) -> Self {
        let mut words = Words::default();
        thing.hash(&mut words);
        let bits = (words.finish() >> 32) as u32;
        Self::new(bits)
    }

    /// Of two things together, without hashing them again.
    pub(super) fn with(self, other: Self) -> Self {
        Self::new(self.0.get().rotate_left(7) ^ other.0.get())
    }

    fn new(bits: u32) -> Self {
        Self(NonZeroU32::new(bits).unwrap_or(NonZeroU32::MIN))
    }
}

/// Sixteen bytes a step, or eight. Who finds two things with one hash deceives the memory of no credentials but their
/// own.
#[derive(Default)]
struct Words(u64);

impl Words {
    /// The golden ratio's.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

    /// Two words in the time of one: the second does not wait for what came before.
    fn write_pair(&mut self, first: u64, second: u64) {
        self.write_u64(first ^ second.wrapping_mul(Self::FACTOR).rotate_left(32));
    }
}

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let (pairs, odd) = words.as_chunks::<2>();
        for [first, second] in pairs {
            self.write_pair(u64::from_le_bytes(*first), u64::from_le_bytes(*second));
        }
        for word in odd {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(last));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(byte.into());
    }

    /// Which variant of an enumeration.
    fn write_isize(&mut self, variant: isize) {
        self.write_u64(variant.cast_unsigned() as u64);
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(26) ^ word).wrapping_mul(Self::FACTOR);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

/// Method and path of a request, without its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub(super) surface: Surface,
    pub(super) operation: Short,
    path: &'a str,
}

/// What an access token may be confined to (A10). Names that cannot be compared are absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Territory {
    workspace: Short,
    /// Together with its workspace.
    repository: Option<Short>,
    project: Option<Short>,
}

/// How far an access token reaches, by `x-credential-type` (B2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Repository,
    Project,
    Workspace,
}

impl<'a> Place<'a> {
    /// `host` canonical, `path` as sent without the query; `pushes` as in [`RequestSeen::pushes`].
    pub fn new(method: &Method, host: &str, path: &'a str, pushes: bool) -> Self {
        let surface = Surface::of(host, path);
        let path = path.trim_end_matches('/');
        Self {
            surface,
            operation: Short::of((surface, method, path, pushes)),
            path,
        }
    }

    /// Surface, method and path: all that is remembered of a call, but for its territory, which follows from them.
    pub fn operation(&self) -> Short {
        self.operation
    }

    pub(super) fn of(request: &'a RequestSeen) -> Self {
        let RequestSeen {
            method,
            host,
            path,
            pushes,
            ..
        } = request;
        Self::new(method, host, path, *pushes)
    }

    pub(super) fn territory(&self) -> Option<Territory> {
        Territory::of(self.surface, self.path)
    }
}

impl Territory {
    fn of(surface: Surface, path: &str) -> Option<Self> {
        let below = match surface {
            Surface::Rest => endpoint::rest_path(path)?,
            Surface::Git => path,
            _ => return None,
        };
        if surface == Surface::Git {
            let (workspace, rest) = next(below.strip_prefix('/')?)?;
            return Self::in_workspace(workspace, next(rest).map(first), None);
        }
        if let Some(rest) = below.strip_prefix("/repositories/") {
            let (workspace, rest) = next(rest)?;
            return Self::in_workspace(workspace, next(rest).map(first), None);
        }
        let (workspace, rest) = next(below.strip_prefix("/workspaces/")?)?;
        let project = rest.strip_prefix("projects/").and_then(next).map(first);
        Self::in_workspace(workspace, None, project)
    }

    fn in_workspace(
        workspace: &str,
        repository: Option<&str>,
        project: Option<&str>,
    ) -> Option<Self> {
        let workspace = Short::of(comparable(workspace)?);
        let within = |name| Some(workspace.with(Short::of(comparable(name)?)));
        let repository = repository.map(|name| name.strip_suffix(".git").unwrap_or(name));
        Some(Self {
            repository: repository.and_then(within),
            project: project.and_then(within),
            workspace,
        })
    }

    /// Whether a token of this reach that works there cannot work here. Unknown, it is taken for the widest.
    pub(super) fn lies_outside(self, other: Self, reach: Option<Reach>) -> bool {
        let differs = |here: Option<Short>, there: Option<Short>| {
            here.zip(there).is_some_and(|(here, there)| here != there)
        };
        self.workspace != other.workspace
            || match reach {
                Some(Reach::Repository) => differs(self.repository, other.repository),
                Some(Reach::Project) => differs(self.project, other.project),
                Some(Reach::Workspace) | None => false,
            }
    }
}

impl Reach {
    /// Of the value of `x-credential-type`.
    pub(super) fn named(credential_type: &str) -> Option<Self> {
        match credential_type {
            "repo_access_token" => Some(Self::Repository),
            "project_access_token" => Some(Self::Project),
            "workspace_access_token" => Some(Self::Workspace),
            _ => None,
        }
    }
}

/// A segment that is not empty, and what follows its slash. Byte by byte: names are short, and each success asks.
fn next(path: &str) -> Option<(&str, &str)> {
    let slash = path.bytes().position(|byte| byte == b'/');
    let (name, rest) = slash.map_or((path, ""), |at| (&path[..at], &path[at + 1..]));
    (!name.is_empty()).then_some((name, rest))
}

fn first<'a>((name, _): (&'a str, &str)) -> &'a str {
    name
}

/// `None` for a `{uuid}`, which may be the same thing as any slug.
fn comparable(name: &str) -> Option<Slug<'_>> {
    let is_id = name.starts_with('{') || name.starts_with('%');
    (!is_id).then_some(Slug(name))
}

/// A name without case: of what a name may hold, this bit tells capitals from small letters and nothing else apart.
struct Slug<'a>(&'a str);

/// The bit of small letters, eight times.
const LOWER: u64 = 0x2020_2020_2020_2020;

impl Hash for Slug<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (words, rest) = self.0.as_bytes().as_chunks::<8>();
        for word in words {
            state.write_u64(u64::from_le_bytes(*word) | LOWER);
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state.write_u64(u64::from_le_bytes(last) | LOWER);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(call: &str) -> Place<'_> {
        let (method, address) = call.split_once(' ').unwrap();
        let (host, path) = address.split_at(address.find('/').unwrap());
        Place::new(&method.parse().unwrap(), host, path, false)
    }

    #[test]
    fn an_operation_is_a_method_and_a_path() {
        let same = |one: &str, other: &str| place(one).operation == place(other).operation;
        let user = "GET api.bitbucket.org/2.0/user";
        assert!(same(user, "GET api.bitbucket.org/2.0/user/"));
        assert!(!same(user, "PUT api.bitbucket.org/2.0/user"));
        assert!(!same(user, "GET api.bitbucket.org/2.0/user/emails"));
        let git = |pushes| Place::new(&Method::GET, "bitbucket.org", "/a/b/info/refs", pushes);
        assert_ne!(git(true).operation, git(false).operation);
    }

    #[test]
    fn territories_that_exclude_each_other() {
        use Reach::{Project, Repository, Workspace};
        let site = "GET api.bitbucket.org/2.0/repositories/acme/site";
        let git = "GET bitbucket.org/ACME/site.git/info/refs";
        let other = "GET api.bitbucket.org/2.0/repositories/acme/other/src";
        let foreign = "GET bitbucket.org/zeta/site/info/refs";
        let (one, two) = (
            "GET api.bitbucket.org/2.0/workspaces/acme/projects/ONE",
            "GET api.bitbucket.org/2.0/workspaces/acme/projects/TWO/x",
        );
        for (here, there, reach, expected) in [
            (git, site, Some(Repository), false),
            (other, site, Some(Repository), true),
            (other, site, Some(Project), false),
            (other, site, None, false),
            (foreign, site, Some(Workspace), true),
            (foreign, site, None, true),
            (two, one, Some(Project), true),
            (two, one, Some(Workspace), false),
            (one, site, Some(Project), false),
            (one, site, Some(Repository), false),
        ] {
            let (here, there) = (place(here).territory(), place(there).territory());
            let outside = here.unwrap().lies_outside(there.unwrap(), reach);
            assert_eq!(outside, expected, "{here:?} {there:?} {reach:?}");
        }
    }

    #[test]
    fn ids_and_other_paths_have_no_territory() {
        for call in [
            "GET api.bitbucket.org/2.0/user",
            "GET api.bitbucket.org/2.0/repositories",
            "GET api.bitbucket.org/2.0/repositories/%7B1b671a64%7D/site",
            "GET api.bitbucket.org/2.0/workspaces/{1b671a64}",
            "GET bitbucket.org/acme/site",
            "GET example.com/2.0/repositories/acme/site",
        ] {
            assert_eq!(place(call).territory(), None, "{call}");
        }
    }
}
