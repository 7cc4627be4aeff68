//! One file per finding, by family.

pub mod access;
pub mod form;
pub mod kind;
pub mod life;
pub mod other;
pub mod user;
