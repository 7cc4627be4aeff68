//! A walk through the documented mistakes: each made for real against the sandbox, named, and repaired by its own fix.
//!
//! A [`story::Story`] says what somebody sends and when. [`play`] sends it through the proxy, reads the diagnosis as it
//! arrived, and hands the text of the fix, nothing else of the story, to [`repair`], which changes the request as a
//! person would who follows it. What comes out is sent again, and must work.

mod client;
mod heard;
pub mod hold;
mod legacy;
pub mod logbook;
mod person;
pub mod play;
mod repair;
mod request;
pub mod selection;
pub mod show;
pub mod stage;
mod stories;
mod story;

#[cfg(test)]
mod tests;
