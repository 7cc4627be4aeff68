//! The gate with real hyper, on streams in memory and on loopback.

mod bodies;
mod ordinary;
mod random;
mod rig;
mod switching;
mod timing;
mod unparsable;
